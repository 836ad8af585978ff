import type { EventStore, IgnoredBecause, Position, SnapshotStore } from '@tidemark/streams';
import { decodeSaved, encodeSaved } from '@tidemark/wire';

/** What happens to snapshots, for the log of the installation. */
export type SnapshotNews =
  | {
      readonly kind: 'ignored';
      readonly name: string;
      readonly reason: IgnoredBecause | 'notRestored';
      readonly detail: string;
    }
  | {
      readonly kind: 'taken';
      readonly name: string;
      readonly position: Position;
      /** How long the owner of the state had to wait for the copy. */
      readonly copyMs: number;
      readonly writeMs: number;
      readonly chunks: number;
    }
  | { readonly kind: 'notTaken'; readonly name: string; readonly failure: unknown }
  | {
      readonly kind: 'folded';
      readonly name: string;
      /** Where the snapshot stands that the fold began with; undefined: at the beginning. */
      readonly position: Position | undefined;
      /** Events that were folded after it. */
      readonly events: number;
    };

export interface SnapshotOptions {
  readonly store: SnapshotStore;
  /** Number of the program: what another one has saved is not read. */
  readonly program: number;
  /**
   * Events after which a state is saved again, at least; a large state waits for a quarter as many
   * as it has folded, so that saving costs no more than a part of folding.
   */
  readonly everyEvents: number;
  readonly onNews: (news: SnapshotNews) => void;
}

/** A snapshot as its owner takes it up: parts of a state, in the order in which they were saved. */
export interface Restored<Part> {
  readonly position: Position;
  parts(): Iterable<Part>;
}

const shareOfFolded = 4;

/** The snapshots of one state: a saving of time, never the truth. No failure here stops anybody. */
export class StateSnapshots<Part> {
  readonly name: string;
  readonly #options: SnapshotOptions;
  /** How many events had been folded when the last copy was taken. */
  #foldedThen = 0;
  #writing: Promise<void> | undefined;

  constructor(name: string, options: SnapshotOptions) {
    this.name = name;
    this.#options = options;
  }

  /** The newest usable one; undefined: fold from the beginning. */
  async newest(log: EventStore): Promise<Restored<Part> | undefined> {
    const { store, program, onNews } = this.#options;
    const { name } = this;
    try {
      const head = await log.head();
      const { snapshot, ignored } = await store.load(name, { schemaVersion: program, head });
      for (const one of ignored) onNews({ kind: 'ignored', name, ...one });
      if (snapshot === undefined) return undefined;
      const { position, chunks } = snapshot;
      return {
        position,
        *parts() {
          for (const chunk of chunks) yield decodeSaved<Part>(chunk);
        },
      };
    } catch (failure) {
      this.notRestored(failure);
      return undefined;
    }
  }

  /** The state in it could not be taken up: the fold starts from the beginning. */
  notRestored(failure: unknown): void {
    const { name } = this;
    const detail = failure instanceof Error ? failure.message : String(failure);
    this.#options.onNews({ kind: 'ignored', name, reason: 'notRestored', detail });
  }

  /** A fold has ended: `folded` events are in the state, those of the snapshot included. */
  begun(from: Position | undefined, { folded, after }: FoldedEvents): void {
    this.#foldedThen = folded - after;
    const { name } = this;
    this.#options.onNews({ kind: 'folded', name, position: from, events: after });
  }

  /** True if a copy is to be taken now. */
  isDue(folded: number): boolean {
    if (this.#writing !== undefined) return false;
    const wait = Math.max(this.#options.everyEvents, Math.floor(this.#foldedThen / shareOfFolded));
    return folded - this.#foldedThen >= wait;
  }

  /** True if something has been folded since the last copy. */
  isBehind(folded: number): boolean {
    return folded > this.#foldedThen;
  }

  /**
   * Takes a copy of the state at once, by calling `copy`, and writes it in the background, part by
   * part; the parts are worked out one by one as they are written.
   */
  take(position: Position, folded: number, copy: () => Iterable<Part>): void {
    const before = performance.now();
    const parts = copy();
    const copyMs = performance.now() - before;
    this.#foldedThen = folded;
    this.#writing = this.#write({ position, parts, copyMs }).finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when nothing is being written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #write({ position, parts, copyMs }: CopiedState<Part>): Promise<void> {
    const { store, program, onNews } = this.#options;
    const { name } = this;
    const before = performance.now();
    let count = 0;
    const chunks = function* (): Generator<string, void, void> {
      for (const part of parts) {
        count += 1;
        yield encodeSaved(part);
      }
    };
    try {
      await store.save({ name, position, schemaVersion: program, chunks: chunks() });
      const writeMs = performance.now() - before;
      onNews({ kind: 'taken', name, position, copyMs, writeMs, chunks: count });
    } catch (failure) {
      onNews({ kind: 'notTaken', name, failure });
    }
  }
}

export interface FoldedEvents {
  /** All that the state holds. */
  readonly folded: number;
  /** Those that came after the snapshot. */
  readonly after: number;
}

interface CopiedState<Part> {
  readonly position: Position;
  readonly parts: Iterable<Part>;
  readonly copyMs: number;
}
