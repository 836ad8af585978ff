import {
  logBatches,
  origin,
  type EventStore,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import { parseStreamName, translatedData } from '@tidemark/wire';
import { AppendWave } from './append-wave.js';
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
  /** To be appended in one turn. */
  #wave = new AppendWave();
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
        else {
          // Nothing is written to a target of something else.
          if (passed === this.#known + 1) await this.#find();
          await this.#take(event);
        }
      }
      await this.#find();
      onMoved(passed);
    }
    await this.#find();
    if (passed < this.#known) {
      const more = this.#known - passed;
      throw new MoveRefused(`The target holds ${more} events more than the source. Name another.`);
    }
  }

  async #take(event: StoredEvent): Promise<void> {
    const data = await this.#dataOf(event);
    if (this.#wave.isClosedTo(event)) await this.#flush();
    this.#wave.add(event, data);
    this.#places.await(event);
  }

  /** The data with places of the target; undefined: as it stands. */
  async #dataOf(event: StoredEvent): Promise<unknown> {
    let known = true;
    const data = translatedData(event, (position) => {
      known &&= this.#places.knows(position, event);
      return this.#places.translate(position);
    });
    if (known) return data;
    // A place that it names is that of an event which is not found in the target yet.
    await this.#find();
    return translatedData(event, (position) => this.#places.translate(position));
  }

  /** Turns wait for each other: the order of the log is the order of their answers. */
  async #flush(): Promise<void> {
    const wave = this.#wave;
    this.#wave = new AppendWave();
    await wave.appendTo(this.#options.target);
  }

  /** Appends what is taken, and reads on in the target up to there. */
  async #find(): Promise<void> {
    await this.#flush();
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
