import type { Projection } from '@tidemark/projections';
import { noEvents, type EventStore, type ReadModelStore, type RowChange } from '@tidemark/streams';

const stream = 'intake/acme';

/** A read model with one row an event, which says by which build it was made. */
export function markModel(version = 1): Projection & { build: string } {
  const tables = [
    {
      name: 'marks',
      columns: { position: 'text', build: 'text', times: 'integer' } as const,
      key: ['position'],
      sums: ['times'],
    },
  ];
  return {
    build: 'old',
    shape: { name: 'marks', version, tables },
    *fold({ position }): Generator<RowChange, void, void> {
      yield { table: 'marks', add: { position, build: this.build, times: 1 } };
    },
  };
}

/** Adds events to the log that mark models fold. */
export async function add(store: EventStore, count: number, from = 0): Promise<void> {
  const events = Array.from({ length: count }, (_, at) => ({
    id: `event-${from + at}`,
    type: 'DeadLetterResolved',
    data: { company: 'acme', id: String(from + at), how: 'givenUp' },
  }));
  const outcome = await store.append(stream, events, from === 0 ? noEvents : from - 1);
  expect(outcome.ok).toBe(true);
}

export const marksIn = (models: ReadModelStore, { shape }: Projection) =>
  models.read((reader) => reader.select(shape, { table: 'marks' }));
