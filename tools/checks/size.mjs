// Caps: file 300 lines, function 70 lines, line 100 columns. What was over a cap when the cap came
// stands in the baseline: it may shrink, never grow. `node tools/checks/size.mjs --shrink` lowers
// the baseline to what is left; nothing raises it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { nodesOf, openWorkspace } from './workspace.mjs';

export const name = 'size';

const fileLinesMax = 300;
const functionLinesMax = 70;
const lineColumnsMax = 100;
const baselinePath = join('tools', 'checks', 'size-baseline.json');

export function check(workspace) {
  const baseline = readBaseline(workspace.root);
  const measured = measure(workspace);
  const grown = Object.entries(measured).flatMap(([key, size]) => {
    const cap = baseline[key] ?? capOf(key);
    return size > cap ? [`${key}: ${size}, at most ${cap}${unitOf(key)}`] : [];
  });
  const loose = Object.entries(baseline)
    .filter(([key, cap]) => (measured[key] ?? 0) < cap)
    .map(([key]) => `${key}: has shrunk. Run: node tools/checks/size.mjs --shrink`);
  return [...grown, ...loose];
}

/** key -> size, of everything that is over its cap. */
function measure(workspace) {
  const sizes = {};
  for (const path of [...workspace.sources, ...workspace.tools]) {
    const lines = workspace.textOf(path).replace(/\n$/, '').split('\n');
    if (lines.length > fileLinesMax) sizes[`file ${path}`] = lines.length;
    const wideLines = lines.filter((line) => line.length > lineColumnsMax).length;
    if (wideLines > 0) sizes[`wide lines ${path}`] = wideLines;
    for (const [key, size] of functionsOf(workspace.treeOf(path), path)) {
      if (size > functionLinesMax) sizes[key] = size;
    }
  }
  return sizes;
}

function* functionsOf(tree, path) {
  const seen = new Map();
  for (const node of nodesOf(tree)) {
    if (!ts.isFunctionLike(node) || node.body === undefined || isSuite(node)) continue;
    const functionName = nameOf(node);
    const ordinal = (seen.get(functionName) ?? 0) + 1;
    seen.set(functionName, ordinal);
    const first = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line;
    const last = tree.getLineAndCharacterOfPosition(node.end).line;
    const suffix = ordinal === 1 ? '' : `#${ordinal}`;
    yield [`function ${path} ${functionName}${suffix}`, last - first + 1];
  }
}

/** A suite groups rules; its length says nothing. */
function isSuite(node) {
  const call = node.parent;
  if (call === undefined || !ts.isCallExpression(call)) return false;
  return /^(x|f)?describe\b/.test(call.expression.getText());
}

function nameOf(node) {
  if (node.name !== undefined) return node.name.getText();
  const { parent } = node;
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent);
  return isNamed ? parent.name.getText() : '(anonymous)';
}

function capOf(key) {
  if (key.startsWith('file ')) return fileLinesMax;
  return key.startsWith('function ') ? functionLinesMax : 0;
}

function unitOf(key) {
  return key.startsWith('wide lines ') ? ` lines over ${lineColumnsMax} columns` : ' lines';
}

function readBaseline(root) {
  try {
    return JSON.parse(readFileSync(join(root, baselinePath), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--shrink')) {
  const workspace = openWorkspace();
  const measured = measure(workspace);
  const shrunk = Object.entries(readBaseline(workspace.root))
    .filter(([key]) => measured[key] !== undefined)
    .map(([key, cap]) => [key, Math.min(cap, measured[key])]);
  const text = `${JSON.stringify(Object.fromEntries(shrunk), null, 2)}\n`;
  writeFileSync(join(workspace.root, baselinePath), text);
}
