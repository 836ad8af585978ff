import {
  appendLimits,
  logBatches,
  origin,
  type EventStore,
  type NewEvent,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import { namesPositions, parseStreamName, translatedData } from '@tidemark/wire';
import { MovedPlaces, MoveRefused } from './moved-places.js';

export interface MoveOptions {
  readonly source: EventStore;
  readonly target: EventStore;
  /** Absent: all of them, and every stream that is no company's. */
  readonly company?: string;
  /** Told now and then how many events are in the target. */
  readonly onMoved?: (events: number) => void;
}

export interface Moved {
  /** Events that the target holds now. */
  readonly events: number;
  /** Of these, what was there at the start: an earlier move broke off. */
  readonly before: number;
}

const eventsPerRead = 1_000;
const eventsPerAppend = 500;
/** UTF-16 units of one append; each is three bytes at most, and positions may grow. */
const unitsPerAppend = Math.floor(appendLimits.bytes / 6);

/**
 * Moves a log, event by event in its one order: streams, revisions, ids and texts stay, the places
 * that events record of the log are those of the target. What the target holds already must be
 * where the same move left it.
 *
 * @throws MoveRefused if the target holds anything else.
 */
export async function moveLog(options: MoveOptions): Promise<Moved> {
  const move = new Move(options);
  const before = await move.resume();
  await move.run();
  return { events: move.moved, before };
}

/** Whether a stream is of what is moved. */
function isMoved(stream: string, company: string | undefined): boolean {
  return company === undefined || parseStreamName(stream)?.company === company;
}

class Move {
  readonly #options: MoveOptions;
  readonly #places = new MovedPlaces();
  /** Where the target was read up to. */
  #readTo: Position = origin;
  /** Events of one stream, to be appended together. */
  #run: StoredEvent[] = [];
  #units = 0;
  #known = 0;

  constructor(options: MoveOptions) {
    this.#options = options;
  }

  get moved(): number {
    return this.#places.count;
  }

  /** Counts what the target holds: so many events of the source are passed by. */
  async resume(): Promise<number> {
    for await (const { events } of logBatches(this.#options.target, { limit: eventsPerRead })) {
      this.#known += events.length;
    }
    return this.#known;
  }

  async run(): Promise<void> {
    const { source, company, onMoved = () => undefined } = this.#options;
    let passed = 0;
    for await (const { events } of logBatches(source, { limit: eventsPerRead })) {
      for (const event of events) {
        if (!isMoved(event.stream, company)) continue;
        passed += 1;
        if (passed <= this.#known) this.#places.await(event);
        else await this.#take(event);
      }
      await this.#find();
      onMoved(passed);
    }
    await this.#flush();
    await this.#find();
    if (passed < this.#known) {
      const more = this.#known - passed;
      throw new MoveRefused(`The target holds ${more} events more than the source. Name another.`);
    }
  }

  async #take(event: StoredEvent): Promise<void> {
    const size = event.dataText.length + event.metaText.length;
    const isFull = this.#run.length >= eventsPerAppend || this.#units + size > unitsPerAppend;
    const last = this.#run.at(-1);
    // Places that it names must be known: only parts of a revision name none of one another.
    const standsApart = namesPositions(event.type) && last?.type !== 'PlanRevisionChunk';
    if (isFull || standsApart || last?.stream !== event.stream) await this.#flush();
    this.#run.push(event);
    this.#units += size;
  }

  /** Appends wait for each other: the order of the log is the order of their answers. */
  async #flush(): Promise<void> {
    const run = this.#run;
    const [first] = run;
    if (first === undefined) return;
    this.#run = [];
    this.#units = 0;
    const metas = new Map<string, NewEvent['meta']>();
    const events: NewEvent[] = [];
    for (const event of run) events.push(await this.#eventOf(event, metas));
    const { stream, revision } = first;
    const outcome = await this.#options.target.append(stream, events, revision - 1);
    if (!outcome.ok) {
      throw new MoveRefused(`Somebody else writes to ${stream} of the target. Stop that first.`);
    }
    for (const event of run) this.#places.await(event);
  }

  async #eventOf(event: StoredEvent, metas: Map<string, NewEvent['meta']>): Promise<NewEvent> {
    const { id, type, metaText, dataText } = event;
    const meta = metas.get(metaText) ?? metaOf(event);
    metas.set(metaText, meta);
    if (namesPositions(type)) await this.#find();
    const data = translatedData(event, (position) => this.#places.translate(position));
    const head = meta === undefined ? { id, type } : { id, type, meta };
    return data === undefined ? { ...head, dataText } : { ...head, data };
  }

  /** Reads on in the target, up to what was appended last. */
  async #find(): Promise<void> {
    while (this.#places.awaited > 0) {
      const { target } = this.#options;
      const limit = Math.min(this.#places.awaited, eventsPerRead);
      const batch = await target.readAll({ after: this.#readTo, limit });
      this.#places.found(batch.events);
      this.#readTo = batch.through;
      if (batch.atHead && batch.events.length === 0) {
        throw new MoveRefused('The target does not show what was written to it. Try again.');
      }
    }
  }
}

function metaOf({ meta }: StoredEvent): NewEvent['meta'] {
  return typeof meta === 'object' && meta !== null ? { ...meta } : undefined;
}
