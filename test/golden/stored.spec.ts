import {
  currentVersionOf,
  decodeStored,
  namesPositions,
  storedTypes,
  translatedData,
  UnreadableEvent,
  writeNamed,
  type ReadableEvent,
} from '@tidemark/wire';
import type { Decision } from '@tidemark/planning';
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

const decisionKinds: Readonly<Record<Decision['kind'], true>> = {
  orderKept: true,
  orderUnapproved: true,
  orderDeleted: true,
  ordersFirmed: true,
  marked: true,
  reserved: true,
  supplyKept: true,
  supplyReleased: true,
  scheduled: true,
  dayDecided: true,
};

function kindOfDecision(means: unknown): string | undefined {
  return (means as { readonly decision?: { readonly kind: string } }).decision?.kind;
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

  it.each(Object.keys(decisionKinds))('decision %s has an example', (kind) => {
    const examples = goldens.filter(({ means }) => kindOfDecision(means) === kind);
    expect(examples.length).toBeGreaterThan(0);
  });

  it('have every place of the log that they name translated when they move', () => {
    const place = /"(1\d{15})"/g;
    const naming = goldens.filter(({ data }) => JSON.stringify(data).search(place) >= 0);
    expect(new Set(naming.map(({ type }) => type)).size).toBeGreaterThan(2);
    for (const golden of naming) {
      expect([golden.type, namesPositions(golden.type)]).toEqual([golden.type, true]);
      const moved = translatedData(stored(golden), (position) => `moved ${position}`);
      const expected = JSON.stringify(golden.data).replaceAll(place, '"moved $1"');
      expect(moved).toEqual(JSON.parse(expected));
    }
  });

  it('of a version that is not known yet stop their reader', () => {
    for (const golden of goldens) {
      const schemaVersion = golden.meta.schemaVersion + 1_000;
      const later = stored({ ...golden, meta: { ...golden.meta, schemaVersion } });
      expect(() => decodeStored(later)).toThrow(UnreadableEvent);
    }
  });
});
