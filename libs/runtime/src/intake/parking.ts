import type { MissingReference, ParkedChange } from '@tidemark/wire';

/**
 * Who waits for what. Changes are taken up in the order in which they were parked, as far as what
 * each waits for has arrived. A change is named here until it is forgotten, so that nothing is lost
 * when its taking up does not come to be written.
 */
export class Parking {
  readonly #waiting = new Map<string, Map<string, ParkedChange>>();
  /** Under which reference a change waits: it may miss another thing than at first. */
  readonly #waitsUnder = new Map<string, string>();
  readonly #twins = new Map<string, ParkedChange>();
  /** References that have come and whose changes are to be taken up. */
  readonly #arrived = new Set<string>();
  /** Those whose changes were taken up, which is not in the log yet. */
  readonly #dealtWith = new Set<string>();

  add(parked: ParkedChange): void {
    this.#twins.set(twinKey(parked), parked);
    this.waitFor(parked, parked.waitsFor);
  }

  waitFor(parked: ParkedChange, missing: MissingReference): void {
    const key = referenceKey(missing);
    this.#leave(parked.id);
    this.#waitsUnder.set(parked.id, key);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, new Map([[parked.id, parked]]));
    else waiting.set(parked.id, parked);
  }

  forget(parked: ParkedChange): void {
    this.#leave(parked.id);
    const key = twinKey(parked);
    if (this.#twins.get(key)?.id === parked.id) this.#twins.delete(key);
  }

  #leave(id: string): void {
    const key = this.#waitsUnder.get(id);
    if (key === undefined) return;
    this.#waitsUnder.delete(id);
    const waiting = this.#waiting.get(key);
    waiting?.delete(id);
    if (waiting?.size === 0) this.#waiting.delete(key);
  }

  /** The change of the same source, thing and version that is parked already. */
  twinOf(parked: ParkedChange): ParkedChange | undefined {
    return this.#twins.get(twinKey(parked));
  }

  arrived(reference: MissingReference): void {
    const key = referenceKey(reference);
    if (this.#waiting.has(key)) this.#arrived.add(key);
  }

  get hasArrived(): boolean {
    return this.#arrived.size > 0;
  }

  /** The changes that waited for the next thing that has arrived, in their order. */
  nextReleased(): readonly ParkedChange[] | undefined {
    for (const key of this.#arrived) {
      this.#arrived.delete(key);
      this.#dealtWith.add(key);
      return [...(this.#waiting.get(key)?.values() ?? [])];
    }
    return undefined;
  }

  /** What became of the released changes is in the log. */
  settled(): void {
    this.#dealtWith.clear();
  }

  /** What became of them was not written: they are released again. */
  releaseAgain(): void {
    for (const key of this.#dealtWith) if (this.#waiting.has(key)) this.#arrived.add(key);
    this.#dealtWith.clear();
  }
}

function referenceKey({ kind, id }: MissingReference): string {
  return `${kind}|${id}`;
}

function twinKey({ type, source, subject, version }: ParkedChange): string {
  const thing = type.replace(/\.(?:changed|removed)\.v\d+$/, '');
  return `${thing}|${source.length}:${source}|${version}|${subject}`;
}
