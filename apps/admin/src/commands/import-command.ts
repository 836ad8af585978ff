import type { Command } from 'commander';
import { parsePlanDay, planDayOf, type PlanDay } from '@tidemark/kernel';
import {
  adventureWorksImport,
  historyEnd,
} from '../import/adventureworks/adventureworks-import.js';
import { csvImport } from '../import/csv/csv-import.js';
import { describeCsvFiles } from '../import/csv/csv-tables.js';
import { datasetImport } from '../import/dataset/dataset-import.js';
import { companyCommand, describedCommand } from './data-command.js';
import { adventureWorksRows, datasetRows } from './import-mappings.js';
import { UsedWrongly } from './outcome.js';
import { runImport, type ImportOptions } from './run-import.js';

const on = '--data ./data --company acme';
const generator = 'node test/bench/gen-dataset.mjs --preset small --out small.ndjson';

export function importCommand(): Command {
  return describedCommand({
    name: 'import',
    summary: 'Turn files into events; every row is taken or refused, and every refusal reported.',
    examples: [`import adventureworks test/data/adventureworks ${on}`],
  })
    .addCommand(adventureWorksCommand())
    .addCommand(csvCommand())
    .addCommand(datasetCommand());
}

function importing(text: Parameters<typeof companyCommand>[0]): Command {
  const details =
    `${text.details ?? ''}\n\nRows = taken + refused, for each file; events are counted apart. ` +
    'Sending the same rows\nagain changes nothing (their versions are known). Where the company ' +
    'has no plan, one\nis defined that follows every change exactly.';
  return companyCommand({ ...text, details: details.trim() })
    .option(
      '--report <file>',
      'report of every refused row and remark (default: in the data folder)',
    )
    .option('--no-plan', 'leave the planning to a server, or to `run`')
    .option('--strict', 'exit code 1 if a row is refused');
}

interface DatedOptions extends ImportOptions {
  readonly day?: string;
}

function adventureWorksCommand(): Command {
  return importing({
    name: 'adventureworks',
    summary: 'Import the tables of AdventureWorks Cycles, and compare the stock in the end.',
    examples: [`import adventureworks test/data/adventureworks ${on}`],
    details: adventureWorksRows,
  })
    .argument('<dir>', 'folder with the eight files')
    .option('--day <date>', `day of the company (default: ${historyEnd})`)
    .action(async (folder: string, options: DatedOptions) => {
      const day = options.day === undefined ? {} : { day: dayFrom(options.day) };
      const source = adventureWorksImport({ folder, ...day });
      await runImport({ what: 'adventureworks', source, counted: source.counted }, options);
    });
}

interface CsvOptions extends DatedOptions {
  readonly source: string;
}

function csvCommand(): Command {
  return importing({
    name: 'csv',
    summary: 'Import files of your own, one for each kind of thing.',
    examples: [`import csv test/cli/csv-sample ${on} --day 2026-05-01`],
    details:
      'Files are UTF-8 with a header row, columns in any order, those with * required, dates as\n' +
      'YYYY-MM-DD, quantities with a point and at most 6 decimals. A file may be missing.\n\n' +
      describeCsvFiles(),
  })
    .argument('<dir>', 'folder with the files')
    .option('--day <date>', 'day of the company (default: today)')
    .option('--source <name>', 'source that the events name; versions count per source', 'csv')
    .action(async (folder: string, options: CsvOptions) => {
      const day = options.day === undefined ? today() : dayFrom(options.day);
      const source = csvImport({ folder, source: options.source, day });
      await runImport({ what: 'csv', source }, options);
    });
}

function datasetCommand(): Command {
  return importing({
    name: 'dataset',
    summary: 'Import a file of the generator of synthetic factories, its change events too.',
    examples: [`import dataset small.ndjson ${on}`],
    details: `${datasetRows}\n\nA file comes from:\n  $ ${generator}`,
  })
    .argument('<file>', 'file written by test/bench/gen-dataset.mjs')
    .action(async (path: string, options: ImportOptions) => {
      await runImport({ what: 'dataset', source: datasetImport(path) }, options);
    });
}

function dayFrom(text: string): PlanDay {
  const day = parsePlanDay(text);
  if (day.ok) return day.value;
  throw new UsedWrongly(`--day: ${day.failure.message} ${day.failure.remedy ?? ''}`.trim());
}

/** Today where the command runs. */
function today(): PlanDay {
  const now = new Date();
  const local = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return planDayOf(local / 86_400_000);
}
