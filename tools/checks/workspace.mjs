// What a check reads: the rooms, the sources, and their parsed form. A canary hands in a folder
// of its own instead of the repository.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { rootDir } from '../project-node.mjs';
import { listFiles, listRooms, listSources } from '../rooms.mjs';

export function openWorkspace(root = rootDir) {
  const rooms = listRooms(root).map((room) => ({
    ...room,
    kind: kindOf(room.manifest),
  }));
  const texts = new Map();
  const trees = new Map();
  const textOf = (path) => remember(texts, path, () => readFileSync(join(root, path), 'utf8'));
  return {
    root,
    rooms,
    sources: listSources(root),
    tools: ['tools', 'infra']
      .flatMap((dir) => listFiles(dir, root))
      .filter((path) => /\.[cm]?js$/.test(path)),
    textOf,
    treeOf: (path) =>
      remember(trees, path, () =>
        ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ES2023, true),
      ),
    roomOf: (path) => rooms.find((room) => path.startsWith(`${room.dir}/`)),
  };
}

function kindOf(manifest) {
  const tag = manifest.nx?.tags?.find((one) => one.startsWith('kind:'));
  return tag?.slice('kind:'.length);
}

function remember(map, key, make) {
  if (!map.has(key)) map.set(key, make());
  return map.get(key);
}

/** Specs and everything outside the rooms' src is test code. */
export function isTestCode(path) {
  return path.endsWith('.spec.ts') || path.startsWith('test/') || path.startsWith('libs/testkit/');
}

export function lineOf(tree, node) {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** Every node of a tree, parents first. */
export function* nodesOf(tree) {
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    const children = [];
    ts.forEachChild(node, (child) => void children.push(child));
    waiting.push(...children.toReversed());
  }
}
