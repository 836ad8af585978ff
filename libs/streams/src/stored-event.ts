import type { Position } from './position.js';

/** What an event says besides its data: schema version, principal, source and recorded time, … */
export type EventMeta = Readonly<Record<string, unknown>>;

interface NewEventHead {
  /** Identity for repeats: 1 to 128 characters, no control characters, unique in its stream. */
  readonly id: string;
  /** Past tense name of the fact, 1 to 128 characters, no control characters. */
  readonly type: string;
  readonly meta?: EventMeta;
}

/**
 * An event to append. `data` is any value that JSON can say; who has its JSON text already gives
 * `dataText` and saves the second serialisation (it must be valid JSON: the store does not parse
 * it).
 */
export type NewEvent = NewEventHead & ({ readonly data: unknown } | { readonly dataText: string });

/**
 * An event as it stands in the log. `data` and `meta` are parsed from their texts when first asked
 * for and shared by all readers in the process: never change them, and do not spread the event
 * (`{ ...event }` leaves both out).
 */
export interface StoredEvent {
  readonly stream: string;
  /** Place in its stream, from 0 without gaps. */
  readonly revision: number;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly dataText: string;
  readonly metaText: string;
  readonly data: unknown;
  readonly meta: unknown;
}

/** The one implementation of `StoredEvent`; adapters make it, nobody else. */
export class StoredRecord implements StoredEvent {
  #data: unknown = undefined;
  #meta: unknown = undefined;

  constructor(
    readonly stream: string,
    readonly revision: number,
    readonly position: Position,
    readonly id: string,
    readonly type: string,
    readonly dataText: string,
    readonly metaText: string,
  ) {}

  get data(): unknown {
    if (this.#data === undefined) this.#data = JSON.parse(this.dataText);
    return this.#data;
  }

  get meta(): unknown {
    if (this.#meta === undefined) this.#meta = JSON.parse(this.metaText);
    return this.#meta;
  }
}
