// The rooms of the house: every workspace package, found on disk.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { rootDir } from './project-node.mjs';

const parents = ['libs', join('libs', 'adapters'), 'apps'];

/** Every room: its name, folder (with forward slashes, from the root) and package manifest. */
export function listRooms(root = rootDir) {
  return parents
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(parent, name)))
    .filter((dir) => existsSync(join(root, dir, 'package.json')))
    .map((dir) => {
      const manifest = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'));
      return { name: manifest.name.replace('@tidemark/', ''), dir: slashed(dir), manifest };
    })
    .toSorted((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** Every file below a folder, as slashed paths from the root, in a fixed order. */
export function listFiles(dir, root = rootDir) {
  if (!existsSync(join(root, dir))) return [];
  return readdirSync(join(root, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(relative(root, join(entry.parentPath, entry.name))))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .toSorted();
}

/** Every TypeScript file the rules speak about. */
export function listSources(root = rootDir) {
  const dirs = [...listRooms(root).map((room) => `${room.dir}/src`), 'test'];
  return dirs.flatMap((dir) => listFiles(dir, root)).filter((path) => /\.ts$/.test(path));
}

function slashed(path) {
  return path.split(sep).join('/');
}
