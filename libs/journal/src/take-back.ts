import { dimensionsKey, type Dimensions } from '@tidemark/kernel';
import type { EntryCause, JournalRecord } from './entry.js';
import { sourceKey, type ItemJournal } from './item-journal.js';

/**
 * Says how to lead a journal back to where it stands now, once these records have been applied to
 * it and whatever came after them has been taken back. Costs what the records touch.
 */
export function wayBackFrom(journal: ItemJournal, records: readonly JournalRecord[]): () => void {
  const { sequence } = journal;
  const steps = records.flatMap((record) => [
    ...causeSteps(journal, causeOf(record)),
    ...imageSteps(journal, record),
    ...placeSteps(journal, record),
  ]);
  return () => {
    for (const step of steps) step();
    journal.sequence = sequence;
  };
}

type Step = () => void;

function causeOf(record: JournalRecord): EntryCause {
  return record.kind === 'entry' ? record.entry.cause : record.note.cause;
}

function causeSteps(journal: ItemJournal, { kind, source, id }: EntryCause): readonly Step[] {
  if (kind === 'count') return [keptIn(journal.counts, sourceKey(source, id))];
  if (kind === 'adjustment') return [keptIn(journal.adjustments, sourceKey(source, id))];
  return [keptIn(journal.transactions, id)];
}

function imageSteps({ transactions }: ItemJournal, record: JournalRecord): readonly Step[] {
  if (record.kind === 'note') return [];
  const { retract, assert } = record.entry;
  return [retract, assert].flatMap((image) =>
    image === undefined ? [] : [keptIn(transactions, image.id)],
  );
}

function placeSteps(journal: ItemJournal, record: JournalRecord): readonly Step[] {
  if (record.kind === 'note') {
    const { note } = record;
    return note.kind === 'count' ? [placeStep(journal, note.count.dimensions)] : [];
  }
  const { postings, count } = record.entry;
  const touched = count === undefined ? postings : [...postings, count];
  return touched.map(({ dimensions }) => placeStep(journal, dimensions));
}

/** What stands under a key now, or that nothing does. */
function keptIn<Value>(map: Map<string, Value>, key: string): Step {
  const before = map.get(key);
  return () => {
    if (before === undefined) map.delete(key);
    else map.set(key, before);
  };
}

function placeStep({ places }: ItemJournal, dimensions: Dimensions): Step {
  const key = dimensionsKey(dimensions);
  const place = places.get(key);
  if (place === undefined) return () => void places.delete(key);
  const { onHand, countedAt, timed } = place;
  const { length } = timed;
  return () => {
    Object.assign(place, { onHand, countedAt, timed });
    // Postings were put behind these; a count makes a new list.
    timed.length = length;
  };
}
