import { existsSync, renameSync, rmSync } from 'node:fs';
import { LogDamaged, type ReadModelShape, type ReadModelStore } from '@tidemark/streams';
import { failureOf } from '../sqlite-failure.js';
import { openReadModelStore } from './embedded-read-model-store.js';

/**
 * Opens the file of read models. One that is no database any more loses nothing but time: it is put
 * aside for whoever wants to look at it, and a new one takes its place.
 */
export function openReadModelFile(
  path: string,
  shapes: readonly ReadModelShape[],
  onDamaged: (aside: string, failure: unknown) => void,
): ReadModelStore {
  try {
    return openReadModelStore(path, shapes);
  } catch (thrown) {
    const failure = failureOf(thrown, 'Opening the read models');
    if (!(failure instanceof LogDamaged)) throw failure;
    const aside = `${path}.damaged`;
    rmSync(aside, { force: true });
    if (existsSync(path)) renameSync(path, aside);
    for (const beside of ['-wal', '-shm']) rmSync(`${path}${beside}`, { force: true });
    onDamaged(aside, failure);
    return openReadModelStore(path, shapes);
  }
}
