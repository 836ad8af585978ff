import type { Command } from 'commander';
import type { OpenLog } from '@tidemark/stores';
import { moveLog, readHolder, type Moved } from '@tidemark/runtime';
import { compareFamilies, comparePlans, type PlanInBoth } from './compare-logs.js';
import { countLog } from './company-list.js';
import { companyName, describedCommand, withLog } from './data-command.js';
import { answer, CommandFailed, UsedWrongly } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';
import { startProgress } from './progress.js';

interface MigrateOptions {
  readonly from: string;
  readonly to: string;
  readonly company?: string;
  readonly json?: boolean;
}

export function migrateCommand(): Command {
  return describedCommand({
    name: 'migrate',
    summary: 'Move the log from one store to another: data folder, PostgreSQL, EventStoreDB.',
    examples: [
      'migrate --from ./data --to ./moved',
      'migrate --from ./data --to postgres://tidemark@127.0.0.1:5432/tidemark --company acme',
    ],
    details:
      'Stop all that writes to the source first: a data folder in use is refused; of a server,\n' +
      'events that came during the move are told, and the move has failed. Streams, revisions\n' +
      'of plans and numbers of the change stream stay, so subscribers go on where they were;\n' +
      'places of the log that events record become those of the target. The target must be\n' +
      'empty, or hold what the same move left when it broke off: then it goes on. The source\n' +
      'stays as it is. At the end both are compared: events by family, hash of every plan.',
  })
    .requiredOption('--from <where>', 'data folder, postgres://… or esdb://…')
    .requiredOption('--to <where>', 'the same; empty, or from a move that broke off')
    .option('--company <name>', 'only this company (default: all)', companyName)
    .option('--json', 'answer as JSON')
    .action(migrate);
}

async function migrate(options: MigrateOptions): Promise<void> {
  const { from, to } = options;
  if (from === to) throw new UsedWrongly('Source and target are the same.');
  // Whoever writes makes a folder that is not there: the source must be.
  await withLog({ data: from }, 'read', async () => undefined);
  await withLog({ data: from }, 'write', (source) =>
    withLog({ data: to }, 'write', (target) => moveBetween(source, target, options)),
  );
}

async function moveBetween(
  source: OpenLog,
  target: OpenLog,
  { company, json }: MigrateOptions,
): Promise<void> {
  const { companies } = await countLog(source.events);
  const wanted = companies.filter((one) => (company ?? one.company) === one.company);
  if (company !== undefined && wanted.length === 0) {
    throw new CommandFailed(`The source has no company ${company}.`);
  }
  const names = wanted.map((one) => one.company);
  if (json !== true) for (const name of names) await tellPlanner(source, name);
  const total = wanted.reduce((sum, { events }) => sum + events, 0);
  const progress = startProgress('migrate', 'events');
  const moved = await moveLog({
    source: source.events,
    target: target.events,
    ...(company === undefined ? {} : { company }),
    onMoved: (events) => progress.at(events, Math.min(1, events / Math.max(1, total))),
  });
  progress.end();
  const both = { source: source.events, target: target.events };
  const families = await compareFamilies(both, company);
  const plans: PlanInBoth[] = [];
  for await (const plan of comparePlans(both, names)) plans.push(plan);
  const isEqual = [...families, ...plans].every((one) => one.isEqual);
  if (json === true) sayJson({ isEqual, ...moved, families, plans });
  else sayMoved(moved, { isEqual, families, plans });
  answer(isEqual);
}

/** The planner of a deployment says when it leaves; one that was killed cannot. */
async function tellPlanner({ events }: OpenLog, company: string): Promise<void> {
  const { process } = await readHolder(events, company);
  if (process === undefined) return;
  say(`${company}: the planner at ${process.address} has not said that it left; is it stopped?`);
}

interface Compared {
  readonly isEqual: boolean;
  readonly families: Awaited<ReturnType<typeof compareFamilies>>;
  readonly plans: readonly PlanInBoth[];
}

function sayMoved({ events, before }: Moved, { isEqual, families, plans }: Compared): void {
  if (before > 0) say(`${before} events were there from a move that broke off`);
  say(`${events} events in the target`);
  const told = (same: boolean): string => (same ? 'equal' : 'NOT EQUAL');
  const counted = families.map((one) => [one.company, one.family, one.events, told(one.isEqual)]);
  say(tableOf(['company', 'family', 'events', ''], counted));
  for (const { company, plan, revision, hash, isEqual: same } of plans) {
    say(`plan ${company} ${plan}, revision ${revision}: ${hash} ${told(same)}`);
  }
  if (!isEqual) say('What came meanwhile is moved by calling this again, once nobody writes.');
  say(told(isEqual));
}
