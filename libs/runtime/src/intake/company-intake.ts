import { Outage, type EventStore } from '@tidemark/streams';
import { intakeContent, intakeStream } from '@tidemark/wire';
import type { SnapshotOptions } from '../snapshots/snapshots.js';
import { BatchRows, type IntakeAnswer } from './answer.js';
import { BatchAttempt, OthersCameFirst, type Batch } from './batch-attempt.js';
import { CompanyFold, GapInLog } from './company-fold.js';
import type { CompanyState } from './company-state.js';
import { intakeLimits } from './limits.js';
import { Outbox } from './outbox.js';
import type { Retries } from './retries.js';

interface CompanyOptions {
  readonly company: string;
  readonly store: EventStore;
  readonly retries: Retries;
  readonly nextId: () => string;
  readonly snapshots?: SnapshotOptions;
}

/**
 * The aggregator of one company: one batch at a time, its state folded from the log. Any number of
 * them may write to one log: each folds what others wrote before a batch and when they came first.
 */
export class CompanyIntake {
  readonly #options: CompanyOptions;
  readonly #fold: CompanyFold;
  #loaded: CompanyState | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: CompanyOptions) {
    this.#options = options;
    this.#fold = new CompanyFold(options);
  }

  /** Saves what it knows, if that has changed, and resolves when it is written. */
  async stop(): Promise<void> {
    await this.exclusively(async () => {
      if (this.#loaded !== undefined) await this.#fold.save(this.#loaded);
    });
    await this.#fold.written();
  }

  take(batch: Batch): Promise<IntakeAnswer> {
    return this.exclusively(() => this.#take(batch));
  }

  async read<Value>(look: (state: CompanyState) => Value): Promise<Value> {
    return this.exclusively(async () => look(await this.#current()));
  }

  /** Settles a dead letter; false if there is none of this name. */
  async resolve(
    { id, how }: { readonly id: string; readonly how: 'sentAgain' | 'givenUp' },
    batch: Batch,
  ): Promise<boolean> {
    const { company, nextId, store, retries } = this.#options;
    const stream = intakeStream(company);
    return this.exclusively(() =>
      this.#untilWritten(async (state) => {
        if (!state.letters.has(id)) return false;
        const event = { kind: 'deadLetterResolved' as const, company, id, how };
        const outbox = new Outbox(nextId);
        outbox.add(stream, { ...intakeContent(event), meta: batch.meta }, -1);
        const lost = await outbox.flush(state, { store, retries, settle: () => undefined });
        if (lost.length > 0) throw new OthersCameFirst(lost);
        state.wayBack.forget();
        state.applyIntake(event);
        return true;
      }),
    );
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

  #take(batch: Batch): Promise<IntakeAnswer> {
    const { store, retries, nextId } = this.#options;
    const rows = new BatchRows(batch.events.length);
    return this.#untilWritten(async (state) => {
      const means = { store, retries, nextId, companyFold: this.#fold, state, rows };
      await new BatchAttempt(batch, means).run();
      await this.#fold.saveIfDue(state);
      return rows.answer(state.position);
    });
  }

  /** Does something to the state that is written at once; again while others come first. */
  async #untilWritten<Value>(write: (state: CompanyState) => Promise<Value>): Promise<Value> {
    for (let attempt = 1; attempt <= intakeLimits.attempts; attempt += 1) {
      const state = await this.#current();
      try {
        return await write(state);
      } catch (failure) {
        this.#takeBack(state, failure);
        if (!(failure instanceof OthersCameFirst)) throw failure;
        await this.#look(state, failure.streams);
      }
    }
    const { company } = this.#options;
    throw new Outage('unavailable', `Other writers of ${company} came first each time. Try again.`);
  }

  /** What was folded and not written is taken back; after a defect, everything is. */
  #takeBack(state: CompanyState, failure: unknown): void {
    const isWhole = failure instanceof OthersCameFirst || failure instanceof Outage;
    if (!isWhole) {
      this.#loaded = undefined;
      return;
    }
    state.wayBack.go();
    state.parking.releaseAgain();
  }

  /** Folds what others wrote to streams; where they wrote nothing, the state is not the log's. */
  async #look(state: CompanyState, streams: readonly string[]): Promise<void> {
    let found = 0;
    for (const stream of streams) {
      found += await this.#options.retries.run(() => this.#fold.lookAt(state, stream));
    }
    if (found === 0) this.#loaded = await this.#options.retries.run(() => this.#fold.foldAll());
  }

  /** The state with everything that other writers have appended. */
  async #current(): Promise<CompanyState> {
    const { retries } = this.#options;
    const known = this.#loaded;
    if (known === undefined) {
      this.#loaded = await retries.run(() => this.#fold.load());
      return this.#loaded;
    }
    try {
      await retries.run(() => this.#fold.catchUp(known));
      return known;
    } catch (failure) {
      if (!(failure instanceof GapInLog)) throw failure;
      this.#loaded = await retries.run(() => this.#fold.foldAll());
      return this.#loaded;
    }
  }
}
