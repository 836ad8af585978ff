// Words that say nothing, as names of files and declarations. One word, one meaning, no
// abbreviations: the word for the thing stands in docs/GLOSSARY.md.
import ts from 'typescript';
import { lineOf, nodesOf } from './workspace.mjs';

export const name = 'names';

const emptyWords = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'info',
  'infos',
  'misc',
  'mgr',
  'manager',
  'qty',
  'lt',
]);
const emptyFileNames = new Set([...emptyWords, 'common', 'shared', 'types']);

export function check(workspace) {
  return workspace.sources.flatMap((path) => [
    ...checkPath(path),
    ...checkDeclarations(workspace.treeOf(path), path),
  ]);
}

function checkPath(path) {
  const fileName = path.split('/').at(-1).split('.')[0];
  const bad = emptyFileNames.has(fileName) || wordsOf(fileName).some((one) => emptyWords.has(one));
  return bad ? [`${path}: the file's name does not say what is in it`] : [];
}

function checkDeclarations(tree, path) {
  return [...nodesOf(tree)].filter(declares).flatMap((node) => {
    const declared = node.name.text;
    const word = wordsOf(declared).find((one) => emptyWords.has(one));
    if (word === undefined) return [];
    return [`${path}:${lineOf(tree, node)}: "${declared}": "${word}" says nothing or is short for`];
  });
}

/** What we name ourselves; members may have to follow a foreign interface, as logger.info does. */
function declares(node) {
  const isDeclaration =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node);
  return isDeclaration && node.name !== undefined && ts.isIdentifier(node.name);
}

/** leadTimeDaysMax, PlanHelper, maxLT, plan-info -> lower-case words without numbers. */
function wordsOf(text) {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_\-$\d]+/)
    .map((word) => word.toLowerCase());
}
