import { Option, type Command } from 'commander';
import type { PlanRevision, RunMode, RunRequest } from '@tidemark/planning';
import type { OpenLog } from '@tidemark/stores';
import { writeNamed } from '@tidemark/wire';
import { atPlace, placeCommand, planCommand, type PlanPlaceOptions } from './data-command.js';
import { mustPlanHere, openCompany, principal } from './opened-company.js';
import { answer, UsedWrongly } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';
import { startProgress } from './progress.js';
import { planNamed } from './published/company-plans.js';
import { plansOfServer } from './published/plan-source.js';
import { companyPath, isBody, type Server } from './remote/server.js';

const modes: readonly RunMode[] = [
  'regeneration',
  'netChange',
  'netChangeMinimized',
  'explosion',
  'explosionRegeneration',
];

interface RunOptions extends PlanPlaceOptions {
  readonly mode: RunMode;
  readonly items?: readonly string[];
  readonly of?: string;
  readonly scope?: 'full' | 'item';
  readonly currentExplosion?: true;
  readonly markingAndReservation?: true;
  readonly autoReservation?: true;
}

export function runCommand(): Command {
  const mode = new Option('--mode <mode>', 'how to plan').choices(modes).default('regeneration');
  const text = {
    name: 'run',
    summary: 'Record a planning run and make it; tell what it counted and found.',
    examples: [
      'run --data ./data --company acme',
      'run --data ./data --company acme --mode regeneration --json',
      'run --url http://127.0.0.1:7400 --company example --plan static',
      'run --data ./data --company acme --plan asked --mode explosion --of SO-1 --auto-reservation',
    ],
    details:
      'Exit code 1 if the run is refused. With --data it needs the folder for itself; ask a\n' +
      'running server by --url.',
  };
  return planCommand(text, placeCommand)
    .addOption(mode)
    .option('--items <id...>', 'plan these items only')
    .option('--of <id>', 'transaction or planned order of an explosion')
    .addOption(new Option('--scope <scope>', 'whose messages are told').choices(['full', 'item']))
    .option('--current-explosion', 'explosion: cover again what was covered')
    .option('--marking-and-reservation', 'explosion: give up fixed links first')
    .option('--auto-reservation', 'explosion: mark and reserve what covers it')
    .action(run);
}

async function run(options: RunOptions): Promise<void> {
  if (options.mode.startsWith('explosion') && options.of === undefined) {
    throw new UsedWrongly(`Mode ${options.mode} needs --of: what is to be exploded.`);
  }
  await atPlace(options, {
    mode: 'write',
    log: (log) => runHere(log, options),
    server: (server) => runThere(server, options),
  });
}

function requestOf(plan: string, asked: RunOptions): RunRequest & { plan: string } {
  const { mode, items, of, scope } = asked;
  const options = {
    currentExplosion: asked.currentExplosion === true,
    markingAndReservation: asked.markingAndReservation === true,
    autoReservation: asked.autoReservation === true,
  };
  return {
    plan,
    mode,
    ...(items === undefined ? {} : { items }),
    ...(of === undefined ? {} : { of }),
    ...(scope === undefined ? {} : { scope }),
    ...(mode === 'explosion' ? { options } : {}),
  };
}

async function runHere(log: OpenLog, options: RunOptions): Promise<void> {
  mustPlanHere(log);
  const plan = await planNamed(log.events, options);
  const { planner } = openCompany(log, options.company);
  const progress = startProgress('run', 'revisions');
  let revisions = 0;
  planner.onRevision(() => progress.at((revisions += 1)));
  const outcome = await planner.run(requestOf(plan, options), { principal });
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
}

/** A refusal comes as a problem answer: it is told, and the exit code is 1. */
async function runThere(server: Server, options: RunOptions): Promise<void> {
  const plan = await plansOfServer(server).planNamed(options);
  const settled = await server.post(
    `${companyPath(options.company)}/runs`,
    requestOf(plan, options),
  );
  if (options.json === true) return sayJson(settled);
  const { position, revisions } = settled;
  say(`recorded at position ${String(position)}`);
  const rows = (Array.isArray(revisions) ? revisions : [])
    .filter(isBody)
    .map(({ plan: of, revision, mode, changes }) => [
      String(of),
      String(revision),
      String(mode),
      JSON.stringify(changes),
    ]);
  say(tableOf(['plan', 'revision', 'mode', 'changed lines'], rows));
}

function asJson({ nodes, decisions, ...head }: PlanRevision) {
  return { ...head, changed: changedLines({ nodes }), decisions: decisions.length };
}

/** Counters, working set and findings of a revision, for people. */
export function sayRevision(revision: PlanRevision): void {
  const { plan, mode, counters, findings, tidemark, skipped, requested, processed } = revision;
  say(`plan ${plan}, revision ${revision.revision} (${mode}), tidemark ${tidemark}`);
  const changed = changedLines(revision);
  const extended = revision.workingSet?.extended.count ?? 0;
  const nodes = { requested, extended, processed };
  const rows = [nodes, counters, changed].flatMap((counts) => Object.entries(counts));
  say(tableOf(['counter', 'count'], rows));
  for (const { item, reason } of skipped) say(`skipped ${item}: ${reason}`);
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
