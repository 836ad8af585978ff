import type { PlanRevision } from '@tidemark/planning';
import { CommandFailed } from '../outcome.js';
import { remoteRevisions } from '../remote/remote-revisions.js';
import { companyPath, isBody, type Server } from '../remote/server.js';
import { planNamed } from './company-plans.js';
import { readRevisions, type PlanName } from './read-revisions.js';
import type { EventStore } from '@tidemark/streams';

interface PlanAsked {
  readonly company: string;
  readonly plan?: string;
}

/** Where plans are read: a log, or a running server. */
export interface PlanSource {
  /**
   * The plan asked for, or the current dynamic one.
   *
   * @throws CommandFailed if there is no such plan.
   */
  planNamed(asked: PlanAsked): Promise<string>;
  revisions(name: PlanName): AsyncIterable<PlanRevision>;
}

export function plansOfLog(store: EventStore): PlanSource {
  return {
    planNamed: (asked) => planNamed(store, asked),
    revisions: (name) => readRevisions(store, name),
  };
}

export function plansOfServer(server: Server): PlanSource {
  return {
    planNamed: ({ company, plan }) => remotePlan(server, { company, ...given({ plan }) }),
    revisions: (name) => remoteRevisions(server, name),
  };
}

function given({ plan }: { readonly plan: string | undefined }): { readonly plan?: string } {
  return plan === undefined ? {} : { plan };
}

async function remotePlan(server: Server, { company, plan }: PlanAsked): Promise<string> {
  const { items } = await server.get(`${companyPath(company)}/plans`);
  const plans = (Array.isArray(items) ? items : []).filter(isBody);
  const names = plans.map((one) => String(one['plan']));
  const current = plans.find((one) => one['isCurrentDynamic'] === true);
  const wanted = plan ?? (current === undefined ? undefined : String(current['plan']));
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  const known = names.length === 0 ? 'It has none' : `It has ${names.join(', ')}`;
  throw new CommandFailed(`Company ${company} has no plan ${wanted ?? 'at all'}. ${known}.`);
}
