import type { Appended, AppendOutcome, EventStore, NewEvent, StoredEvent } from '@tidemark/streams';
import { logBatches } from '@tidemark/streams';

/** Gives a contract an open, empty store; what it opened is closed when the test ends. */
export type Fresh<Store> = () => Promise<Store>;

/** Events `<prefix>0`, `<prefix>1`, …, which hold their number. */
export function numbered(count: number, prefix = 'e', first = 0): NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return { id: `${prefix}${number}`, type: 'NumberNoted', data: { number } };
  });
}

/** The answer of an append that must not conflict. */
export function appended(outcome: AppendOutcome): Appended {
  if (outcome.ok) return outcome.value;
  const { stream, expected, actual } = outcome.failure;
  throw new Error(`Conflict in ${stream}: expected revision ${expected}, is ${actual}.`);
}

export function idsOf(events: readonly StoredEvent[]): string[] {
  return events.map(({ id }) => id);
}

/** The whole log as it stands now. */
export async function wholeLog(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const batch of logBatches(store)) events.push(...batch.events);
  return events;
}

/** What an event says, as a value that can be compared. */
export function spoken(event: StoredEvent): object {
  const { stream, revision, position, id, type, data, meta } = event;
  return { stream, revision, position, id, type, data, meta };
}
