import { dayFromCivil, invariant } from '@tidemark/kernel';
import { origin, type EventStore, type StoredEvent } from '@tidemark/streams';
import { daysStream, plansStream } from '@tidemark/wire';
import type { Companies } from '../companies.js';
import { exampleEvents } from './events.js';

const principal = 'example factory';

export const exampleCompany = 'example';

/**
 * Loads the example factory through the way in.
 *
 * @returns how many events it took.
 */
export async function loadExample(companies: Companies, now: number): Promise<number> {
  const lines = exampleLines(now);
  const { intake } = companies;
  const from = { source: 'example', principal };
  const answer = await intake.take(exampleCompany, lines, from);
  const { refusedRows, parkedRows } = answer;
  invariant(
    answer.accepted + answer.repeated === lines.length,
    'the example factory is taken whole',
    {
      refused: JSON.stringify(refusedRows),
      parked: JSON.stringify(parkedRows),
    },
  );
  // The static plan is made once, so that there is something to compare with.
  const run = { plan: 'static', mode: 'regeneration' as const };
  await companies.open(exampleCompany).desk.run(run, { principal });
  return answer.accepted;
}

/**
 * Whether the log waits for the example: it is empty, or loading broke off before the plans, which
 * come last. What was taken then is repeated, and counts once.
 */
export async function wantsExample(store: EventStore): Promise<boolean> {
  if ((await store.head()) === origin) return true;
  const firstOf = (stream: string) => store.readStream(stream, { limit: 1 });
  const [day] = await firstOf(daysStream(exampleCompany));
  const [plan] = await firstOf(plansStream(exampleCompany));
  return isOurs(day) && plan === undefined;
}

function isOurs(event: StoredEvent | undefined): boolean {
  return event !== undefined && event.metaText.includes(JSON.stringify(principal));
}

/** The events of the example, a line each, their dates counted from the day of `now`. */
export function exampleLines(now: number): readonly string[] {
  const moment = new Date(now);
  const today = dayFromCivil(moment.getFullYear(), moment.getMonth() + 1, moment.getDate());
  return exampleEvents(today).map((event) => JSON.stringify(event));
}
