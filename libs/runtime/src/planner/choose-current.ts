import type { Refusal } from '@tidemark/kernel';
import type { Intake } from '../intake/create-intake.js';
import type { Asking } from './asking.js';
import type { CompanyPlanner } from './company-planner.js';

export interface ChoosingHouse {
  readonly company: string;
  readonly intake: Intake;
  readonly planner: CompanyPlanner;
}

/**
 * Makes another plan the current dynamic plan (PL-4): the old one is first copied over it, its
 * tidemark included; an exact plan is current by itself.
 *
 * @returns why it is refused; undefined if the plan is chosen.
 */
export async function chooseCurrentPlan(
  { company, intake, planner }: ChoosingHouse,
  plan: string,
  { principal, version }: Asking & { readonly version: number },
): Promise<Refusal | undefined> {
  await planner.catchUp();
  const present = planner.currentPlan('dynamic');
  const chosen = planner.view(plan);
  const exact = chosen?.definition.continuity === 'exact';
  if (chosen === undefined || (present !== plan && !exact)) {
    const copied = await planner.copyPlan(present, plan, { principal });
    if (!copied.ok) return copied.failure;
  }
  const data = { dynamic: plan };
  const event = { type: 'currentPlans.chosen.v1', version, data };
  const answer = await intake.take(company, [event], { principal, source: 'tidemark' });
  await planner.catchUp();
  const [refused] = answer.refusedRows;
  if (refused === undefined) return undefined;
  const { code, message, mentions, remedy } = refused;
  return { code, message, mentions, remedy };
}
