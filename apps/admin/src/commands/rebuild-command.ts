import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { OpenLog } from '@tidemark/stores';
import type { PlanRevision } from '@tidemark/planning';
import { appendInChunks, lastRevisionOf } from '@tidemark/streams';
import { encodeRevision, metaOf, planStream } from '@tidemark/wire';
import { companyName, dataCommand, withLog, type PlanOptions } from './data-command.js';
import { clock, mustPlanHere, openCompany, principal } from './opened-company.js';
import { CommandFailed, UsedWrongly } from './outcome.js';
import { say, sayJson } from './output.js';
import { startProgress } from './progress.js';
import { planNamed } from './published/company-plans.js';
import { rebuildReadModels } from './rebuild-read-models.js';
import { checkPlans, type CheckedPlan } from './refold/check-plans.js';

export function rebuildCommand(): Command {
  return dataCommand({
    name: 'rebuild',
    summary: 'Fold the log from its beginning: a plan, or what readers are answered from.',
    examples: ['rebuild --data ./data --company acme', 'rebuild --data ./data --projection all'],
    details:
      'Of a plan: brings it up to the log first, and publishes what differs as a new\n' +
      'revision; a plan that is equal gets none. Of read models (--projection): builds them\n' +
      'anew beside those that are there, then switches. Needs the folder for itself: stop a\n' +
      'server on it first, or have the server do it: POST /v1/read-models/NAME/rebuild.',
  })
    .option('--company <name>', 'company of the plan', companyName)
    .option('--plan <id>', 'plan (default: the current dynamic one)')
    .option('--projection <name>', 'a read model, or all')
    .action(rebuild);
}

type RebuildOptions = Omit<PlanOptions, 'company'> & {
  readonly company?: string;
  readonly projection?: string;
};

async function rebuild({ projection, company, plan, ...options }: RebuildOptions): Promise<void> {
  if (projection !== undefined) {
    if (company === undefined && plan === undefined) return rebuildReadModels(options, projection);
    throw new UsedWrongly('A read model is of all companies and plans: leave those options out.');
  }
  if (company === undefined) {
    throw new UsedWrongly(
      'Name what to rebuild: --company of a plan, or --projection NAME or all.',
    );
  }
  return rebuildPlan({ ...options, company, ...(plan === undefined ? {} : { plan }) });
}

async function rebuildPlan(options: PlanOptions): Promise<void> {
  await withLog(options, 'write', async (log) => {
    mustPlanHere(log);
    const { company } = options;
    const plan = await planNamed(log.events, options);
    const { planner } = openCompany(log, company);
    await planner.catchUp();
    await planner.stop();
    const progress = startProgress('rebuild', 'inputs');
    const onEvents = (count: number): void => progress.at(count);
    const checks = checkPlans({ store: log.events, company, plan, onEvents });
    for await (const checked of checks) {
      progress.end();
      const { comparison, published } = checked;
      const revision = revisionOf(checked);
      if (revision !== undefined) await publish(log, company, revision);
      const outcome = {
        company,
        plan,
        isEqual: revision === undefined,
        revision: revision?.revision ?? published?.last?.revision ?? 0,
        nodes: comparison?.nodes ?? 0,
        lines: comparison?.lines ?? 0,
        differingNodes: comparison?.differences.length ?? 0,
      };
      if (options.json === true) sayJson(outcome);
      else sayOutcome(outcome);
    }
  });
}

interface Outcome {
  readonly plan: string;
  readonly isEqual: boolean;
  readonly revision: number;
  readonly lines: number;
  readonly differingNodes: number;
}

function sayOutcome({ plan, isEqual, revision, lines, differingNodes }: Outcome): void {
  if (isEqual) say(`plan ${plan}: equal, ${lines} lines; revision ${revision} stands`);
  else say(`plan ${plan}: ${differingNodes} nodes differed; published as revision ${revision}`);
}

/** What makes the published plan the refolded one; undefined if it is. */
function revisionOf({ plan, published, comparison }: CheckedPlan): PlanRevision | undefined {
  const last = published?.last;
  if (last === undefined || comparison === undefined) return undefined;
  if (comparison.differences.length === 0) return undefined;
  const cause = { kind: 'run' as const, position: last.tidemark, name: 'rebuild' };
  return {
    plan,
    revision: last.revision + 1,
    mode: 'regeneration',
    day: last.day,
    tidemark: last.tidemark,
    position: last.position,
    step: last.step + 1,
    nodes: comparison.differences.map((node) => ({ ...node, causes: [cause], reachedFrom: [] })),
    findings: last.findings,
    counters: {
      nodesVisited: comparison.nodes,
      rowsComputed: comparison.lines,
      nodesChanged: comparison.differences.length,
      inputsApplied: 0,
    },
    requested: comparison.nodes,
    processed: comparison.nodes,
    skipped: [],
    decisions: [],
  };
}

async function publish(
  { events: store }: OpenLog,
  company: string,
  revision: PlanRevision,
): Promise<void> {
  const stream = planStream(company, revision.plan);
  const meta = metaOf(principal, clock.now());
  const id = randomUUID();
  const events = encodeRevision(company, revision).map((content, at) => ({
    id: `${id}-${at}`,
    meta,
    ...content,
  }));
  const expected = await lastRevisionOf(store, stream);
  const outcome = await appendInChunks(store, stream, { id, events, expected });
  if (!outcome.ok) throw new CommandFailed(`Another process published plan ${revision.plan}.`);
}
