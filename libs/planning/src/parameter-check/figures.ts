import { quantityOf } from '@tidemark/kernel';
import type { PlanFigures } from '../api/parameter-findings.js';
import type { NodeBefore } from '../runs/run-log.js';
import { demandKinds, noDay, supplyKinds } from '../state/node-plan.js';

/** What is counted at a node: as it is, or as it was before a run. */
export type CountedNode = Pick<NodeBefore, 'plan' | 'delays' | 'messages'>;

/** The days over which stock is averaged; the same for both plans that are compared. */
export interface Horizon {
  readonly from: number;
  readonly days: number;
}

const nothing: PlanFigures = {
  orders: 0,
  stock: quantityOf(0),
  delayDays: 0,
  messages: 0,
  rowsComputed: 0,
};

export function figuresOf(nodes: Iterable<CountedNode>, horizon: Horizon): PlanFigures {
  let sum = nothing;
  for (const node of nodes) sum = added(sum, figuresOfNode(node, horizon), 1);
  return sum;
}

/** `left + sign * right`, figure by figure. */
export function added(left: PlanFigures, right: PlanFigures, sign: 1 | -1): PlanFigures {
  return {
    orders: left.orders + sign * right.orders,
    stock: quantityOf(left.stock + sign * right.stock),
    delayDays: left.delayDays + sign * right.delayDays,
    messages: left.messages + sign * right.messages,
    rowsComputed: left.rowsComputed + sign * right.rowsComputed,
  };
}

function figuresOfNode(node: CountedNode, horizon: Horizon): PlanFigures {
  const { plan, messages } = node;
  return {
    orders: plan.orders.length,
    stock: quantityOf(meanStock(node, horizon)),
    delayDays: delayDaysOf(node),
    messages: messages.delays.length + messages.actions.length,
    rowsComputed: plan.demands.kind.length + plan.supplies.kind.length,
  };
}

/**
 * Mean of the projected stock over the days of the horizon, in whole millionths: receipts count
 * from the day they are there, issues from the day they are met, both with all delays. What
 * nothing covers does not leave, and the minimum is not an issue.
 */
export function meanStock({ plan, delays }: CountedNode, horizon: Horizon): number {
  const { demands, supplies } = plan;
  const shareFrom = (day: number): number => {
    const left = horizon.from + horizon.days - Math.max(day, horizon.from);
    return Math.max(left, 0) / horizon.days;
  };
  let mean = 0;
  for (let row = 0; row < supplies.kind.length; row += 1) {
    const onHand = supplies.kind[row] === supplyKinds.onHand;
    const day = onHand ? horizon.from : knownDay(delays.supplyDay[row], supplies.availableDay[row]);
    mean += (supplies.quantity[row] ?? 0) * shareFrom(day);
  }
  for (let row = 0; row < demands.kind.length; row += 1) {
    if (demands.kind[row] === demandKinds.safetyStock) continue;
    const met = (demands.quantity[row] ?? 0) - (demands.uncovered[row] ?? 0);
    mean -= met * shareFrom(knownDay(delays.demandDay[row], demands.requiredDay[row]));
  }
  return Math.round(mean);
}

/** Days late of every need: a real one after the date it was given, a derived one after its own. */
function delayDaysOf({ plan, delays }: CountedNode): number {
  const { demands } = plan;
  let days = 0;
  for (let row = 0; row < demands.kind.length; row += 1) {
    const met = delays.demandDay[row] ?? noDay;
    if (met === noDay || demands.kind[row] === demandKinds.safetyStock) continue;
    const isDerived = demands.kind[row] === demandKinds.derived;
    const wanted = (isDerived ? demands.requiredDay : demands.originalDay)[row] ?? 0;
    days += Math.max(0, met - wanted);
  }
  return days;
}

function knownDay(delayed: number | undefined, planned: number | undefined): number {
  return delayed === undefined || delayed === noDay ? (planned ?? 0) : delayed;
}
