import { Outage, type EventStore } from '@tidemark/streams';
import { intakeContent, intakeStream, type DecodeContext } from '@tidemark/wire';
import type { SnapshotOptions } from '../snapshots/snapshots.js';
import { BatchRows, type IntakeAnswer } from './answer.js';
import { CompanyFold } from './company-fold.js';
import type { CompanyState } from './company-state.js';
import { intakeLimits } from './limits.js';
import { Outbox } from './outbox.js';
import { Parking } from './parking.js';
import { missingReference } from './references.js';
import type { Retries } from './retries.js';
import { BatchFold } from './take-batch.js';

interface CompanyOptions {
  readonly company: string;
  readonly store: EventStore;
  readonly retries: Retries;
  readonly nextId: () => string;
  readonly snapshots?: SnapshotOptions;
}

export interface Batch {
  readonly events: readonly unknown[];
  readonly context: Omit<DecodeContext, 'company'>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly now: number;
}

interface Loaded {
  readonly state: CompanyState;
  readonly parking: Parking;
}

/** The aggregator of one company: one batch at a time, its state folded from the log. */
export class CompanyIntake {
  readonly #options: CompanyOptions;
  readonly #fold: CompanyFold;
  #loaded: Loaded | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: CompanyOptions) {
    this.#options = options;
    this.#fold = new CompanyFold(options);
  }

  /** Saves what it knows, if that has changed, and resolves when it is written. */
  async stop(): Promise<void> {
    await this.exclusively(async () => {
      if (this.#loaded !== undefined) await this.#fold.save(this.#loaded.state);
    });
    await this.#fold.written();
  }

  take(batch: Batch): Promise<IntakeAnswer> {
    return this.exclusively(() => this.#orForget(() => this.#take(batch)));
  }

  async read<Value>(look: (state: CompanyState) => Value): Promise<Value> {
    return this.exclusively(async () => look((await this.#current()).state));
  }

  /** Settles a dead letter; false if there is none of this name. */
  async resolve(
    { id, how }: { readonly id: string; readonly how: 'sentAgain' | 'givenUp' },
    batch: Batch,
  ): Promise<boolean> {
    const { company } = this.#options;
    const settle = async (): Promise<boolean> => {
      const { state } = await this.#current();
      if (!state.letters.has(id)) return false;
      const event = { kind: 'deadLetterResolved' as const, company, id, how };
      const outbox = new Outbox(this.#options.nextId);
      outbox.add(intakeStream(company), { ...intakeContent(event), meta: batch.meta }, -1);
      if (await this.#flush(outbox, state, () => undefined)) state.applyIntake(event);
      else throw new Outage('unavailable', `Another writer holds the intake of ${company}.`);
      return true;
    };
    return this.exclusively(() => this.#orForget(settle));
  }

  /** One after the other, at most `intakeLimits.takesWaiting` in the queue. */
  exclusively<Value>(action: () => Promise<Value>): Promise<Value> {
    if (this.#waiting >= intakeLimits.takesWaiting) {
      const message = `${this.#waiting} batches of ${this.#options.company} wait. Send it later.`;
      return Promise.reject(new Outage('overloaded', message));
    }
    this.#waiting += 1;
    const turn = this.#last.then(action, action).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** What failed half-way is folded again from the log before the next batch. */
  async #orForget<Value>(action: () => Promise<Value>): Promise<Value> {
    try {
      return await action();
    } catch (failure) {
      this.#loaded = undefined;
      throw failure;
    }
  }

  async #take(batch: Batch): Promise<IntakeAnswer> {
    const rows = new BatchRows(batch.events.length);
    for (let attempt = 1; attempt <= intakeLimits.attempts; attempt += 1) {
      // Who lost twice does not trust the snapshot either: what it lacks would be lost each time.
      const loaded = await this.#current(attempt > 2);
      if (await this.#attempt(batch, rows, loaded)) {
        await this.#fold.saveIfDue(loaded.state);
        return rows.answer(loaded.state.position);
      }
      this.#loaded = undefined;
    }
    const { company } = this.#options;
    throw new Outage('unavailable', `Other writers of ${company} came first each time. Try again.`);
  }

  /** Folds the rows that are not in the log yet; false if another writer came first. */
  async #attempt(batch: Batch, rows: BatchRows, { state, parking }: Loaded): Promise<boolean> {
    const outbox = new Outbox(this.#options.nextId);
    const context = { ...batch.context, company: this.#options.company };
    const { meta, now } = batch;
    const fold = new BatchFold({ state, parking, rows, outbox, context, meta, now });
    const flush = async (): Promise<boolean> => {
      fold.flushed();
      return outbox.isEmpty || this.#flush(outbox, state, (row) => rows.settle(row));
    };
    if (!(await this.#takeUp(fold, { state, parking }, flush))) return false;
    for (const [row, input] of batch.events.entries()) {
      if (rows.isSettled(row)) continue;
      const event = fold.decode(input, row);
      if (event === undefined) continue;
      if (fold.mustFlushBefore(event) && !(await flush())) return false;
      fold.take(event, row, input);
      if (parking.hasArrived && !(await this.#takeUp(fold, { state, parking }, flush))) {
        return false;
      }
    }
    parking.endBatch();
    if (!(await flush())) return false;
    fold.addKept();
    return flush();
  }

  /** Takes up what no longer waits, and what that lets go on in turn. */
  async #takeUp(
    fold: BatchFold,
    { state, parking }: Loaded,
    flush: () => Promise<boolean>,
  ): Promise<boolean> {
    for (let ids = parking.nextReleased(); ids !== undefined; ids = parking.nextReleased()) {
      for (const id of ids) {
        const parked = state.parked.get(id);
        if (parked === undefined) continue;
        const event = fold.decodeParked(parked);
        if (event === undefined) continue;
        const missing = missingReference(state, event.content);
        if (missing !== undefined) {
          parking.waitFor(parked, missing);
          continue;
        }
        if (fold.mustFlushBefore(event) && !(await flush())) return false;
        fold.takeUp(parked, event);
      }
    }
    return true;
  }

  #flush(outbox: Outbox, state: CompanyState, settle: (row: number) => void): Promise<boolean> {
    const { store, retries } = this.#options;
    return outbox.flush(state, { store, retries, settle });
  }

  /** The state with everything that other writers have appended to the streams both write. */
  async #current(anew = false): Promise<Loaded> {
    const { retries } = this.#options;
    if (this.#loaded === undefined) {
      const state = await retries.run(() => (anew ? this.#fold.foldAll() : this.#fold.load()));
      const parking = new Parking(state);
      releaseComplete(state, parking);
      this.#loaded = { state, parking };
    }
    const loaded = this.#loaded;
    await retries.run(() => this.#fold.catchUp(loaded.state));
    return loaded;
  }
}

/** Changes whose things are there already: a batch broke off between the two. */
function releaseComplete(state: CompanyState, parking: Parking): void {
  for (const { waitsFor } of state.parked.values()) {
    if (state.known[waitsFor.kind].has(waitsFor.id)) parking.arrived(waitsFor);
  }
}
