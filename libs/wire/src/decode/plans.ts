import { definePlan, type PlanDefinition } from '@tidemark/planning';
import { atField } from '../refusal.js';
import type { CompanyData, PlanData } from '../schema/plans.js';
import { isTimeZone, readSchedule } from '../text/schedule.js';
import { withoutAbsent, type Reading } from './reading.js';

/** What is known of a company: `timeZone` (an IANA name) says when its days begin. */
export interface CompanySettings {
  readonly timeZone: string;
}

export function readCompany({ timeZone }: CompanyData, reading: Reading): CompanySettings {
  if (!isTimeZone(timeZone)) {
    reading.refuse({
      rule: 'UNKNOWN_TIME_ZONE',
      field: 'data/timeZone',
      message: `There is no time zone ${JSON.stringify(timeZone)}.`,
      remedy: 'Give a name of the IANA time zone database, such as Europe/Amsterdam or UTC.',
      values: { timeZone },
    });
  }
  return { timeZone };
}

export function readPlan(data: PlanData, reading: Reading): PlanDefinition {
  const { id, overrides, margins, ...rest } = data;
  const { schedule, copyTo } = rest;
  if (schedule !== undefined) {
    const read = readSchedule(schedule);
    if (!read.ok) reading.failure ??= atField(read.failure, 'data/schedule', schedule);
  }
  if (copyTo === id) {
    reading.refuse({
      rule: 'SAME_PLAN',
      field: 'data/copyTo',
      message: `Plan ${id} cannot be copied onto itself.`,
      remedy: 'Name another plan, or leave copyTo out.',
      values: { id, copyTo },
      mentions: [id],
    });
  }
  return definePlan(id, {
    ...withoutAbsent(rest),
    overrides: withoutAbsent(overrides ?? {}),
    margins: {
      receipt: margins?.receiptMargin ?? 0,
      issue: margins?.issueMargin ?? 0,
      reorder: margins?.reorderMargin ?? 0,
    },
  });
}
