import { Option, type Command } from 'commander';
import { dimensionsKey } from '@tidemark/kernel';
import type { RunTraceEvent } from '@tidemark/planning';
import type { Position } from '@tidemark/streams';
import { planCommand, withLog, type PlanOptions } from './data-command.js';
import { answer } from './outcome.js';
import { sayLines } from './output.js';
import { planNamed } from './published/company-plans.js';
import { Refold } from './refold/refold.js';
import { foundIn, LastRuns, treeLines } from './trace/last-runs.js';

interface TraceOptions extends PlanOptions {
  readonly position?: Position;
  readonly find?: string;
  readonly format: keyof typeof formats;
}

const formats = { text: treeLines, jsonl: jsonLines, csv: csvLines } as const;

export function traceCommand(): Command {
  return planCommand({
    name: 'trace',
    summary: 'Repeat the last run of a plan and tell all it does: levels, nodes, rules, messages.',
    examples: [
      'trace --data ./data --company acme --find SO-1',
      'trace --data ./data --company acme --format csv',
    ],
    details:
      'Folds the log in an engine of its own, up to --position, and traces the last run of the\n' +
      'plan there; of an exact plan a regeneration. --find keeps what holds the text, with all\n' +
      'that it stands under. Exit code 1 if there is nothing to tell.',
  })
    .option('--position <position>', 'place in the log to fold up to; absent: its end')
    .option('--find <text>', 'only what holds this text, whatever its case')
    .addOption(
      new Option('--format <format>', 'a tree to read, lines of JSON, or CSV')
        .choices(Object.keys(formats))
        .default('text'),
    )
    .action(trace);
}

async function trace(options: TraceOptions): Promise<void> {
  await withLog(options, 'read', async ({ events: store }) => {
    const { company, find, format } = options;
    const plan = await planNamed(store, options);
    const runs = new LastRuns();
    const refold = new Refold({ store, company, trace: runs.take });
    await refold.through(options.position ?? (await store.head()));
    const { revision } = refold.plan(plan);
    const run = runs.of(plan);
    const told = find === undefined ? run : foundIn(run, find);
    answer(told.length > 0);
    const chosen = options.json === true ? 'jsonl' : format;
    await sayLines(formats[chosen](told, revision));
  });
}

function* jsonLines(run: readonly RunTraceEvent[], revision: number): Generator<string> {
  for (const event of run) yield JSON.stringify({ revision, ...event });
}

const columns = [
  'trace',
  'event',
  'parent',
  'sequence',
  'plan',
  'revision',
  'level',
  'levelState',
  'status',
  'item',
  'dimensions',
  'requirement',
  'type',
  'detail',
  'text',
] as const;

function* csvLines(run: readonly RunTraceEvent[], revision: number): Generator<string> {
  yield columns.join(',');
  for (const event of run) {
    const dimensions = dimensionsKey(event.dimensions ?? {});
    const row = { ...event, revision, dimensions };
    yield columns.map((column) => csvCell(String(row[column] ?? ''))).join(',');
  }
}

function csvCell(text: string): string {
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
