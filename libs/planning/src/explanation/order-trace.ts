import { formatPlanDay, formatQuantity, planDayOf, quantityMax } from '@tidemark/kernel';
import type { CoverageCode } from '@tidemark/master-data';
import type { TraceStep } from '../api/trace.js';
import type { NodeParameters } from '../settings/parameters.js';
import { demandNameIn, orderOfSupply } from '../state/names.js';
import { noDay } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { openerNameOf, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/** The rule by which each coverage code makes orders. */
const codeRules: Readonly<Record<CoverageCode, string>> = {
  requirement: 'CC-1',
  period: 'CC-2',
  minMax: 'CC-3',
  manual: 'CC-6',
  decouplingPoint: 'CC-7',
};

interface Traced {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly order: PlannedOrder;
  readonly parameters: NodeParameters;
}

/**
 * Why a planned order is there, of this quantity, on these days: the rules in the order in which
 * they apply, with their values, worked out again from the plan's rows when somebody asks (TX-1).
 */
export function traceOfOrder(
  state: PlanState,
  node: PlanNode,
  order: PlannedOrder,
): readonly TraceStep[] {
  const parameters = state.parametersOf(node);
  if (parameters === undefined) return [];
  const traced: Traced = { state, node, order, parameters };
  return [...whyThere(traced), ...whySoMuch(traced), ...whyThen(traced), ...whyLate(traced)];
}

function* whyThere({ state, node, order, parameters }: Traced): Generator<TraceStep> {
  const opener = openerNameOf(order.opener);
  if (order.keptBy !== undefined) {
    const values = { by: order.keptBy, opener };
    yield { rule: 'MO-10', text: 'It was kept, not made by the last run.', values };
  }
  const { code } = parameters;
  const values = { opener, code, periodDays: parameters.periodDays };
  yield { rule: codeRules[code], text: `Opened for ${opener} by code ${code}.`, values };
  for (const { demand, quantity, day } of servedBy(state, node, order)) {
    const text = `It serves ${demand}, which nothing earlier covered.`;
    yield { rule: 'NE-9', text, values: { demand, quantity: formatQuantity(quantity), day } };
  }
}

function servedBy(state: PlanState, node: PlanNode, order: PlannedOrder) {
  const { pegs, demands } = node.plan;
  return Array.from(pegs.supply).flatMap((supply, peg) => {
    if (orderOfSupply(node.plan, supply) !== order) return [];
    const row = pegs.demand[peg] ?? 0;
    const day = dayText(demands.requiredDay[row] ?? 0);
    return [{ demand: demandNameIn(state, node, row), quantity: pegs.quantity[peg] ?? 0, day }];
  });
}

function* whySoMuch({ state, node, order, parameters }: Traced): Generator<TraceStep> {
  let served = 0;
  for (const { quantity } of servedBy(state, node, order)) served += quantity;
  const { orderMinimum, orderMaximum, orderMultiple, step } = parameters;
  const isLimited = orderMaximum + step <= quantityMax;
  yield {
    rule: order.dedicated ? 'BM-7' : 'CC-8',
    text: order.dedicated
      ? 'Exactly the quantity of its pegged line.'
      : 'The need, within the order maximum, minimum and multiple.',
    values: {
      served: formatQuantity(served),
      quantity: formatQuantity(order.quantity),
      orderMinimum: formatQuantity(orderMinimum),
      orderMaximum: isLimited ? formatQuantity(orderMaximum) : 'none',
      orderMultiple: formatQuantity(orderMultiple),
    },
  };
}

function* whyThen({ order, parameters }: Traced): Generator<TraceStep> {
  const { today, freezingFence, receiptMargin, issueMargin, reorderMargin } = parameters;
  const forward = order.ownAvailableDay > order.requirementDay;
  if (freezingFence > 0) {
    const values = { today: dayText(today), freezingFence };
    yield { rule: 'TF-2', text: 'No new order is needed inside the freezing fence.', values };
  }
  yield {
    rule: forward ? 'DA-5' : 'DA-4',
    text: forward
      ? 'Placed as early as possible: backward it would lie in the past.'
      : 'Backward from the day it is needed.',
    values: {
      today: dayText(today),
      requirementDate: dayText(order.requirementDay),
      deliveryDate: dayText(order.deliveryDay),
      startDate: dayText(order.startDay),
      orderDate: dayText(order.orderDay),
      leadTime: parameters.leadTimes[order.type],
      receiptMargin,
      issueMargin,
      reorderMargin,
    },
  };
}

function* whyLate({ node, order }: Traced): Generator<TraceStep> {
  const delivery = node.delays.deliveryDay[node.plan.orders.indexOf(order)] ?? noDay;
  if (delivery === noDay || delivery <= order.deliveryDay) return;
  const values = { own: dayText(order.deliveryDay), delayed: dayText(delivery) };
  yield { rule: 'DL-1', text: 'It waits for its latest component.', values };
}

/** A day as traces tell it. */
export function dayText(day: number): string {
  return formatPlanDay(planDayOf(day));
}
