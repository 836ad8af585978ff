import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OpenLog } from '@tidemark/stores';
import type { CompanyPlanner } from '@tidemark/runtime';
import { ImportLedger, type FileCount } from '../import/import-ledger.js';
import type { ImportSource } from '../import/import-step.js';
import { withoutPlan } from '../import/planning-facts.js';
import { reconcile } from '../import/adventureworks/reconcile.js';
import { openReport, type ReportFile } from '../import/report-file.js';
import { takeImport, type EventCounts } from '../import/take-import.js';
import { withLog, type CompanyOptions } from './data-command.js';
import { foldedStock } from './folded-stock.js';
import { openCompany, principal } from './opened-company.js';
import { answer } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';
import { grouped, startProgress } from './progress.js';
import { readPlans } from './published/company-plans.js';
import { lineKinds } from './published/row-keys.js';

export interface ImportOptions extends CompanyOptions {
  readonly report?: string;
  readonly plan: boolean;
  readonly strict?: boolean;
}

export interface ImportWork {
  readonly what: string;
  readonly source: ImportSource;
  /** Stock in the end as the source counted it, by item, to be compared. */
  readonly counted?: ReadonlyMap<string, number>;
}

/** Takes an import, plans, and tells what became of every row. */
export async function runImport(work: ImportWork, options: ImportOptions): Promise<void> {
  await withLog(options, 'write', async (log) => {
    const { company } = options;
    const folder = log.engine === 'embedded' ? options.data : '.tidemark';
    const path = options.report ?? join(folder, 'reports', `${work.what}-${company}.ndjson`);
    mkdirSync(dirname(path), { recursive: true });
    const report = openReport(path);
    try {
      const told = await importAndPlan(log, report, { work, options });
      if (options.json === true) sayJson(told);
      else sayImport(told);
      const refused = told.files.reduce((sum, file) => sum + file.refused, 0);
      answer(options.strict !== true || refused === 0);
    } finally {
      report.close();
    }
  });
}

type ImportTold = Awaited<ReturnType<typeof importAndPlan>>;

interface ImportRequest {
  readonly work: ImportWork;
  readonly options: ImportOptions;
}

async function importAndPlan(log: OpenLog, report: ReportFile, { work, options }: ImportRequest) {
  const { company } = options;
  const opened = openCompany(log, company);
  const hasPlan = (await readPlans(log.events, company)).plans.size > 0;
  const { source } = work;
  const steps = hasPlan ? withoutPlan(source.steps) : source.steps;
  const fractionDone = (): number => source.fractionDone();
  const ledger = new ImportLedger((line) => report.write(line));
  const started = performance.now();
  const progress = startProgress('import', 'events');
  const events: EventCounts = await takeImport(
    { source: source.source, steps, fractionDone },
    {
      intake: opened.intake,
      company,
      principal,
      ledger,
      onProgress: (count, fraction) => progress.at(count, fraction),
    },
  );
  progress.end();
  const seconds = secondsSince(started);
  const { counted } = work;
  const stock =
    counted === undefined ? undefined : await compareStock(log, report, { company, counted });
  const plans =
    options.plan && log.engine === 'embedded' ? await planAll(opened.planner) : undefined;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const { path, lines } = report;
  const head = { company, files: ledger.files(), events, seconds, stock, plans };
  return { ...head, report: { path, lines }, peakMemoryMegabytes: memory };
}

async function compareStock(
  { events }: OpenLog,
  report: ReportFile,
  { company, counted }: { company: string; counted: ReadonlyMap<string, number> },
) {
  const { items, equal, differences } = reconcile(await foldedStock(events, company), counted);
  for (const difference of differences) report.write(difference);
  return { items, equal, different: differences.length };
}

async function planAll(planner: CompanyPlanner) {
  const progress = startProgress('plan', 'revisions');
  const started = performance.now();
  let revisions = 0;
  planner.onRevision(() => progress.at((revisions += 1)));
  await planner.catchUp();
  await planner.stop();
  progress.end();
  const seconds = secondsSince(started);
  const plans = planner.planIds().map((plan) => {
    const view = planner.view(plan);
    const counts = { orders: 0, requirements: 0, coverage: 0, messages: 0 };
    for (const rows of view?.rowsOf() ?? []) {
      for (const kind of lineKinds) counts[kind] += rows[kind].length;
    }
    return { plan, revision: view?.revision ?? 0, ...counts };
  });
  return { seconds, revisions, plans };
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}

function sayImport({ files, events, seconds, stock, plans, report, ...rest }: ImportTold): void {
  const cells = (file: FileCount) => [file.file, file.rows, file.taken, file.refused, file.remarks];
  const sum = (of: 'rows' | 'taken' | 'refused' | 'remarks'): number =>
    files.reduce((total, file) => total + file[of], 0);
  const total = ['all files', sum('rows'), sum('taken'), sum('refused'), sum('remarks')];
  const headings = ['file', 'rows', 'taken', 'refused', 'remarks'];
  say(tableOf(headings, [...files.map(cells), total]));
  const count = Object.values(events).reduce((all, one) => all + one, 0);
  const rate = grouped(Math.round(count / Math.max(seconds, 0.01)));
  const outcomes = Object.entries(events).map(([outcome, number]) => `${outcome} ${number}`);
  say(`events: ${count} (${outcomes.join(', ')}) in ${seconds} s, ${rate}/s`);
  say(`report: ${report.path}, ${report.lines} lines`);
  if (stock !== undefined) {
    const { items, equal, different } = stock;
    say(`stock: ${items} items, ${equal} as counted, ${different} differ (listed in the report)`);
  }
  for (const { plan, revision, ...lines } of plans?.plans ?? []) {
    const counts = Object.entries(lines).map(([kind, number]) => `${kind} ${number}`);
    say(`plan ${plan}: revision ${revision}, ${counts.join(', ')}, in ${plans?.seconds} s`);
  }
  say(`memory: ${rest.peakMemoryMegabytes} MB at most`);
}
