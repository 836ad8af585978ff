import { comparePositions, origin, type Position, type StoredEvent } from '@tidemark/streams';

/** The target is not one that this source can be moved to. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

/**
 * Where the events of one log stand in another one. Every event that was moved is awaited here in
 * the order of the source, and found in the target in the same order or the move has failed.
 */
export class MovedPlaces {
  readonly #from: Position[] = [];
  readonly #to: Position[] = [];
  #awaited: StoredEvent[] = [];

  /** Events that are found in both logs. */
  get count(): number {
    return this.#to.length;
  }

  /** Events that are in the source and were not looked for in the target yet. */
  get awaited(): number {
    return this.#awaited.length;
  }

  await(event: StoredEvent): void {
    this.#awaited.push(event);
  }

  /**
   * At most as many as are awaited.
   *
   * @throws MoveRefused if the target has other events, or in another order.
   */
  found(events: readonly StoredEvent[]): void {
    for (const [at, event] of events.entries()) {
      const source = this.#awaited[at];
      if (source === undefined || !isSame(source, event)) throw otherEvent(event, source);
      this.#from.push(source.position);
      this.#to.push(event.position);
    }
    this.#awaited = this.#awaited.slice(events.length);
  }

  /** Whether all of the source up to `position` is found; `next` follows what is awaited. */
  knows(position: Position, next: StoredEvent): boolean {
    return comparePositions(position, (this.#awaited[0] ?? next).position) < 0;
  }

  /** The place up to which the target holds what the source holds up to `position`. */
  translate(position: Position): Position {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePositions(this.#from[middle] ?? origin, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#to[low - 1] ?? origin;
  }
}

function isSame(left: StoredEvent, right: StoredEvent): boolean {
  return (
    left.stream === right.stream &&
    left.revision === right.revision &&
    left.type === right.type &&
    left.id === right.id
  );
}

function otherEvent(found: StoredEvent, wanted: StoredEvent | undefined): MoveRefused {
  const comes = wanted === undefined ? 'nothing' : `${wanted.stream}, revision ${wanted.revision},`;
  return new MoveRefused(
    `The target is not empty, nor a move of this source that broke off: it has ${found.stream}, ` +
      `revision ${found.revision}, where ${comes} comes. Name an empty one.`,
  );
}
