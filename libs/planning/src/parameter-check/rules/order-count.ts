import { coveragePolicies } from '../../coverage-codes/index.js';
import { Changes } from '../changes.js';
import { nodesByItem, type NodeRead, type PlanRead } from '../plan-read.js';
import { rangeText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

const ordersMany = 200;
const ordersTooMany = 2000;
const leadTimeShort = 7;
const periodLeast = 7;
const periodMost = 30;
const ordersWanted = 50;

/** PC-10: so many orders of one item that nobody can look at them. */
export function* manyOrders(read: PlanRead): Generator<Suspicion> {
  for (const [id, nodes] of nodesByItem(read.nodes)) {
    const orders = nodes.reduce((sum, { node }) => sum + node.plan.orders.length, 0);
    const leadTime = Math.max(...nodes.map((node) => node.leadTime));
    const isMany = orders > (leadTime <= leadTimeShort ? ordersMany : ordersTooMany);
    const [first] = nodes;
    if (!isMany || first === undefined) continue;
    const periodDays = periodFor(nodes);
    yield {
      rule: 'PC-10',
      subject: { kind: 'item', id },
      message: 'More planned orders of one item than anybody can look at.',
      values: {
        orders,
        leadTime,
        code: first.parameters.code,
        periodDays: first.parameters.periodDays,
        coverageFence: rangeText(nodes.map(({ parameters }) => parameters.coverageFence)),
      },
      proposal: `code period with periodDays ${periodDays}, or min/max; a shorter coverage fence`,
      change: inPeriods(read, nodes, periodDays),
    };
  }
}

/** A period that leaves some fifty orders of all that there are, a week to a month. */
function periodFor(nodes: readonly NodeRead[]): number {
  const days = nodes.flatMap(({ node }) => node.plan.orders.map((order) => order.requirementDay));
  let first = Infinity;
  let last = -Infinity;
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  const wanted = Math.ceil((last - first + 1) / ordersWanted);
  const longer = nodes.map(
    ({ parameters }) => coveragePolicies[parameters.code].gatheredDays(parameters) * 2,
  );
  return Math.max(Math.min(Math.max(wanted, periodLeast), periodMost), ...longer);
}

function inPeriods(
  read: PlanRead,
  nodes: readonly NodeRead[],
  periodDays: number,
): Suspicion['change'] {
  const settings = { code: 'period', periodDays } as const;
  const changes = new Changes(read.master);
  for (const { item, entry } of nodes) {
    changes.set({ kind: 'item', id: item.id }, settings);
    if (entry?.settings.code === undefined && entry?.settings.periodDays === undefined) continue;
    changes.set({ kind: 'item', id: item.id, dimensions: entry.for }, settings);
  }
  return changes.records;
}
