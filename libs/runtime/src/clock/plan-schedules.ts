import type { Refusal, Result } from '@tidemark/kernel';
import type { RunRequest } from '@tidemark/planning';
import {
  comparePositions,
  StoreClosed,
  streamPages,
  type EventStore,
  type Position,
} from '@tidemark/streams';
import { daysStream, plansStream } from '@tidemark/wire';
import { machineTimeZone } from './company-days.js';
import { PlanClocks, schedulePrincipal, type PlanClock } from './plan-clocks.js';
import type { Timer } from './timer.js';

/** What schedules need of a planner. */
export interface ScheduledPlanner {
  run(request: RunRequest, asking: Asking): Promise<Result<unknown, Refusal>>;
  copyPlan(from: string, to: string, asking: Asking): Promise<Result<unknown, Refusal>>;
}

interface Asking {
  readonly principal: string;
}

/** A run that a schedule asked for, to be told to those who operate. */
export interface ScheduledRun {
  readonly company: string;
  readonly plan: string;
  /** When it was due; long ago if nobody was there to make it. */
  readonly due: number;
  /** How many further runs were due since then; they are not made up. */
  readonly missed: number;
  /** Why the run, or the copy after it, could not be made. */
  readonly refused: Refusal | undefined;
}

export interface PlanSchedulesOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly planner: ScheduledPlanner;
  readonly clock: { now(): number };
  readonly timer: Timer;
  readonly onRun: (run: ScheduledRun) => void;
}

const missedMax = 1_000;

/**
 * Runs plans when their schedules say so (PL-3): a full regeneration, then the copy onto another
 * plan if the definition names one (MO-9). What was due while nobody was there is made up once.
 */
export class PlanSchedules {
  readonly #options: PlanSchedulesOptions;
  readonly #clocks = new PlanClocks(machineTimeZone());
  readonly #stopping = new AbortController();
  #cancel: () => void = () => undefined;
  #last: Promise<void> = Promise.resolve();
  #isFirstTurn = true;
  #following: Promise<void> = Promise.resolve();

  constructor(options: PlanSchedulesOptions) {
    this.#options = options;
  }

  /** Follows the definitions of plans until `stop`; `onFailure` is told why that ended. */
  start(onFailure: (failure: unknown) => void): void {
    this.#following = this.#follow(onFailure).catch((failure: unknown) => {
      if (!(failure instanceof StoreClosed)) onFailure(failure);
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancel();
    await this.#following;
    await this.#last;
  }

  async #follow(onFailure: (failure: unknown) => void): Promise<void> {
    const { store, company } = this.#options;
    const streams = [plansStream(company), daysStream(company)];
    const { signal } = this.#stopping;
    const after = await store.head();
    for (const stream of streams) await this.#foldStream(stream, after);
    this.#turn(onFailure);
    for await (const batch of store.follow({ after, streamPrefixes: streams, signal })) {
      for (const event of batch.events) {
        if (streams.includes(event.stream)) this.#clocks.take(event);
      }
      if (batch.atHead) this.#turn(onFailure);
    }
  }

  /** What stands in a stream by now, without looking through the log of everything else. */
  async #foldStream(stream: string, through: Position): Promise<void> {
    for await (const events of streamPages(this.#options.store, stream)) {
      for (const event of events) {
        if (comparePositions(event.position, through) <= 0) this.#clocks.take(event);
      }
    }
  }

  /** Makes what is due, one after the other, then waits for what is due next. */
  #turn(onFailure: (failure: unknown) => void): void {
    this.#last = this.#last.then(() => this.#makeDue()).catch(onFailure);
    void this.#last.then(() => {
      if (!this.#stopping.signal.aborted) this.#wait(onFailure);
    });
  }

  #wait(onFailure: (failure: unknown) => void): void {
    this.#cancel();
    const due = this.#clocks.nextDue;
    if (due !== undefined) this.#cancel = this.#options.timer.at(due, () => this.#turn(onFailure));
  }

  async #makeDue(): Promise<void> {
    // A copy is owed by a process that ended after the run; later ones are made with the run.
    const isFirst = this.#isFirstTurn;
    this.#isFirstTurn = false;
    for (const clock of [...this.#clocks]) {
      if (this.#stopping.signal.aborted) return;
      const due = clock.schedule.nextAfter(clock.since, this.#clocks.timeZone);
      const now = this.#options.clock.now();
      if (due !== undefined && due <= now) {
        await this.#make(clock, { due, now });
      } else if (isFirst && clock.owesCopy) {
        this.#tell(clock, { due: clock.since, missed: 0, refused: await this.#copy(clock) });
      }
    }
  }

  async #make(
    clock: PlanClock,
    { due, now }: { readonly due: number; readonly now: number },
  ): Promise<void> {
    const missed = this.#countMissed(clock, due, now);
    const { planner } = this.#options;
    clock.since = now;
    const asked = { plan: clock.plan, mode: 'regeneration' as const };
    const ran = await planner.run(asked, { principal: schedulePrincipal });
    const refused = ran.ok ? await this.#copy(clock) : ran.failure;
    this.#tell(clock, { due, missed, refused });
  }

  async #copy(clock: PlanClock): Promise<Refusal | undefined> {
    if (clock.copyTo === undefined) return undefined;
    const asking = { principal: schedulePrincipal };
    const copied = await this.#options.planner.copyPlan(clock.plan, clock.copyTo, asking);
    return copied.ok ? undefined : copied.failure;
  }

  #countMissed({ schedule }: PlanClock, first: number, now: number): number {
    let missed = 0;
    let next = schedule.nextAfter(first, this.#clocks.timeZone);
    while (next !== undefined && next <= now && missed < missedMax) {
      missed += 1;
      next = schedule.nextAfter(next, this.#clocks.timeZone);
    }
    return missed;
  }

  #tell({ plan }: PlanClock, told: Pick<ScheduledRun, 'due' | 'missed' | 'refused'>): void {
    this.#options.onRun({ company: this.#options.company, plan, ...told });
  }
}
