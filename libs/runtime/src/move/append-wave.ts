import { appendLimits, turnLimits } from '@tidemark/streams';
import type { EventStore, NewEvent, StoredEvent } from '@tidemark/streams';
import { MoveRefused } from './moved-places.js';

const eventsPerAppend = 500;
/** UTF-16 units of one append; each is three bytes at most, and positions may grow. */
const unitsPerAppend = Math.floor(appendLimits.bytes / 6);
/** The same of a turn. */
const unitsPerTurn = Math.floor(turnLimits.units / 2);

interface Run {
  readonly stream: string;
  /** Revision behind which it stands. */
  readonly expected: number;
  readonly events: NewEvent[];
  units: number;
}

/**
 * Events in the order of the log, to be appended in one turn: a run of one stream is one append,
 * and each stream has one run, so that the target keeps the order.
 */
export class AppendWave {
  readonly #runs: Run[] = [];
  readonly #streams = new Set<string>();
  readonly #metas = new Map<string, NewEvent['meta']>();
  #units = 0;

  /** Whether the event cannot join what is here. */
  isClosedTo(event: StoredEvent): boolean {
    const units = unitsOf(event);
    if (this.#units > 0 && this.#units + units > unitsPerTurn) return true;
    if (this.#joins(event, units)) return false;
    return this.#streams.has(event.stream) || this.#runs.length >= turnLimits.appends;
  }

  /** Adds an event; `data` if it is not to be what it was. */
  add(event: StoredEvent, data: unknown): void {
    const { stream, revision, id, type, metaText, dataText } = event;
    const meta = this.#metas.get(metaText) ?? metaOf(event);
    this.#metas.set(metaText, meta);
    const head = meta === undefined ? { id, type } : { id, type, meta };
    const units = unitsOf(event);
    const run = this.#joins(event, units) ?? this.#begin(stream, revision - 1);
    run.events.push(data === undefined ? { ...head, dataText } : { ...head, data });
    run.units += units;
    this.#units += units;
  }

  /** @throws MoveRefused if somebody else writes; Outage: then a beginning may be there. */
  async appendTo(target: EventStore): Promise<void> {
    const appends = this.#runs.map(({ stream, events, expected }) =>
      target.append(stream, events, expected),
    );
    const settled = await Promise.allSettled(appends);
    for (const [at, outcome] of settled.entries()) {
      if (outcome.status === 'rejected') throw outcome.reason;
      if (!outcome.value.ok) {
        const stream = this.#runs[at]?.stream ?? '';
        throw new MoveRefused(`Somebody else writes to ${stream} of the target. Stop that first.`);
      }
    }
  }

  #joins({ stream }: StoredEvent, units: number): Run | undefined {
    const last = this.#runs.at(-1);
    if (last?.stream !== stream || last.events.length >= eventsPerAppend) return undefined;
    return last.units + units > unitsPerAppend ? undefined : last;
  }

  #begin(stream: string, expected: number): Run {
    const run: Run = { stream, expected, events: [], units: 0 };
    this.#runs.push(run);
    this.#streams.add(stream);
    return run;
  }
}

function unitsOf({ dataText, metaText }: StoredEvent): number {
  return dataText.length + metaText.length;
}

function metaOf({ meta }: StoredEvent): NewEvent['meta'] {
  return typeof meta === 'object' && meta !== null ? { ...meta } : undefined;
}
