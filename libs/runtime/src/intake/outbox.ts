import { appendLimits, type EventStore, type NewEvent } from '@tidemark/streams';
import type { Retries } from './retries.js';
import type { CompanyState } from './company-state.js';

/** What is to be appended, by stream, with the rows of the batch that each event settles. */
export class Outbox {
  readonly #streams = new Map<string, Pending>();
  readonly #nextId: () => string;
  #events = 0;

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  get isEmpty(): boolean {
    return this.#events === 0;
  }

  add(stream: string, content: Content, row: number): void {
    let pending = this.#streams.get(stream);
    if (pending === undefined) {
      pending = { events: [], rows: [] };
      this.#streams.set(stream, pending);
    }
    const { type, data, meta } = content;
    pending.events.push({ id: this.#nextId(), type, data, meta });
    pending.rows.push(row);
    this.#events += 1;
  }

  /**
   * Appends everything, the streams side by side. Rows whose event is in the log are told; a
   * conflict in one stream does not hold up the others.
   *
   * @returns the streams in which others came first; none: all is written.
   * @throws Outage when the store stayed away after all retries.
   */
  async flush(state: CompanyState, way: FlushWay): Promise<readonly string[]> {
    const writing: Promise<string | undefined>[] = [];
    for (const [stream, pending] of this.#streams) {
      writing.push(appendPending(state, { stream, ...pending }, way));
    }
    this.#streams.clear();
    this.#events = 0;
    const lost: string[] = [];
    for (const one of await Promise.allSettled(writing)) {
      if (one.status === 'rejected') throw one.reason;
      if (one.value !== undefined) lost.push(one.value);
    }
    return lost;
  }
}

export interface FlushWay {
  readonly store: EventStore;
  readonly retries: Retries;
  settle(row: number): void;
}

interface Content {
  readonly type: string;
  readonly data: unknown;
  readonly meta: Readonly<Record<string, unknown>>;
}

type DataEvent = Extract<NewEvent, { readonly data: unknown }>;

interface Pending {
  readonly events: DataEvent[];
  readonly rows: number[];
}

/** Events of one append; above that their texts are measured. */
const eventsUnmeasured = 64;
/** UTF-16 units of one append: three bytes each at most, and far below the port's bound. */
const unitsPerAppend = Math.floor(appendLimits.bytes / 3) - 20_000;
const eventsPerAppend = 1_000;

async function appendPending(
  state: CompanyState,
  { stream, events, rows }: Pending & { readonly stream: string },
  { store, retries, settle }: FlushWay,
): Promise<string | undefined> {
  let from = 0;
  for (const part of cut(stream, events)) {
    const expected = state.revisionOf(stream);
    const outcome = await retries.run(() => store.append(stream, part, expected));
    if (!outcome.ok) return stream;
    state.wrote(stream, outcome.value.revision, outcome.value.position);
    const to = from + part.length;
    for (; from < to; from += 1) settle(rows[from] ?? -1);
  }
  return undefined;
}

/** Entries and notes of a journal are small; what else comes may be large. */
function cut(stream: string, events: readonly DataEvent[]): readonly (readonly NewEvent[])[] {
  if (stream.startsWith('journal/') && events.length <= eventsUnmeasured / 2) return [events];
  const parts: NewEvent[][] = [];
  let units = unitsPerAppend;
  for (const { data, ...head } of events) {
    const dataText = JSON.stringify(data);
    const part = parts.at(-1);
    const size = dataText.length + 200;
    if (part === undefined || units + size > unitsPerAppend || part.length >= eventsPerAppend) {
      parts.push([{ ...head, dataText }]);
      units = size;
    } else {
      part.push({ ...head, dataText });
      units += size;
    }
  }
  return parts;
}
