import { BACKWARDS, END } from '@eventstore/db-client';
import type { EventStoreDBClient, Position } from '@eventstore/db-client';
import { Outage } from '@tidemark/streams';
import { failureOf } from './client-failure.js';
import { beforeAll, positionOf } from './log-position.js';
import type { Namespace } from './namespace.js';
import { readEach } from './read-each.js';
import { twice } from './timed.js';

const firstPage = 4;
const furtherPages = 2_000;

/** Where the log ends, as byte offsets (see `positionOf`). */
export interface LogEnd {
  /** The last event of the namespace. */
  readonly head: bigint;
  /** The last event of anybody. */
  readonly end: bigint;
}

type Take = (streamId: string, position: Position) => boolean;

/** Finds the end of the log. On a server of our own that is one small read. */
export class LogHead {
  readonly #client: EventStoreDBClient;
  readonly #namespace: Namespace;
  readonly #ms: number;
  #known: LogEnd;

  constructor(
    client: EventStoreDBClient,
    options: { namespace: Namespace; known: LogEnd; ms: number },
  ) {
    this.#client = client;
    this.#namespace = options.namespace;
    this.#ms = options.ms;
    this.#known = options.known;
  }

  /**
   * Looks back from the end of the whole log to the last of ours, or to where it looked before.
   *
   * @throws Outage while the log ends before what it held already: a server that has just started
   * answers before its index is complete, and what it tells of the end is not true yet.
   */
  async find(): Promise<LogEnd> {
    const known = this.#known;
    let end: bigint | undefined;
    let head: bigint | undefined;
    let from: Position | typeof END = END;
    for (let maxCount = firstPage; head === undefined; maxCount = furtherPages) {
      let last: Position | undefined;
      await this.#back({ from, maxCount }, (streamId, position) => {
        last = position;
        end ??= position.commit;
        if (position.commit <= known.end) head = known.head;
        else if (this.#namespace.streamOf(streamId) !== undefined) head = position.commit;
        return head === undefined;
      });
      if (last === undefined) head ??= known.head;
      else from = last;
    }
    const found = { head, end: end ?? beforeAll };
    if (found.end < known.end) throw wentBack(found.end, known.end);
    // Calls may overlap: what was found further on stays.
    if (found.end > this.#known.end) this.#known = found;
    return found;
  }

  async #back(
    { from, maxCount }: { from: Position | typeof END; maxCount: number },
    take: Take,
  ): Promise<void> {
    const doing = 'Reading the end of the log';
    const options = {
      direction: BACKWARDS,
      fromPosition: from,
      maxCount,
      requiresLeader: true,
    } as const;
    const read = () =>
      readEach(
        this.#client.readAll(options),
        ({ event }) => event?.position === undefined || take(event.streamId, event.position),
        { doing, ms: this.#ms },
      );
    try {
      await twice(read);
    } catch (thrown) {
      throw failureOf(thrown, doing);
    }
  }
}

function wentBack(end: bigint, before: bigint): Outage {
  return new Outage(
    'unavailable',
    `The server's log ends at ${positionOf(end)}, and ended at ${positionOf(before)} before. A ` +
      'server that has just started is soon done with its index; one that was restored from an ' +
      'older backup has lost events.',
  );
}
