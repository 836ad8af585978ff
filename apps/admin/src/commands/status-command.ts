import type { Command } from 'commander';
import { lastCommit } from '@tidemark/runtime';
import type { OpenLog } from '@tidemark/stores';
import type { EventStore } from '@tidemark/streams';
import { planStream } from '@tidemark/wire';
import { countLog, type CompanyCounts } from './company-list.js';
import { atPlace, placeCommand, type PlaceOptions } from './data-command.js';
import { readKept } from './kept-events.js';
import { say, sayJson, tableOf } from './output.js';
import { readModelStatus, type ReadModelStatus } from './read-model-status.js';
import { startProgress } from './progress.js';
import { readPlans } from './published/company-plans.js';
import { statusOfServer, type ServedCompany } from './remote/server-status.js';
import type { Server } from './remote/server.js';

export function statusCommand(): Command {
  return placeCommand({
    name: 'status',
    summary: 'Tell what is there: companies, plans and how far they are, what waits.',
    examples: [
      'status --data ./data',
      'status --data ./data --json',
      'status --url http://127.0.0.1:7400',
    ],
    details: 'With --data it counts the events of the log too.',
  }).action(status);
}

function status(options: PlaceOptions): Promise<void> {
  return atPlace(options, {
    mode: 'read',
    log: (log) => statusHere(log, options),
    server: (server) => statusThere(server, options),
  });
}

async function statusHere(opened: OpenLog, options: PlaceOptions): Promise<void> {
  const { events } = opened;
  const progress = startProgress('status', 'events');
  const { companies, ...log } = await countLog(events, (count) => progress.at(count));
  progress.end();
  const told = await Promise.all(companies.map((counts) => statusOf(events, counts)));
  const readModels = await readModelStatus(opened, log.events);
  if (options.json === true) return sayJson({ ...log, companies: told, readModels });
  say(`log: ${log.events} events, head ${log.head === '' ? 'none' : log.head}`);
  for (const company of told) sayCompany(company);
  sayReadModels(readModels, opened.engine);
}

async function statusThere(server: Server, options: PlaceOptions): Promise<void> {
  const told = await statusOfServer(server);
  if (options.json === true) return sayJson(told);
  for (const company of told.companies) sayServedCompany(company);
  if (told.readModels === undefined) return say(`\nread models: ${madeBy.postgres}`);
  const rows = told.readModels.map(({ model, version, through, isRebuilding }) => [
    model,
    version,
    through,
    isRebuilding ? 'yes' : 'no',
  ]);
  say(`\n${tableOf(['read model', 'version', 'through', 'being rebuilt'], rows)}`);
}

const madeBy = {
  embedded: 'none yet; a server on the folder makes them',
  postgres: 'told by a projector, GET /v1/read-models',
  eventstore: 'told by a projector, GET /v1/read-models',
} as const satisfies Record<OpenLog['engine'], string>;

function sayReadModels(models: readonly ReadModelStatus[], engine: OpenLog['engine']): void {
  if (models.length === 0) return say(`\nread models: ${madeBy[engine]}`);
  const rows = models.map(({ model, version, through = 'not built', behind }) => [
    model,
    version,
    through,
    behind,
  ]);
  const headings = ['read model', 'version', 'through', 'events behind'];
  say(`\n${tableOf(headings, rows)}`);
}

type CompanyStatus = Awaited<ReturnType<typeof statusOf>>;

async function statusOf(store: EventStore, counts: CompanyCounts) {
  const { company } = counts;
  const { plans, current } = await readPlans(store, company);
  const { parked, letters } = await readKept(store, company);
  const told = await Promise.all(
    [...plans.values()].map(async ({ id, kind, continuity }) => {
      const last = await lastCommit(store, planStream(company, id));
      const { revision = 0, tidemark = '', mode = 'none' } = last ?? {};
      return { id, kind, continuity, isCurrent: id === current, revision, tidemark, mode };
    }),
  );
  return { ...counts, parked: parked.size, deadLetters: letters.size, plans: told };
}

function sayServedCompany({ company, items, parked, deadLetters, plans }: ServedCompany): void {
  say(`\ncompany ${company}: ${items} items with a journal`);
  say(`  parked ${parked}, dead letters ${deadLetters}`);
  const rows = plans.map(({ id, kind, continuity, isCurrent, revision, tidemark }) => [
    id,
    kind,
    continuity,
    isCurrent ? 'yes' : 'no',
    revision,
    tidemark,
  ]);
  const headings = ['plan', 'kind', 'continuity', 'current', 'revision', 'tidemark'];
  say(rows.length === 0 ? '  no plan is defined' : tableOf(headings, rows).replace(/^/gm, '  '));
}

function sayCompany({ company, events, items, byFamily, ...rest }: CompanyStatus): void {
  say(`\ncompany ${company}: ${events} events, ${items} items with a journal`);
  const families = Object.entries(byFamily).map(([family, count]) => `${family} ${count}`);
  say(`  events by stream: ${families.join(', ')}`);
  say(`  parked ${rest.parked}, dead letters ${rest.deadLetters}`);
  if (rest.plans.length === 0) return say('  no plan is defined');
  const headings = ['plan', 'kind', 'continuity', 'current', 'revision', 'tidemark', 'last mode'];
  const rows = rest.plans.map(({ id, kind, continuity, isCurrent, revision, tidemark, mode }) => [
    id,
    kind,
    continuity,
    isCurrent ? 'yes' : 'no',
    revision,
    tidemark,
    mode,
  ]);
  say(tableOf(headings, rows).replace(/^/gm, '  '));
}
