import type {
  Checkpoint,
  Generation,
  ModelWrite,
  ReadModelShape,
  ReadModelStore,
} from '@tidemark/streams';
import type { Row, RowChange, RowQuery } from '@tidemark/streams';

/** Gives a contract an empty store for these read models; the contract closes it. */
export type OpenReadModels = (shapes: readonly ReadModelShape[]) => Promise<ReadModelStore>;

/** A store, and others on the same rows, as processes of their own have them. */
export interface SharedReadModels {
  readonly store: ReadModelStore;
  beside(): Promise<ReadModelStore>;
}

export type OpenSharedReadModels = (shapes: readonly ReadModelShape[]) => Promise<SharedReadModels>;

/** Writes to a build behind where it stands. */
export async function writeOn(
  store: ReadModelStore,
  generation: Generation,
  { changes, checkpoint }: Pick<ModelWrite, 'changes' | 'checkpoint'>,
): Promise<void> {
  const { through: after } = await store.checkpointOf(generation);
  await store.write([{ generation, after, changes, checkpoint }]);
}

/** The read model that the contract folds: items, and what is in stock of them. */
export function stockShape(version = 1, name = 'stock'): ReadModelShape {
  return {
    name,
    version,
    tables: [
      {
        name: 'items',
        columns: { id: 'text', site: 'text', level: 'integer', note: 'text' },
        key: ['id'],
        indexes: [['site', 'level']],
      },
      {
        name: 'totals',
        columns: { site: 'text', quantity: 'integer', lines: 'integer', last: 'text' },
        key: ['site'],
        sums: ['quantity', 'lines'],
      },
    ],
  };
}

export const item = (id: string, more: Row = {}): RowChange => ({
  table: 'items',
  put: { id, ...more },
});

/** A checkpoint whose two places differ, to tell them apart. */
export const at = (number: number): Checkpoint => ({
  through: `1${String(number).padStart(15, '0')}`,
  resume: `1${String(number - 1).padStart(15, '0')}`,
});

/** Builds and serves a read model of these rows. */
export async function serveRows(
  store: ReadModelStore,
  shape: ReadModelShape,
  changes: readonly RowChange[],
): Promise<Generation> {
  const generation = await store.create(shape);
  await writeOn(store, generation, { changes, checkpoint: at(1) });
  await store.serve(generation);
  return generation;
}

export function select(
  store: ReadModelStore,
  shape: ReadModelShape,
  query: RowQuery,
): Promise<readonly Row[]> {
  return store.read((reader) => reader.select(shape, query));
}

export async function idsIn(
  store: ReadModelStore,
  shape: ReadModelShape,
  query: Omit<RowQuery, 'table'> = {},
): Promise<unknown[]> {
  const rows = await select(store, shape, { table: 'items', orderBy: ['id'], ...query });
  return rows.map(({ id }) => id);
}
