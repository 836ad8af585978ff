import { compareText, planDayOf, quantityOf } from '@tidemark/kernel';
import type { ShortageRow } from '../api/rows.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import { supplyKinds } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { walkDown, type DemandPlace } from './static-explosion.js';

interface Shortage {
  quantity: number;
  date: number;
  readonly nodes: Set<PlanNode>;
  readonly requirements: Set<string>;
  readonly orders: Set<string>;
}

/** What neither stock nor open receipts cover, of every requirement reached, once (MO-21). */
export function shortagesOf(state: PlanState, demands: readonly string[]): ShortageRow[] {
  const byItem = new Map<string, Shortage>();
  for (const place of walkDown(state, demands, () => undefined)) addLack(state, place, byItem);
  return [...byItem]
    .sort(([left], [right]) => compareText(left, right))
    .map(([item, { quantity, date, nodes, requirements, orders }]) => ({
      item,
      quantity: quantityOf(quantity),
      onHand: quantityOf([...nodes].reduce((sum, node) => sum + onHandOf(node), 0)),
      date: planDayOf(date),
      requirements: [...requirements].sort(compareText),
      orders: [...orders].sort(compareText),
    }));
}

/** Adds what a requirement lacks: what is uncovered, and what only planned orders cover. */
function addLack(
  state: PlanState,
  { node, row }: DemandPlace,
  byItem: Map<string, Shortage>,
): void {
  const { pegs, supplies, demands } = node.plan;
  const orders: string[] = [];
  let lacking = demands.uncovered[row] ?? 0;
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const supply = pegs.supply[peg] ?? 0;
    if (pegs.demand[peg] !== row || supplies.kind[supply] !== supplyKinds.order) continue;
    lacking += pegs.quantity[peg] ?? 0;
    orders.push(supplyNameIn(state, node.plan, supply));
  }
  if (lacking <= 0) return;
  const day = demands.requiredDay[row] ?? 0;
  const shortage = byItem.get(node.item) ?? nothing(day);
  byItem.set(node.item, shortage);
  shortage.quantity += lacking;
  shortage.date = Math.min(shortage.date, day);
  shortage.nodes.add(node);
  shortage.requirements.add(demandNameIn(state, node, row));
  for (const order of orders) shortage.orders.add(order);
}

function nothing(date: number): Shortage {
  return { quantity: 0, date, nodes: new Set(), requirements: new Set(), orders: new Set() };
}

function onHandOf({ plan: { supplies } }: PlanNode): number {
  let stock = 0;
  for (let row = 0; row < supplies.kind.length; row += 1) {
    if (supplies.kind[row] === supplyKinds.onHand) stock += supplies.quantity[row] ?? 0;
  }
  return stock;
}
