import { companyCommand, describedCommand, withLog, type CompanyOptions } from './data-command.js';
import type { Command } from 'commander';
import { readKept } from './kept-events.js';
import { say, sayJson, tableOf } from './output.js';

export function parkedCommand(): Command {
  const list = companyCommand({
    name: 'list',
    summary: 'List the changes that wait for something unknown.',
    examples: ['parked list --data ./data --company acme'],
  }).action(listParked);
  return describedCommand({
    name: 'parked',
    summary: 'Changes that wait for something unknown; they are taken up when it arrives.',
    examples: ['parked list --data ./data --company acme'],
  }).addCommand(list);
}

async function listParked(options: CompanyOptions): Promise<void> {
  await withLog(options, 'read', async ({ events }) => {
    const { parked } = await readKept(events, options.company);
    const found = [...parked.values()];
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
  });
}
