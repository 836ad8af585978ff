import type { PlanRevision } from '@tidemark/planning';
import { committedOnly, streamPages, type Batch, type EventStore } from '@tidemark/streams';
import { decodeStored, joinRevision, planStream, type RevisionChunk } from '@tidemark/wire';

/** Where a plan is published. */
export interface PlanName {
  readonly company: string;
  readonly plan: string;
}

/** The revisions of a plan as they stand in its stream, in order. */
export async function* readRevisions(
  store: EventStore,
  { company, plan }: PlanName,
): AsyncGenerator<PlanRevision, void, void> {
  let chunks: RevisionChunk[] = [];
  const batches = stretchesOf(store, planStream(company, plan));
  for await (const { events } of committedOnly(batches)) {
    for (const event of events) {
      const meaning = decodeStored(event);
      if (meaning.kind === 'revisionChunk') chunks.push(meaning.chunk);
      if (meaning.kind !== 'revisionCommitted') continue;
      yield joinRevision(chunks, meaning.commit);
      chunks = [];
    }
  }
}

async function* stretchesOf(store: EventStore, stream: string): AsyncGenerator<Batch, void, void> {
  for await (const events of streamPages(store, stream)) {
    const through = events.at(-1)?.position;
    if (through !== undefined) yield { events, through, atHead: false };
  }
}
