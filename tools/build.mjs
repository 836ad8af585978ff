// Transpiles every room's src to its dist: ESM with source maps. Types are checked elsewhere.
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootDir } from './project-node.mjs';
import { listFiles, listRooms } from './rooms.mjs';
import { swcOptions } from './swc-options.mjs';

const stampName = '.stamp';

/** Brings every dist (or that of one room) up to date: what was written, removed, did not parse. */
export async function buildAll(root = rootDir, onlyRoom = undefined) {
  const stamp = stampOf(root);
  const rooms = listRooms(root).filter(({ dir }) => onlyRoom === undefined || dir === onlyRoom);
  const results = await Promise.all(rooms.map((room) => buildRoom(root, room, stamp)));
  return {
    written: results.flatMap((result) => result.written),
    removed: results.flatMap((result) => result.removed),
    failures: results.flatMap((result) => result.failures),
  };
}

async function buildRoom(root, room, stamp) {
  const sourceDir = join(root, room.dir, 'src');
  const distDir = join(root, room.dir, 'dist');
  const sources = listFiles(`${room.dir}/src`, root)
    .filter((path) => !/(\.spec|\.d)\.ts$/.test(path))
    .map((path) => relative(sourceDir, join(root, path)));
  const trusted = readText(join(distDir, stampName)) === stamp;
  const stale = sources.filter((path) => !trusted || !isFresh(sourceDir, distDir, path));
  const outcomes = await Promise.all(stale.map((path) => emit(sourceDir, distDir, path)));
  const failures = outcomes.filter((outcome) => outcome !== undefined);
  const removed = removeStrays(distDir, new Set(sources.flatMap(outputsOf)));
  if (!trusted && failures.length === 0) writeAtomically(join(distDir, stampName), stamp);
  return { written: stale, removed, failures };
}

/** An output carries its source's time of change: equal means made from that very source. */
function isFresh(sourceDir, distDir, path) {
  const sourceTime = timeOf(join(sourceDir, path));
  return outputsOf(path).every((output) => {
    const stats = statSync(join(distDir, output), { throwIfNoEntry: false });
    // Setting a time goes through fractions of a second and may come out a hair below.
    return stats !== undefined && Math.round(stats.mtimeMs) === sourceTime;
  });
}

/** In whole milliseconds, as an output can carry it. */
function timeOf(file) {
  return Math.trunc(statSync(file).mtimeMs);
}

function outputsOf(path) {
  if (!path.endsWith('.ts')) return [path];
  const output = path.replace(/\.ts$/, '.js');
  return [output, `${output}.map`];
}

/** Returns the failure, if there is one. */
async function emit(sourceDir, distDir, path) {
  const file = join(sourceDir, path);
  const time = new Date(timeOf(file));
  const [output, mapOutput] = outputsOf(path).map((name) => join(distDir, name));
  if (mapOutput === undefined) {
    writeAtomically(output, readFileSync(file), time);
    return undefined;
  }
  const { transform } = await import('@swc/core');
  try {
    const { code, map } = await transform(readFileSync(file, 'utf8'), {
      ...swcOptions,
      filename: file,
      sourceFileName: relative(dirname(output), file),
      sourceMaps: true,
    });
    const name = output.slice(dirname(output).length + 1);
    writeAtomically(mapOutput, map, time);
    writeAtomically(output, `${code}//# sourceMappingURL=${name}.map\n`, time);
    return undefined;
  } catch (error) {
    return `${relative(rootDir, file)}: ${error instanceof Error ? error.message : error}`;
  }
}

/** Several builds may run at once: readers see the old file or the new one, never half of it. */
function writeAtomically(file, content, time) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, content);
  if (time !== undefined) utimesSync(draft, time, time);
  renameSync(draft, file);
}

function removeStrays(distDir, expected) {
  const entries = readdirSafely(distDir);
  const strays = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(distDir, join(entry.parentPath, entry.name)))
    .filter((path) => path !== stampName && !path.endsWith('.draft') && !expected.has(path));
  for (const path of strays) rmSync(join(distDir, path), { force: true });
  for (const entry of entries.filter((one) => one.isDirectory()).toReversed()) {
    removeIfEmpty(join(entry.parentPath, entry.name));
  }
  return strays;
}

function removeIfEmpty(dir) {
  try {
    rmdirSync(dir);
  } catch {
    // Not empty: it is in use.
  }
}

function readdirSafely(dir) {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A change of compiler or of its options makes every output stale. */
function stampOf(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const basis = JSON.stringify([manifest.devDependencies?.['@swc/core'], swcOptions]);
  return createHash('sha256').update(basis).digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const startedAt = performance.now();
  const roomFlag = process.argv.indexOf('--room');
  const onlyRoom = roomFlag < 0 ? undefined : process.argv[roomFlag + 1];
  const { written, removed, failures } = await buildAll(rootDir, onlyRoom);
  for (const failure of failures) console.error(failure);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
  console.log(`Built ${written.length} files, removed ${removed.length}, in ${seconds} s`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
