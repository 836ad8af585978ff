import { StateReader, StateWriter, type SavedValue } from '@tidemark/kernel';
import type { EventStore, Position } from '@tidemark/streams';
import { setImmediate as breathe } from 'node:timers/promises';
import { StateSnapshots, type SnapshotOptions } from '../snapshots/snapshots.js';
import { PlanFold } from './plan-fold.js';
import type { PlannerLog } from './planner-log.js';

interface PlannerSnapshotOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly snapshots?: SnapshotOptions;
}

/** A state that was taken up, and where in the log it stands. */
export interface RestoredFold {
  readonly fold: PlanFold;
  readonly position: Position;
}

/** The snapshots of a company's plans: when to take one, and taking up the newest. */
export class PlannerSnapshots {
  readonly #options: PlannerSnapshotOptions;
  readonly #states: StateSnapshots<readonly SavedValue[]> | undefined;
  #from: Position | undefined;
  /** Inputs that the snapshot held which this process began with. */
  #held = 0;
  #hasBegun = false;
  #hasRecalled = false;

  constructor(options: PlannerSnapshotOptions) {
    const { company, snapshots } = options;
    this.#options = options;
    if (snapshots !== undefined) this.#states = new StateSnapshots(`plans/${company}`, snapshots);
  }

  /** The newest that can be taken up; undefined: fold from the beginning. */
  async restored(): Promise<RestoredFold | undefined> {
    const found = await this.#states?.newest(this.#options.store);
    if (found === undefined) return undefined;
    const { position } = found;
    const fold = new PlanFold(this.#options.company);
    try {
      for (const _ of fold.exchange(new StateReader(found.parts()))) await breathe();
    } catch (failure) {
      this.#states?.notRestored(failure);
      return undefined;
    }
    this.#from = position;
    this.#held = fold.folded;
    return { fold, position };
  }

  /** A snapshot holds no inputs: they are read when a new plan is to start from all of them. */
  async recall({ engine }: PlanFold, log: PlannerLog): Promise<void> {
    if (this.#from === undefined || this.#hasRecalled) return;
    engine.past.recall(await log.pastInputs(this.#from));
    this.#hasRecalled = true;
  }

  /** The log is folded to its end. */
  async takeIfDue(fold: PlanFold, position: Position): Promise<void> {
    if (!this.#hasBegun) {
      const { folded } = fold;
      this.#states?.begun(this.#from, { folded, after: folded - this.#held });
    }
    this.#hasBegun = true;
    if (this.#states?.isDue(fold.folded) === true) await this.#take(fold, position);
  }

  /** Saves what is new before the end, and resolves when it is written. */
  async end(fold: PlanFold, position: Position): Promise<void> {
    await this.#states?.written();
    if (this.#states?.isBehind(fold.folded) === true) await this.#take(fold, position);
    await this.#states?.written();
  }

  /** Planning waits as long as the state is gone through; others have their turns meanwhile. */
  async #take(fold: PlanFold, position: Position): Promise<void> {
    const writer = new StateWriter();
    const parts: (readonly SavedValue[])[] = [];
    for (const _ of fold.exchange(writer)) {
      parts.push(writer.take());
      await breathe();
    }
    parts.push(writer.take());
    this.#states?.take(position, fold.folded, () => parts);
  }
}
