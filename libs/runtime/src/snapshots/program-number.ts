import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Rooms that decide what a saved state holds and what comes of it. */
const rooms = ['kernel', 'inventory', 'journal', 'master-data', 'planning', 'wire', 'runtime'];

/** A whole number that JSON and the snapshot store can say. */
const digits = 12;
const hexadecimal = 16;

/**
 * Number of the program that runs: another one as soon as a line of these rooms is another. A
 * snapshot is read by the very program that wrote it only, so neither a new rule nor a new form of
 * the state needs a version that somebody must remember to raise; after an update one start folds
 * the log.
 */
export function programNumber(): number {
  const hash = createHash('sha256').update(process.version);
  for (const room of rooms) {
    const folder = dirname(fileURLToPath(import.meta.resolve(`@tidemark/${room}`)));
    for (const file of codeFiles(folder)) {
      const code = readFileSync(join(folder, file));
      hash.update(`\n${room}/${file} ${code.length}\n`).update(code);
    }
  }
  return Number.parseInt(hash.digest('hex').slice(0, digits), hexadecimal);
}

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file) && !/\.(?:spec|d)\.ts$/.test(file))
    .toSorted();
}
