import { dayFromCivil, formatPlanDay } from '@tidemark/kernel';
import type { EventStore } from '@tidemark/streams';
import { daysStream, decodeStored } from '@tidemark/wire';
import type { Companies } from './companies.js';

export interface DayClockOptions {
  readonly companies: Companies;
  readonly store: EventStore;
  readonly clock: { now(): number };
  /** Told when a day could not be recorded; the next turn tries again. */
  readonly onFailure: (failure: unknown) => void;
}

/** The source of days that Tidemark tells itself. */
export const clockSource = 'tidemark/clock';

/**
 * Moves the day of companies on, at the start and at each midnight of this machine's zone: of those
 * whose last day came from here. A source that tells its own days keeps them, such as one that
 * replays a past year.
 */
export class DayClock {
  readonly #options: DayClockOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DayClockOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.turn();
    this.#waitForMidnight();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Records today for every company that is behind and follows this clock. */
  async turn(): Promise<void> {
    const { companies, clock } = this.#options;
    const moment = new Date(clock.now());
    const today = dayFromCivil(moment.getFullYear(), moment.getMonth() + 1, moment.getDate());
    for (const company of companies.names()) {
      if (!(await this.#isBehind(company, today))) continue;
      const data = { day: formatPlanDay(today) };
      const event = { type: 'day.changed.v1', version: today, data };
      const from = { source: clockSource, principal: 'clock' };
      await companies.intake.take(company, [event], from);
    }
  }

  async #isBehind(company: string, today: number): Promise<boolean> {
    const reading = { limit: 1, direction: 'backwards' as const };
    const [last] = await this.#options.store.readStream(daysStream(company), reading);
    if (last === undefined) return false;
    const meaning = decodeStored(last);
    if (meaning.kind !== 'fact' || meaning.fact.kind !== 'day') return false;
    return meaning.head.source === clockSource && meaning.fact.day < today;
  }

  #waitForMidnight(): void {
    const { clock, onFailure } = this.#options;
    const now = new Date(clock.now());
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    this.#timer = setTimeout(() => {
      this.turn()
        .catch(onFailure)
        .finally(() => this.#waitForMidnight());
    }, midnight.getTime() - now.getTime());
    this.#timer.unref();
  }
}
