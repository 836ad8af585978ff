// Kinds answer for themselves: a literal of a closed family of kinds is asked for only in the
// folder that owns the family. To guard another family, add a row.
import ts from 'typescript';
import { isTestCode, lineOf, nodesOf } from './workspace.mjs';

export const name = 'kinds';

/** Outside the owners (and test code) none of the literals is compared or switched on. */
export const families = [
  {
    family: 'coverage code',
    literals: ['requirement', 'period', 'minMax', 'manual', 'decouplingPoint'],
    owners: ['libs/planning/src/coverage-codes/', 'libs/wire/'],
  },
];

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

export function check(workspace) {
  return workspace.sources
    .filter((path) => !isTestCode(path))
    .flatMap((path) => checkFile(workspace.treeOf(path), path));
}

function checkFile(tree, path) {
  const guarded = families.filter(({ owners }) => !owners.some((dir) => path.startsWith(dir)));
  return [...nodesOf(tree)].filter(ts.isStringLiteralLike).flatMap((literal) => {
    const found = guarded.find(({ literals }) => literals.includes(literal.text));
    if (found === undefined || !isAskedFor(literal)) return [];
    const place = `${path}:${lineOf(tree, literal)}`;
    return [`${place}: asks for the ${found.family} '${literal.text}' outside its owner`];
  });
}

function isAskedFor(literal) {
  const { parent } = literal;
  if (ts.isCaseClause(parent)) return parent.expression === literal;
  return ts.isBinaryExpression(parent) && comparisons.has(parent.operatorToken.kind);
}
