import { streamPages, type EventStore } from '@tidemark/streams';
import { decodeStored, intakeStream, type DeadLetter, type ParkedChange } from '@tidemark/wire';

/** What the intake of a company keeps: changes that wait, and those it refused. */
export interface KeptEvents {
  readonly parked: ReadonlyMap<string, ParkedChange>;
  readonly letters: ReadonlyMap<string, DeadLetter>;
}

/** Folds the intake stream of a company. */
export async function readKept(store: EventStore, company: string): Promise<KeptEvents> {
  const parked = new Map<string, ParkedChange>();
  const letters = new Map<string, DeadLetter>();
  for await (const page of streamPages(store, intakeStream(company))) {
    for (const stored of page) {
      const meaning = decodeStored(stored);
      if (meaning.kind !== 'intake') continue;
      const { event } = meaning;
      switch (event.kind) {
        case 'changeParked':
          parked.set(event.parked.id, event.parked);
          break;
        case 'parkedChangeTaken':
          parked.delete(event.id);
          break;
        case 'changeRefused':
          letters.set(event.letter.id, event.letter);
          break;
        case 'deadLetterResolved':
          letters.delete(event.id);
      }
    }
  }
  return { parked, letters };
}
