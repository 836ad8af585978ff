import { logBatches, type EventStore, type Position } from '@tidemark/streams';
import { parseStreamName } from '@tidemark/wire';
import type { StreamFamily } from '@tidemark/wire';

/** What the log holds of one company. */
export interface CompanyCounts {
  readonly company: string;
  readonly events: number;
  /** Items that have a journal. */
  readonly items: number;
  readonly byFamily: Readonly<Record<StreamFamily, number>>;
}

interface Counting {
  events: number;
  readonly items: Set<string>;
  readonly byFamily: Record<StreamFamily, number>;
}

export interface LogCounts {
  readonly events: number;
  readonly head: Position;
  readonly companies: readonly CompanyCounts[];
}

/** Counts the events of every company, by stream alone: nothing is decoded. */
export async function countLog(
  store: EventStore,
  onEvents: (events: number) => void = () => undefined,
): Promise<LogCounts> {
  const companies = new Map<string, Counting>();
  let events = 0;
  for await (const batch of logBatches(store, { limit: 5_000 })) {
    for (const { stream } of batch.events) {
      events += 1;
      const name = parseStreamName(stream);
      if (name === undefined) continue;
      const counts = companies.get(name.company) ?? emptyCounts();
      companies.set(name.company, counts);
      counts.events += 1;
      counts.byFamily[name.family] += 1;
      if (name.family === 'journal' && name.part !== undefined) counts.items.add(name.part);
    }
    onEvents(events);
  }
  const counted = [...companies].map(([company, { items, ...counts }]) => ({
    company,
    ...counts,
    items: items.size,
  }));
  return { events, head: await store.head(), companies: counted };
}

function emptyCounts(): Counting {
  const byFamily = {
    journal: 0,
    masterData: 0,
    days: 0,
    plans: 0,
    decisions: 0,
    claims: 0,
    intake: 0,
    plan: 0,
    planners: 0,
  };
  return { events: 0, items: new Set(), byFamily };
}
