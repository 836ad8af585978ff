import type { Command } from 'commander';
import type { ParkedChange } from '@tidemark/wire';
import {
  atPlace,
  companyCommand,
  describedCommand,
  placeCommand,
  type CompanyPlaceOptions,
} from './data-command.js';
import { readKept } from './kept-events.js';
import { say, sayJson, tableOf } from './output.js';
import { keptAtServer } from './remote/kept-at-server.js';

export function parkedCommand(): Command {
  const text = {
    name: 'list',
    summary: 'List the changes that wait for something unknown.',
    examples: [
      'parked list --data ./data --company acme',
      'parked list --url http://127.0.0.1:7400 --company example',
    ],
  };
  const list = companyCommand(text, placeCommand).action(listParked);
  return describedCommand({
    name: 'parked',
    summary: 'Changes that wait for something unknown; they are taken up when it arrives.',
    examples: ['parked list --data ./data --company acme'],
  }).addCommand(list);
}

async function listParked(options: CompanyPlaceOptions): Promise<void> {
  const { company } = options;
  const found = await atPlace<readonly ParkedChange[]>(options, {
    mode: 'read',
    log: async ({ events }) => [...(await readKept(events, company)).parked.values()],
    server: (server) => keptAtServer(server, company, 'parked'),
  });
  if (options.json === true) return sayJson(found);
  const rows = found.map(({ id, code, waitsFor, type, source, subject, version }) => [
    id,
    code,
    `${waitsFor.kind} ${waitsFor.id}`,
    type,
    source,
    subject,
    version,
  ]);
  say(tableOf(['id', 'code', 'waits for', 'event', 'source', 'concerns', 'version'], rows));
  say(`${found.length} parked`);
}
