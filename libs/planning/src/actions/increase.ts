import { ceilTo } from '@tidemark/kernel';
import { coveragePolicies } from '../coverage-codes/index.js';
import { afterReceiptMargin, beforeReceiptMargin, earliestDayOf } from '../settings/dates.js';
import { supplyKinds } from '../state/node-plan.js';
import { orderOfSupply } from '../state/names.js';
import type { ActionContext, ChangeableOrder } from './action-messages.js';

/** An open order to increase, and the planned orders that become needless by it. */
export interface Increase {
  readonly supply: number;
  readonly quantity: number;
  readonly instead: readonly number[];
}

/**
 * For every planned order of this run, in date order, an open order of the same type inside its
 * window that may be increased instead: the latest on time, else the earliest late (AC-5). One
 * that covers nothing is told to be cancelled and gets no other message (AC-3, AC-6).
 */
export function increases(context: ActionContext): Increase[] {
  const taken = new Map<number, { pegged: number; instead: number[] }>();
  for (const supply of plannedSupplies(context)) {
    const order = candidateFor(context, supply);
    if (order === undefined) continue;
    const sum = taken.get(order.supply) ?? { pegged: 0, instead: [] };
    sum.pegged += peggedOf(context, supply);
    sum.instead.push(supply);
    taken.set(order.supply, sum);
  }
  const multiple = context.parameters.orderMultiple;
  return [...taken].map(([supply, sum]) => {
    const quantity = context.node.plan.supplies.quantity[supply] ?? 0;
    const wanted = quantity + sum.pegged;
    const raised = multiple > 0 ? ceilTo(wanted, multiple) : wanted;
    return { supply, quantity: raised - quantity, instead: sum.instead };
  });
}

/** Supply rows of planned orders made in this run, in date order; not of pegged lines (BM-7). */
function plannedSupplies({ node }: ActionContext): number[] {
  const rows: number[] = [];
  for (let supply = 0; supply < node.plan.supplies.kind.length; supply += 1) {
    if (node.plan.supplies.kind[supply] !== supplyKinds.order) continue;
    const order = orderOfSupply(node.plan, supply);
    if (order?.keptBy === undefined && order?.dedicated !== true) rows.push(supply);
  }
  const day = (row: number): number => orderOfSupply(node.plan, row)?.requirementDay ?? 0;
  return rows.sort((left, right) => day(left) - day(right) || left - right);
}

function peggedOf({ node }: ActionContext, supply: number): number {
  const { quantity, free } = node.plan.supplies;
  return (quantity[supply] ?? 0) - (free[supply] ?? 0);
}

function candidateFor(context: ActionContext, supply: number): ChangeableOrder | undefined {
  const { node, parameters, orders, settings } = context;
  const planned = orderOfSupply(node.plan, supply);
  if (planned === undefined) return undefined;
  const needed = planned.requirementDay;
  const fence = parameters.today + parameters.actionFence;
  const positive = coveragePolicies[parameters.code].positiveDays(parameters);
  const inTime = afterReceiptMargin(beforeReceiptMargin(needed, parameters), parameters);
  const earliest = earliestDayOf(parameters);
  const negative = parameters.dynamicNegativeDays
    ? Math.max(parameters.negativeDays, earliest + parameters.negativeDays - needed)
    : parameters.negativeDays;
  const inside = orders.filter(
    (order) =>
      !(settings.cancel === true && order.pegged === 0) &&
      // The order of a pegged line serves nothing else (BM-7).
      orderOfSupply(node.plan, order.supply)?.dedicated !== true &&
      order.type === planned.type &&
      order.availableDay <= fence &&
      order.availableDay >= inTime - positive &&
      order.availableDay <= needed + negative,
  );
  const onTime = inside.filter((order) => order.availableDay <= needed);
  const byDay = (left: ChangeableOrder, right: ChangeableOrder): number =>
    left.availableDay - right.availableDay || left.supply - right.supply;
  return onTime.length > 0 ? onTime.toSorted(byDay).at(-1) : inside.toSorted(byDay)[0];
}
