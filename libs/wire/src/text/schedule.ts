import { failed, refusal, success, type Refusal, type Result } from '@tidemark/kernel';
import { Cron } from 'croner';

/** When a plan runs by itself: moments of the wall clock of a company's time zone (PL-3). */
export interface Schedule {
  /** The first moment after `moment` (milliseconds since 1970 UTC); undefined: never again. */
  nextAfter(moment: number, timeZone: string): number | undefined;
}

const remedy =
  'Give five fields - minute, hour, day, month, weekday - such as "30 2 * * 1-5": ' +
  'at half past two on weekdays.';

/**
 * Reads a cron text of five fields. Refused with INVALID_SCHEDULE: another number of fields, values
 * out of their range, a moment that never comes (30 February).
 */
export function readSchedule(text: string): Result<Schedule, Refusal> {
  try {
    const cron = (timeZone: string): Cron =>
      new Cron(text, { paused: true, mode: '5-part', timezone: timeZone });
    if (cron('UTC').nextRun() === null) return failed(refused(text, 'it never comes'));
    return success({
      nextAfter: (moment, timeZone) =>
        cron(timeZone).nextRun(new Date(moment))?.getTime() ?? undefined,
    });
  } catch (failure) {
    return failed(refused(text, failure instanceof Error ? failure.message : String(failure)));
  }
}

function refused(text: string, why: string): Refusal {
  const message = `Schedule ${JSON.stringify(text)} cannot be followed: ${why}.`;
  return refusal('INVALID_SCHEDULE', message, { remedy });
}

/** Whether a text names a time zone that this machine's calendar data know. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch (failure) {
    if (failure instanceof RangeError) return false;
    throw failure;
  }
}
