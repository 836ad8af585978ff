import type { Command } from 'commander';
import type { TraceStep } from '@tidemark/planning';
import type { EventStore } from '@tidemark/streams';
import { writeNamed } from '@tidemark/wire';
import {
  atPlace,
  placeCommand,
  planCommand,
  wholeNumber,
  type PlanPlaceOptions,
} from './data-command.js';
import { changesOfOrder, type OrderChange } from './explain/order-history.js';
import { PlanGraph, type TreeLine } from './explain/plan-graph.js';
import { answer, UsedWrongly } from './outcome.js';
import { say, sayJson } from './output.js';
import { plansOfLog, plansOfServer, type PlanSource } from './published/plan-source.js';
import { foldPublished } from './published/published-plan.js';
import { orderCells } from './orders-command.js';
import { Refold } from './refold/refold.js';

interface ExplainOptions extends PlanPlaceOptions {
  readonly order: string;
  readonly revisions: number;
  readonly lines: number;
  readonly rules?: boolean;
}

export function explainCommand(): Command {
  const text = {
    name: 'explain',
    summary: 'Tell why a planned order is there: what it serves, what it needs, what changed it.',
    examples: [
      'explain --data ./data --company acme --order ID',
      'explain --url http://127.0.0.1:7400 --company example --order ID',
    ],
    details:
      'ID is the id that `orders` lists. An order that is gone is explained by the revisions\n' +
      'that changed it. Exit code 1 if the plan never had it.',
  };
  return planCommand(text, placeCommand)
    .requiredOption('--order <id>', 'id of the planned order')
    .option('--revisions <number>', 'most revisions to tell, the last ones', wholeNumber, 5)
    .option('--lines <number>', 'most lines of each pegging tree', wholeNumber, 50)
    .option('--rules', 'fold the log again and tell the rules that made the order so')
    .action(explain);
}

async function explain(options: ExplainOptions): Promise<void> {
  const { company, order: id } = options;
  await atPlace(options, {
    mode: 'read',
    log: async ({ events }) => {
      const plans = plansOfLog(events);
      const plan = await plans.planNamed(options);
      const rules = options.rules === true ? await rulesOf(events, { company, plan, id }) : [];
      await explainBy(plans, { options, plan, rules });
    },
    server: async (server) => {
      if (options.rules === true) {
        throw new UsedWrongly('--rules folds the log again: it needs --data.');
      }
      const plans = plansOfServer(server);
      await explainBy(plans, { options, plan: await plans.planNamed(options), rules: [] });
    },
  });
}

interface Explaining {
  readonly options: ExplainOptions;
  readonly plan: string;
  readonly rules: readonly TraceStep[];
}

async function explainBy(plans: PlanSource, { options, plan, rules }: Explaining): Promise<void> {
  const { company, order: id } = options;
  const changes: OrderChange[] = [];
  const published = await foldPublished(plans.revisions({ company, plan }), {
    onRevision: (revision) => changes.push(...changesOfOrder(revision, id)),
  });
  const graph = new PlanGraph(published);
  const order = graph.order(id);
  const limits = { lines: options.lines };
  const explained = {
    ...(options.rules === true ? { rules } : {}),
    order: order === undefined ? undefined : writeNamed(order),
    serves: graph.demandsOf(id, limits),
    needs: graph.suppliesOf(id, limits),
    changes: options.revisions === 0 ? [] : changes.slice(-options.revisions),
  };
  answer(order !== undefined || changes.length > 0);
  if (options.json === true) return sayJson(explained);
  if (order === undefined && changes.length === 0) return say(`plan ${plan} never had ${id}`);
  say(order === undefined ? `order ${id} is gone` : `order ${orderCells(order).join('  ')}`);
  for (const { rule, text, values } of rules) {
    const figures = Object.entries(values).map(([name, value]) => `${name} ${value}`);
    say(`${rule}: ${text} (${figures.join(', ')})`);
  }
  sayTree('serves', explained.serves, limits.lines);
  sayTree('needs', explained.needs, limits.lines);
  say(`changed by ${changes.length} revisions, the last ones:`);
  for (const change of explained.changes) sayChange(change);
}

/** The rules that made the order what it is, by an engine of its own (TX-1). */
async function rulesOf(
  store: EventStore,
  { company, plan, id }: { readonly company: string; readonly plan: string; readonly id: string },
): Promise<readonly TraceStep[]> {
  const refold = new Refold({ store, company });
  await refold.through(await store.head());
  return refold.plan(plan).traceOf(id);
}

function sayTree(title: string, lines: readonly TreeLine[], most: number): void {
  say(lines.length === 0 ? `${title}: nothing` : `${title}:`);
  for (const { depth, quantity, item, id, what, date } of lines) {
    const when = date === undefined ? '' : ` on ${date}`;
    say(`${'  '.repeat(depth + 1)}${quantity} of ${item}: ${what} ${id}${when}`);
  }
  if (lines.length >= most) say(`  (the first ${most} lines; --lines takes more)`);
}

function sayChange(told: OrderChange): void {
  const { revision, mode, change, replaces, fields, causes, causesFound } = told;
  const instead = replaces === undefined ? '' : ` in place of ${replaces}`;
  say(`  revision ${revision} (${mode}): ${change}${instead}`);
  for (const [name, [before, after]] of Object.entries(fields)) {
    say(`    ${name}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
  }
  for (const { kind, name, position, item } of causes) {
    say(`    because of ${kind} ${name} at item ${item}, position ${position}`);
  }
  if (causesFound > causes.length) say(`    and ${causesFound - causes.length} more causes`);
}
