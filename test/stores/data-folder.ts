import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  mkdtempSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new data folder; `removeDataFolders` takes it away. */
export function newDataFolder(): string {
  const above = mkdtempSync(join(tmpdir(), 'tidemark-stores-'));
  made.push(above);
  return join(above, 'data');
}

export function removeDataFolders(): void {
  for (const above of made.splice(0)) rmSync(above, { recursive: true, force: true });
}

/** Paths of all snapshot files of a data folder, oldest first. */
export function snapshotFiles(folder: string): string[] {
  const all = join(folder, 'snapshots');
  if (!existsSync(all)) return [];
  const number = (file: string) => file.replace(/^.*-/, '');
  return readdirSync(all)
    .filter((file) => file.endsWith('.snapshot'))
    .toSorted((left, right) => (number(left) < number(right) ? -1 : 1))
    .map((file) => join(all, file));
}

/** Cuts a file short, or changes one byte in its middle. */
export function spoilFile(path: string, how: 'torn' | 'damaged'): void {
  const { size } = statSync(path);
  if (how === 'torn') return truncateSync(path, size - 7);
  const bytes = readFileSync(path);
  const middle = Math.floor(size / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0x10, middle);
  writeFileSync(path, bytes);
}
