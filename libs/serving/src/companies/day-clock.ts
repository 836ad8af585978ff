import { dayFromCivil, formatPlanDay } from '@tidemark/kernel';
import { machineTimeZone, readCompanyDays, type Intake, type Timer } from '@tidemark/runtime';
import type { EventStore } from '@tidemark/streams';
import { readSchedule, type Schedule } from '@tidemark/wire';

export interface DayClockOptions {
  /** The companies whose days are moved on. */
  readonly companies: { names(): readonly string[] };
  readonly intake: Pick<Intake, 'take'>;
  readonly store: EventStore;
  readonly clock: { now(): number };
  readonly timer: Timer;
  /** Told when a day could not be recorded; the next turn tries again. */
  readonly onFailure: (failure: unknown) => void;
}

/** The source of days that Tidemark tells itself. */
export const clockSource = 'tidemark/clock';

/** Companies are added and change their zone while the clock waits. */
const longestWaitMs = 3_600_000;

/**
 * Moves the day of companies on, at the start and at each midnight of the company's time zone (this
 * machine's, if none is set): of those whose last day came from here. A source that tells its own
 * days keeps them, such as one that replays a past year.
 */
export class DayClock {
  readonly #options: DayClockOptions;
  readonly #midnight: Schedule = midnight();
  #cancel: () => void = () => undefined;
  #isStopped = false;

  constructor(options: DayClockOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#waitUntil(await this.turn());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /**
   * Records today for every company that is behind and follows this clock. Resolves to the moment
   * of the next turn.
   */
  async turn(): Promise<number> {
    const { companies, clock, store } = this.#options;
    const now = clock.now();
    let next = now + longestWaitMs;
    for (const company of companies.names()) {
      const { last, timeZone = machineTimeZone() } = await readCompanyDays(store, company);
      if (last?.source !== clockSource) continue;
      const today = dayIn(timeZone, now);
      if (last.day < today) await this.#record(company, today);
      next = Math.min(next, this.#midnight.nextAfter(now, timeZone) ?? next);
    }
    return next;
  }

  async #record(company: string, today: number): Promise<void> {
    const data = { day: formatPlanDay(today) };
    const event = { type: 'day.changed.v1', version: today, data };
    const from = { source: clockSource, principal: 'clock' };
    await this.#options.intake.take(company, [event], from);
  }

  #waitUntil(moment: number): void {
    if (this.#isStopped) return;
    const { clock, timer, onFailure } = this.#options;
    this.#cancel = timer.at(moment, () => {
      this.turn()
        .catch((failure: unknown) => {
          onFailure(failure);
          return clock.now() + longestWaitMs;
        })
        .then((next) => this.#waitUntil(next))
        .catch(onFailure);
    });
  }
}

/** The date on the wall of a time zone. */
function dayIn(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).formatToParts(now);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return dayFromCivil(part('year'), part('month'), part('day'));
}

function midnight(): Schedule {
  const read = readSchedule('0 0 * * *');
  if (!read.ok) throw new RangeError(read.failure.message);
  return read.value;
}
