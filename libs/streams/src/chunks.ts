import { success } from '@tidemark/kernel';
import { AppendRefused, LogDamaged } from './errors.js';
import { appendLimits } from './limits.js';
import type { AppendOutcome, Appended, Batch, EventStore } from './event-store.js';
import type { ExpectedRevision } from './event-store.js';
import { origin } from './position.js';
import type { Position } from './position.js';
import type { NewEvent, StoredEvent } from './stored-event.js';

/**
 * A logical batch may be larger than one append. Its events are written in several appends under
 * one batch id, kept in `meta.batch`; the last event also says how many there are, and that is the
 * commit: readers who go through `committedOnly` see all events of the batch at that event's
 * position, or none of a batch whose writer gave up.
 */
export interface BatchMark {
  readonly id: string;
  /** Number of events of the batch; on its last event only. */
  readonly events?: number;
}

export interface ChunkedBatch {
  /** Unique in the stream, such as the run's id: 1 to 128 characters. */
  readonly id: string;
  readonly events: readonly NewEvent[];
}

/**
 * Appends a batch of any size. A conflict at any chunk stops it; the chunks already written are
 * never shown, and the next writer appends behind them. Repeating the same batch at the same
 * expected revision goes on where it stopped.
 *
 * @throws AppendRefused for an empty batch or an event beyond the limits on its own; Outage as
 * `append` does: repeat the call.
 */
export async function appendInChunks(
  store: EventStore,
  stream: string,
  batch: ChunkedBatch & { readonly expected: ExpectedRevision },
): Promise<AppendOutcome> {
  let expected = batch.expected;
  let last: Appended | undefined;
  for (const chunk of cutInChunks(markBatch(batch))) {
    const outcome = await store.append(stream, chunk, expected);
    if (!outcome.ok) return outcome;
    last = outcome.value;
    expected = last.revision;
  }
  if (last === undefined) throw new AppendRefused(`Batch ${batch.id} for ${stream} is empty.`);
  return success(last);
}

function markBatch({ id, events }: ChunkedBatch): NewEvent[] {
  const open: BatchMark = { id };
  const commit: BatchMark = { id, events: events.length };
  const metas = new Map<unknown, NewEvent['meta']>();
  return events.map((event, index) => {
    if (index === events.length - 1) return { ...event, meta: { ...event.meta, batch: commit } };
    // One meta object for equal metas, so that it is serialised once.
    const meta = metas.get(event.meta) ?? { ...event.meta, batch: open };
    metas.set(event.meta, meta);
    return { ...event, meta };
  });
}

function* cutInChunks(events: readonly NewEvent[]): Generator<readonly NewEvent[], void, void> {
  let chunk: NewEvent[] = [];
  let bytes = 0;
  let metaBytes = 0;
  let lastMeta: NewEvent['meta'];
  for (const event of events) {
    const sized = serialised(event);
    if (event.meta !== lastMeta) metaBytes = Buffer.byteLength(JSON.stringify(event.meta));
    lastMeta = event.meta;
    const size = Buffer.byteLength(sized.dataText) + metaBytes;
    const full = chunk.length >= appendLimits.events || bytes + size > appendLimits.bytes;
    if (full && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(sized);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

function serialised(event: NewEvent): NewEvent & { readonly dataText: string } {
  if ('dataText' in event) return event;
  const { data, ...head } = event;
  const dataText: string | undefined = JSON.stringify(data);
  if (dataText === undefined) {
    throw new AppendRefused(`Event ${event.id} holds ${typeof data}, which JSON cannot say.`);
  }
  return { ...head, dataText };
}

/**
 * Committed events of a stretch, in the order in which they became visible. Keep both positions:
 * after a restart follow from `resume`, and hand `through` to `committedOnly` as `released`.
 */
export interface CommittedBatch extends Batch {
  /** Before the first event of the oldest batch that still waits for its commit. */
  readonly resume: Position;
}

export interface CommittedOptions {
  /** Where the batches start: `resume` of the last batch dealt with. */
  readonly after?: Position;
  /** `through` of the last batch dealt with: what became visible up to there is not shown again. */
  readonly released?: Position;
}

/**
 * Leaves out what is not committed: a batch in chunks is held back until its last event, and
 * dropped when another event of its stream comes instead. Events without a batch pass at once.
 * Holds in memory at most one unfinished batch per stream.
 *
 * @throws LogDamaged if it was started in the middle of a batch.
 */
export async function* committedOnly(
  batches: AsyncIterable<Batch>,
  options: CommittedOptions = {},
): AsyncGenerator<CommittedBatch, void, void> {
  const pending = new Map<string, Pending>();
  let before = options.after ?? origin;
  for await (const batch of batches) {
    const events: StoredEvent[] = [];
    for (const event of batch.events) {
      const free = release(pending, event, before);
      before = event.position;
      if (options.released !== undefined && event.position <= options.released) continue;
      for (const freed of free) events.push(freed);
    }
    before = batch.through;
    const { through, atHead } = batch;
    yield { events, through, atHead, resume: resumePosition(pending, through) };
  }
}

interface Pending {
  readonly id: string;
  /** Position to follow from to see the first event again. */
  readonly before: Position;
  readonly events: StoredEvent[];
}

const nothing: readonly StoredEvent[] = [];

/** What becomes visible with this event. */
function release(
  pending: Map<string, Pending>,
  event: StoredEvent,
  before: Position,
): readonly StoredEvent[] {
  const mark = batchMarkOf(event);
  let open = pending.get(event.stream);
  if (open !== undefined && open.id !== mark?.id) {
    pending.delete(event.stream);
    open = undefined;
  }
  if (mark === undefined) return [event];
  open ??= { id: mark.id, before, events: [] };
  open.events.push(event);
  if (mark.events === undefined) {
    pending.set(event.stream, open);
    return nothing;
  }
  pending.delete(event.stream);
  if (open.events.length === mark.events) return open.events;
  throw new LogDamaged(
    `Batch ${mark.id} of ${event.stream} has ${mark.events} events, ${open.events.length} were ` +
      'read. Follow from a position kept as `resume`.',
    { position: event.position },
  );
}

function resumePosition(pending: ReadonlyMap<string, Pending>, through: Position): Position {
  let resume = through;
  for (const { before } of pending.values()) if (before < resume) resume = before;
  return resume;
}

/** The batch mark of an event, if it was written in chunks. */
export function batchMarkOf(event: StoredEvent): BatchMark | undefined {
  if (!event.metaText.includes('"batch"')) return undefined;
  const { meta } = event;
  if (typeof meta !== 'object' || meta === null || !('batch' in meta)) return undefined;
  const { batch } = meta;
  if (typeof batch !== 'object' || batch === null || !('id' in batch)) return undefined;
  if (typeof batch.id !== 'string') return undefined;
  const events = 'events' in batch ? batch.events : undefined;
  return typeof events === 'number' ? { id: batch.id, events } : { id: batch.id };
}
