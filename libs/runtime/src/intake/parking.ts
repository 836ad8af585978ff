import type { MissingReference, ParkedChange } from '@tidemark/wire';
import type { CompanyState } from './company-state.js';

/**
 * Who waits for what. Changes are taken up in the order in which they were parked, as far as what
 * each waits for has arrived.
 */
export class Parking {
  readonly #waiting = new Map<string, Set<string>>();
  readonly #twins = new Map<string, ParkedChange>();
  /** Row in the present batch of changes parked in it. */
  readonly #rows = new Map<string, number>();
  readonly #arrived: MissingReference[] = [];

  constructor(state: CompanyState) {
    for (const parked of state.parked.values()) this.add(parked, -1);
  }

  add(parked: ParkedChange, row: number): void {
    this.#twins.set(twinKey(parked), parked);
    if (row >= 0) this.#rows.set(parked.id, row);
    this.waitFor(parked, parked.waitsFor);
  }

  waitFor({ id }: ParkedChange, missing: MissingReference): void {
    const key = referenceKey(missing);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, new Set([id]));
    else waiting.add(id);
  }

  forget(parked: ParkedChange): void {
    this.#twins.delete(twinKey(parked));
  }

  /** The change of the same source, thing and version that is parked already. */
  twinOf(parked: ParkedChange): ParkedChange | undefined {
    return this.#twins.get(twinKey(parked));
  }

  rowOf(id: string): number {
    return this.#rows.get(id) ?? -1;
  }

  arrived(reference: MissingReference): void {
    if (this.#waiting.has(referenceKey(reference))) this.#arrived.push(reference);
  }

  get hasArrived(): boolean {
    return this.#arrived.length > 0;
  }

  /** Ids of the changes that waited for the next thing that has arrived, in their order. */
  nextReleased(): readonly string[] | undefined {
    const reference = this.#arrived.shift();
    if (reference === undefined) return undefined;
    const key = referenceKey(reference);
    const ids = this.#waiting.get(key);
    this.#waiting.delete(key);
    return ids === undefined ? [] : [...ids];
  }

  /** Batches are told of their own rows only. */
  endBatch(): void {
    this.#rows.clear();
  }
}

function referenceKey({ kind, id }: MissingReference): string {
  return `${kind}|${id}`;
}

function twinKey({ type, source, subject, version }: ParkedChange): string {
  const thing = type.replace(/\.(?:changed|removed)\.v\d+$/, '');
  return `${thing}|${source.length}:${source}|${version}|${subject}`;
}
