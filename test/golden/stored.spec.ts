import {
  currentVersionOf,
  decodeStored,
  storedTypes,
  UnreadableEvent,
  writeNamed,
  type ReadableEvent,
} from '@tidemark/wire';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Golden {
  readonly type: string;
  readonly meta: { readonly schemaVersion: number };
  readonly data: unknown;
  /** What the event says, as it was understood when it was written. */
  readonly means: unknown;
}

const goldens = readFileSync(join(import.meta.dirname, 'stored.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

function stored({ type, meta, data }: Omit<Golden, 'means'>): ReadableEvent {
  return { stream: 'golden', revision: 0, type, data, meta, metaText: JSON.stringify(meta) };
}

/** Examples of what earlier releases wrote. Lines are added, never changed: logs outlive code. */
describe('events that were stored once', () => {
  it.each(goldens.map((golden, line) => [golden.type, line + 1, golden] as const))(
    '%s of line %d says what it said',
    (_, __, golden) => {
      const meaning: unknown = JSON.parse(JSON.stringify(writeNamed(decodeStored(stored(golden)))));
      expect(meaning).toEqual(golden.means);
    },
  );

  it.each(storedTypes)('%s has an example of each version of its schema', (type) => {
    const versions = goldens
      .filter((golden) => golden.type === type)
      .map(({ meta }) => meta.schemaVersion);
    const wanted = Array.from({ length: currentVersionOf(type) }, (_, at) => at + 1);
    expect([...new Set(versions)].toSorted((left, right) => left - right)).toEqual(wanted);
  });

  it('of a version that is not known yet stop their reader', () => {
    for (const golden of goldens) {
      const schemaVersion = golden.meta.schemaVersion + 1_000;
      const later = stored({ ...golden, meta: { ...golden.meta, schemaVersion } });
      expect(() => decodeStored(later)).toThrow(UnreadableEvent);
    }
  });
});
