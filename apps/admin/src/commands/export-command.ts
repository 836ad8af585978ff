import { Argument, type Command } from 'commander';
import { logBatches, type EventStore, type StoredEvent } from '@tidemark/streams';
import { parseStreamName } from '@tidemark/wire';
import { atPlace, companyName, placeCommand, wholeNumber } from './data-command.js';
import type { PlaceOptions } from './data-command.js';
import { CommandFailed, UsedWrongly } from './outcome.js';
import { sayLines } from './output.js';
import { startProgress } from './progress.js';
import { exportLines } from './published/plan-hash.js';
import { plansOfLog, plansOfServer, type PlanSource } from './published/plan-source.js';
import { foldPublished } from './published/published-plan.js';
import { lineKinds, type LineKind } from './published/row-keys.js';

const exportKinds = ['events', ...lineKinds] as const;

interface ExportOptions extends PlaceOptions {
  readonly company?: string;
  readonly plan?: string;
  readonly revision?: number;
}

export function exportCommand(): Command {
  const what = new Argument('[what]', 'what to write').choices(exportKinds).default('events');
  return placeCommand({
    name: 'export',
    summary: 'Write the events of a data folder, or the lines of a plan, as JSON lines.',
    examples: [
      'export --data ./data',
      'export events --data ./data --company acme',
      'export orders --data ./data --company acme',
      'export coverage --data ./data --company acme --revision 1',
      'export messages --url http://127.0.0.1:7400 --company example',
    ],
    details:
      'Events stand in commit order, each with its stream, revision, position, id, type, data\n' +
      'and meta; they are read from a log only. Lines of a plan have sorted keys and are sorted\n' +
      'by their bytes.',
  })
    .addArgument(what)
    .option('--company <name>', 'company; of events: only its own', companyName)
    .option('--plan <id>', 'plan (default: the current dynamic one)')
    .option('--revision <number>', 'the plan as of this revision (default: the last)', wholeNumber)
    .action(exportWhat);
}

async function exportWhat(
  what: (typeof exportKinds)[number],
  options: ExportOptions,
): Promise<void> {
  await atPlace(options, {
    mode: 'read',
    log: ({ events }) =>
      what === 'events'
        ? sayLines(eventLines(events, options))
        : exportPlan(plansOfLog(events), what, options),
    server: (server) => {
      if (what !== 'events') return exportPlan(plansOfServer(server), what, options);
      throw new UsedWrongly('A server does not give its events away: export them with --data.');
    },
  });
}

async function exportPlan(
  plans: PlanSource,
  kind: LineKind,
  { company, plan: named, revision }: ExportOptions,
): Promise<void> {
  if (company === undefined) throw new UsedWrongly(`export ${kind} needs --company.`);
  const plan = await plans.planNamed(named === undefined ? { company } : { company, plan: named });
  const until = revision === undefined ? {} : { revision };
  const published = await foldPublished(plans.revisions({ company, plan }), until);
  if (revision !== undefined && published.last?.revision !== revision) {
    throw new CommandFailed(`Plan ${plan} of company ${company} has no revision ${revision}.`);
  }
  await sayLines(exportLines(published, kind));
}

async function* eventLines(
  store: EventStore,
  { company, plan, revision }: ExportOptions,
): AsyncGenerator<string, void, void> {
  if (plan !== undefined || revision !== undefined) {
    throw new UsedWrongly('--plan and --revision are for the lines of a plan: name the kind.');
  }
  const progress = startProgress('export', 'events');
  let count = 0;
  for await (const { events } of logBatches(store)) {
    for (const event of events) {
      if (company !== undefined && parseStreamName(event.stream)?.company !== company) continue;
      count += 1;
      yield eventLine(event);
    }
    progress.at(count);
  }
  progress.end();
}

/** Data and meta go out as they were written: parsing and writing them again could only harm. */
function eventLine({ stream, revision, position, id, type, ...texts }: StoredEvent): string {
  const head = JSON.stringify({ position, stream, revision, id, type });
  return `${head.slice(0, -1)},"data":${texts.dataText},"meta":${texts.metaText}}`;
}
