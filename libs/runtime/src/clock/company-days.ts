import type { PlanDay } from '@tidemark/kernel';
import { streamPages, type EventStore } from '@tidemark/streams';
import { daysStream, decodeStored } from '@tidemark/wire';

/** What the log says of a company's days. */
export interface CompanyDays {
  /** IANA name; undefined: the zone of the machine. */
  readonly timeZone: string | undefined;
  /** The last day and who told it. */
  readonly last: { readonly day: PlanDay; readonly source: string } | undefined;
}

/** Reads the stream of a company's days: one event a day, and its time zone. */
export async function readCompanyDays(store: EventStore, company: string): Promise<CompanyDays> {
  let timeZone: CompanyDays['timeZone'];
  let last: CompanyDays['last'];
  for await (const events of streamPages(store, daysStream(company))) {
    for (const event of events) {
      const meaning = decodeStored(event);
      if (meaning.kind !== 'fact') continue;
      const { fact, head } = meaning;
      if (fact.kind === 'company') timeZone = fact.settings.timeZone;
      if (fact.kind === 'day') last = { day: fact.day, source: head.source };
    }
  }
  return { timeZone, last };
}

/** The zone of this machine. */
export function machineTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
