import type { PlanDefinition } from '@tidemark/planning';
import { streamPages, type EventStore } from '@tidemark/streams';
import { decodeStored, plansStream } from '@tidemark/wire';
import { CommandFailed } from '../outcome.js';

/** The plans of a company as the log defines them, and which dynamic one is current (PL-1). */
export interface CompanyPlans {
  readonly plans: ReadonlyMap<string, PlanDefinition>;
  readonly current: string | undefined;
}

export async function readPlans(store: EventStore, company: string): Promise<CompanyPlans> {
  const plans = new Map<string, PlanDefinition>();
  let chosen: string | undefined;
  for await (const page of streamPages(store, plansStream(company))) {
    for (const event of page) {
      const meaning = decodeStored(event);
      if (meaning.kind !== 'fact') continue;
      const { fact } = meaning;
      if (fact.kind === 'planDefined') plans.set(fact.plan.id, fact.plan);
      if (fact.kind === 'planDeleted') plans.delete(fact.plan);
      if (fact.kind === 'currentPlans') chosen = fact.dynamic ?? chosen;
    }
  }
  const defined = [...plans.values()];
  const first =
    defined.find(({ kind }) => kind === 'dynamic') ??
    defined.find(({ kind }) => kind === 'both') ??
    defined[0];
  return { plans, current: chosen ?? first?.id };
}

/**
 * The plan asked for, or the current dynamic one.
 *
 * @throws CommandFailed if there is no such plan.
 */
export async function planNamed(
  store: EventStore,
  { company, plan }: { readonly company: string; readonly plan?: string },
): Promise<string> {
  const { plans, current } = await readPlans(store, company);
  const wanted = plan ?? current;
  if (wanted !== undefined && plans.has(wanted)) return wanted;
  const known = plans.size === 0 ? 'It has none' : `It has ${[...plans.keys()].join(', ')}`;
  throw new CommandFailed(`Company ${company} has no plan ${wanted ?? 'at all'}. ${known}.`);
}
