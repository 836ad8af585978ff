import type { ResolvedEvent } from '@eventstore/db-client';
import { encodeAppend, LogDamaged, noEvents } from '@tidemark/streams';
import type { NewEvent } from '@tidemark/streams';
import { fromStored, toStored } from './event-codec.js';
import { positionOf } from './log-position.js';
import { namespaceOf } from './namespace.js';

const namespace = namespaceOf('tidemark');
const events: readonly NewEvent[] = [
  { id: 'é 1', type: 'Ünusual', dataText: '{"exact":1.0,"large":1e400}', meta: { by: 'zoë' } },
  { id: '2', type: 'T', data: [null, '\u{1f600}\ufeff'] },
];
const stored = toStored(encodeAppend('journal/a', events, noEvents));

/** The event as the client gives it back. */
function recorded(index: number, more: { prepare?: bigint; meta?: unknown } = {}): ResolvedEvent {
  const event = stored[index];
  if (event === undefined) throw new Error(`There is no event ${index}.`);
  const { id, type, data } = event;
  const head = { streamId: 'tidemark-journal/a', id, type, data, isJson: false as const };
  const written = JSON.parse(new TextDecoder().decode(event.metadata as Uint8Array)) as object;
  const metadata = (more.meta ?? written) as object[];
  const position = { commit: 77n, prepare: more.prepare ?? 77n };
  return {
    event: { ...head, metadata, revision: BigInt(index), created: new Date(0), position },
  };
}

describe('an event on the server', () => {
  it('comes back with its id, its type and the very texts', () => {
    expect(fromStored(recorded(0), namespace)).toMatchObject({
      stream: 'journal/a',
      revision: 0,
      position: positionOf(77n),
      id: 'é 1',
      type: 'Ünusual',
      dataText: '{"exact":1.0,"large":1e400}',
      metaText: '{"by":"zoë"}',
    });
    expect(fromStored(recorded(1), namespace)).toMatchObject({
      dataText: '[null,"\u{1f600}\ufeff"]',
      metaText: '{}',
    });
  });

  it('has the same UUID for the same id, another for another', () => {
    const again = toStored(encodeAppend('elsewhere', events, 6));
    expect(again.map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(2);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { id } of stored) expect(id).toMatch(uuid);
  });

  it('of another stream is none of ours, and what others wrote into ours is damage', () => {
    expect(fromStored(recorded(0), namespaceOf('tide'))).toBeUndefined();
    const foreign = [
      recorded(0, { meta: { by: 'x' } }),
      recorded(0, { meta: 'text' }),
      recorded(0, { prepare: 5n }),
    ];
    for (const one of foreign) expect(() => fromStored(one, namespace)).toThrow(LogDamaged);
  });
});

describe('a position', () => {
  it('sorts as text as it does as a number', () => {
    const commits = [1n, 9n, 10n, 99_999n, 4_096_000_000_000n, 10n ** 15n];
    expect(commits.map(positionOf).toSorted()).toEqual(commits.map(positionOf));
  });
});
