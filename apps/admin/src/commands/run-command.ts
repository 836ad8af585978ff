import { Option, type Command } from 'commander';
import type { PlanRevision, RunMode, RunRequest } from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';
import { planCommand, withLog, type PlanOptions } from './data-command.js';
import { mustPlanHere, openCompany, principal } from './opened-company.js';
import { answer, UsedWrongly } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';
import { startProgress } from './progress.js';
import { planNamed } from './published/company-plans.js';

const modes: readonly RunMode[] = [
  'regeneration',
  'netChange',
  'netChangeMinimized',
  'explosion',
  'explosionRegeneration',
];

interface RunOptions extends PlanOptions {
  readonly mode: RunMode;
  readonly items?: readonly string[];
  readonly of?: string;
}

export function runCommand(): Command {
  const mode = new Option('--mode <mode>', 'how to plan').choices(modes).default('regeneration');
  return planCommand({
    name: 'run',
    summary: 'Record a planning run and make it; tell what it counted and found.',
    examples: [
      'run --data ./data --company acme',
      'run --data ./data --company acme --mode regeneration --json',
    ],
    details:
      'Exit code 1 if the run is refused. Needs the folder for itself: stop a server on it first.',
  })
    .addOption(mode)
    .option('--items <id...>', 'plan these items only')
    .option('--of <id>', 'transaction or planned order of an explosion')
    .action(run);
}

async function run(options: RunOptions): Promise<void> {
  if (options.mode.startsWith('explosion') && options.of === undefined) {
    throw new UsedWrongly(`Mode ${options.mode} needs --of: what is to be exploded.`);
  }
  await withLog(options, 'write', async (log) => {
    mustPlanHere(log);
    const plan = await planNamed(log.events, options);
    const { planner } = openCompany(log, options.company);
    const progress = startProgress('run', 'revisions');
    let revisions = 0;
    planner.onRevision(() => progress.at((revisions += 1)));
    const { mode, items, of } = options;
    const part = { ...(items === undefined ? {} : { items }), ...(of === undefined ? {} : { of }) };
    const request: RunRequest = { plan, mode, ...part };
    const outcome = await planner.run(request, { principal });
    await planner.stop();
    progress.end();
    if (!outcome.ok) {
      if (options.json === true) sayJson({ refused: outcome.failure });
      else say(`refused ${outcome.failure.code}: ${outcome.failure.message}`);
      return answer(false);
    }
    const own = outcome.value.revisions.filter((revision) => revision.plan === plan);
    if (options.json === true) return sayJson(writeNamed(own.map(asJson)));
    for (const revision of own) sayRevision(revision);
  });
}

function asJson({ nodes, decisions, ...head }: PlanRevision) {
  return { ...head, changed: changedLines({ nodes }), decisions: decisions.length };
}

/** Counters and findings of a revision, for people. */
export function sayRevision(revision: PlanRevision): void {
  const { plan, mode, counters, findings, tidemark } = revision;
  say(`plan ${plan}, revision ${revision.revision} (${mode}), tidemark ${tidemark}`);
  const changed = changedLines(revision);
  const rows = [...Object.entries(counters), ...Object.entries(changed)];
  say(tableOf(['counter', 'count'], rows));
  for (const { code, message } of findings) say(`finding ${code}: ${message}`);
  if (findings.length === 0) say('no findings');
}

function changedLines({ nodes }: Pick<PlanRevision, 'nodes'>) {
  const changed = { changedOrders: 0, changedRequirements: 0, changedPegs: 0, changedMessages: 0 };
  for (const { orders, requirements, coverage, messages } of nodes) {
    changed.changedOrders += orders.length;
    changed.changedRequirements += requirements.length;
    changed.changedPegs += coverage.length;
    changed.changedMessages += messages.length;
  }
  return changed;
}
