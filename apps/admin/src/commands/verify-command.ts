import type { Command } from 'commander';
import type { OpenLog } from '@tidemark/stores';
import type { Change } from '@tidemark/planning';
import { countLog } from './company-list.js';
import { companyName, dataCommand, withLog, type DataOptions } from './data-command.js';
import { answer, CommandFailed } from './outcome.js';
import { say, sayJson } from './output.js';
import { startProgress } from './progress.js';
import { lineText } from './published/line-text.js';
import { lineKinds, type PlanLine } from './published/row-keys.js';
import { checkPlans, type CheckedPlan } from './refold/check-plans.js';
import type { DifferingNode } from './refold/compare-plans.js';

interface VerifyOptions extends DataOptions {
  readonly company?: string;
  readonly plan?: string;
}

const nodesShown = 3;
const linesShown = 12;

export function verifyCommand(): Command {
  return dataCommand({
    name: 'verify',
    summary: 'Fold the log from its beginning and compare every published line of every plan.',
    examples: ['verify --data ./data', 'verify --data ./data --company acme --json'],
    details:
      'Reads only, and may run beside a server. Checks the sums of the log, folds it in an\n' +
      'engine of its own without snapshots, regenerates exact plans (others run as they did\n' +
      'then), and compares with what the streams of the plans say. Exit code 0: all is equal.\n' +
      '1: it is not, and the first differing nodes are told: - as published, + as refolded.',
  })
    .option('--company <name>', 'only this company', companyName)
    .option('--plan <id>', 'only this plan')
    .action(verify);
}

async function verify(options: VerifyOptions): Promise<void> {
  await withLog(options, 'read', async (log) => {
    const { events, problems } = await log.check();
    if (options.json !== true) say(`log: ${events} events, ${problems.length} problems`);
    if (options.json !== true) for (const problem of problems) say(`  ${problem}`);
    const told: ReturnType<typeof asJson>[] = [];
    for await (const checked of checkCompanies(log, options)) {
      told.push(asJson(checked));
      if (options.json !== true) sayChecked(checked);
    }
    const isEqual = problems.length === 0 && told.every((plan) => plan.isEqual);
    if (options.json === true) sayJson({ isEqual, log: { events, problems }, plans: told });
    else say(isEqual ? 'equal' : 'not equal');
    answer(isEqual);
  });
}

async function* checkCompanies(
  { events: store }: OpenLog,
  options: VerifyOptions,
): AsyncGenerator<CheckedPlan, void, void> {
  const companies = (await countLog(store)).companies.map(({ company }) => company);
  const wanted = companies.filter((one) => (options.company ?? one) === one);
  if (options.company !== undefined && wanted.length === 0) {
    throw new CommandFailed(`The log has no company ${options.company}.`);
  }
  const plan = options.plan === undefined ? {} : { plan: options.plan };
  const progress = startProgress('verify', 'inputs');
  const onEvents = (count: number): void => progress.at(count);
  let found = 0;
  for (const company of wanted) {
    for await (const checked of checkPlans({ store, company, onEvents, ...plan })) {
      found += 1;
      progress.end();
      yield checked;
    }
  }
  progress.end();
  if (found === 0 && options.plan !== undefined) {
    throw new CommandFailed(`There is no plan ${options.plan}.`);
  }
}

function asJson({ company, plan, published, comparison, events }: CheckedPlan) {
  const { revision = 0, tidemark = '' } = published?.last ?? {};
  const head = { company, plan, revision, tidemark, inputs: events };
  if (comparison === undefined) return { ...head, isEqual: true, nodes: 0, lines: 0 };
  const { nodes, lines, differences } = comparison;
  const first = differences.slice(0, nodesShown).map((node) => ({
    item: node.item,
    dimensions: node.dimensions,
    lines: shownLines(node),
  }));
  const isEqual = differences.length === 0;
  return { ...head, isEqual, nodes, lines, differingNodes: differences.length, first };
}

function sayChecked(checked: CheckedPlan): void {
  const { company, plan, published, comparison, events } = checked;
  const head = `${company} ${plan}:`;
  if (comparison === undefined) return say(`${head} nothing published yet`);
  const { nodes, lines, differences } = comparison;
  const what = `revision ${published?.last?.revision}, ${events} inputs, ${nodes} nodes`;
  const outcome =
    differences.length === 0 ? 'equal' : `${differences.length} nodes differ from the log`;
  say(`${head} ${what}, ${lines} lines: ${outcome}`);
  for (const node of differences.slice(0, nodesShown)) {
    say(`  node ${node.item} ${JSON.stringify(node.dimensions)}`);
    const all = shownLines(node);
    for (const line of all.slice(0, linesShown)) say(`    ${line}`);
    if (all.length > linesShown) say(`    and ${all.length - linesShown} more lines`);
  }
}

function shownLines(node: DifferingNode): string[] {
  return lineKinds.flatMap((kind) =>
    node[kind].flatMap(({ before, after }: Change<PlanLine>) => [
      ...(before === undefined ? [] : [`- ${kind} ${lineText(before)}`]),
      ...(after === undefined ? [] : [`+ ${kind} ${lineText(after)}`]),
    ]),
  );
}
