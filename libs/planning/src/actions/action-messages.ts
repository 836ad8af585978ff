import { ceilTo } from '@tidemark/kernel';
import type { ActionSettings } from '@tidemark/master-data';
import { coveragePolicies } from '../coverage-codes/index.js';
import { beforeIssueMargin, beforeReceiptMargin, receiptDeliveryOf } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import { demandKinds, noDay, supplyKinds, type ActionMessage } from '../state/node-plan.js';
import { orderOfSupply } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { increases, type Increase } from './increase.js';
import { excessByMaximum } from './maximum-excess.js';
import { needShifts } from './need-shifts.js';

/** An order that can get messages, with what it covers (section 11). */
export interface ChangeableOrder {
  readonly supply: number;
  readonly availableDay: number;
  /** The delivery date it has now. */
  readonly deliveryDay: number;
  readonly quantity: number;
  readonly pegged: number;
  /** min N(d) over the demands it covers; undefined: none. */
  readonly needDay: number | undefined;
  readonly servesMinimum: boolean;
  /** A message of a parent has moved what it covers (AC-9). */
  readonly isMoved: boolean;
  readonly type: string;
}

/** Everything that messages of one node are worked out from. */
export interface ActionContext {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly parameters: NodeParameters;
  readonly settings: ActionSettings;
  readonly orders: readonly ChangeableOrder[];
}

/** Action messages of a node; `undefined` settings give none at all. */
export function actionMessagesOf(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
): ActionMessage[] {
  const settings = parameters.actions;
  if (settings === undefined || parameters.actionFence === 0) return [];
  const orders = changeableOrders(state, node, parameters);
  const context: ActionContext = { state, node, parameters, settings, orders };
  const policy = coveragePolicies[parameters.code];
  const raises = policy.increasesOpenOrders(parameters) && settings.increase === true;
  const raised = raises ? increases(context) : [];
  const limited = policy.decreasesByMaximum(parameters);
  const excess = limited ? excessByMaximum(context) : undefined;
  const messages: ActionMessage[] = [];
  for (const order of orders) {
    if (order.availableDay > parameters.today + parameters.actionFence) continue;
    messages.push(...messagesOf(order, context, { raised, excess }));
  }
  return messages.concat(cancelledByIncrease(raised, context));
}

interface QuantityView {
  readonly raised: readonly Increase[];
  /** Quantity to give up by supply row, of min/max; undefined: by pegs. */
  readonly excess: ReadonlyMap<number, number> | undefined;
}

function messagesOf(
  order: ChangeableOrder,
  context: ActionContext,
  view: QuantityView,
): ActionMessage[] {
  const { settings } = context;
  const raise = view.raised.find((increase) => increase.supply === order.supply);
  const surplus =
    view.excess === undefined
      ? surplusByPegs(order, context.parameters)
      : (view.excess.get(order.supply) ?? 0);
  const unneeded = view.excess === undefined ? order.pegged === 0 : surplus >= order.quantity;
  if (unneeded && raise === undefined) {
    return settings.cancel === true ? [action(order, 'cancel')] : [];
  }
  const messages: ActionMessage[] = [];
  const moved = dateMessage(order, context);
  if (moved !== undefined) messages.push(moved);
  if (raise !== undefined) messages.push(action(order, 'increase', { quantity: raise.quantity }));
  else if (settings.decrease === true && surplus > 0) {
    messages.push(action(order, 'decrease', { quantity: surplus }));
  }
  return messages;
}

/**
 * Advance or postpone, if the order is farther from its need than the margin (AC-1, AC-2). An
 * advance, and what a parent's message moves, is not before today (AC-9).
 */
function dateMessage(order: ChangeableOrder, context: ActionContext): ActionMessage | undefined {
  const { parameters, settings } = context;
  if (order.needDay === undefined) return undefined;
  const early = order.needDay - order.availableDay;
  const wanted = beforeReceiptMargin(order.needDay, parameters);
  const possible = Math.max(wanted, parameters.receiptDays.next(parameters.today));
  if (settings.advance === true && -early > (settings.advanceMargin ?? 0)) {
    return possible < order.deliveryDay ? action(order, 'advance', { day: possible }) : undefined;
  }
  if (settings.postpone === true && early > (settings.postponeMargin ?? 0)) {
    const day = order.isMoved ? possible : wanted;
    if (order.servesMinimum || day <= order.deliveryDay) return undefined;
    return action(order, 'postpone', { day });
  }
  return undefined;
}

/** What an order has beyond its pegs, in whole multiples and down to the minimum (AC-4). */
function surplusByPegs(order: ChangeableOrder, parameters: NodeParameters): number {
  if (order.pegged >= order.quantity) return 0;
  return surplusBeyond(order.pegged, order.quantity, parameters);
}

/** What may go of a quantity when so much of it is needed: whole multiples, down to the minimum. */
export function surplusBeyond(
  needed: number,
  quantity: number,
  { orderMultiple, orderMinimum }: NodeParameters,
): number {
  const whole = orderMultiple > 0 ? ceilTo(needed, orderMultiple) : needed;
  return Math.max(0, quantity - Math.max(whole, orderMinimum));
}

function action(
  order: ChangeableOrder,
  kind: ActionMessage['action'],
  more: { day?: number; quantity?: number } = {},
): ActionMessage {
  return { supply: order.supply, action: kind, day: more.day, quantity: more.quantity };
}

/** The planned order that an increase makes needless gets cancel (AC-5). */
function cancelledByIncrease(raised: readonly Increase[], context: ActionContext): ActionMessage[] {
  const { cancel } = context.settings;
  if (cancel !== true) return [];
  return raised.flatMap((increase) =>
    increase.instead.map((supply): ActionMessage => ({
      supply,
      action: 'cancel',
      day: undefined,
      quantity: undefined,
    })),
  );
}

/** Receipts in status ordered, and planned orders that this run did not make. */
export function changeableOrders(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
): ChangeableOrder[] {
  const { supplies } = node.plan;
  const needs = needsOfSupplies(state, node, parameters);
  const found: ChangeableOrder[] = [];
  for (let supply = 0; supply < supplies.kind.length; supply += 1) {
    const dates = changeableDates({ state, node, parameters }, supply);
    if (dates === undefined) continue;
    const quantity = supplies.quantity[supply] ?? 0;
    found.push({
      supply,
      availableDay: supplies.availableDay[supply] ?? 0,
      deliveryDay: dates.deliveryDay,
      type: dates.type,
      quantity,
      pegged: quantity - (supplies.free[supply] ?? 0),
      needDay: needs.day[supply],
      servesMinimum: needs.minimum.has(supply),
      isMoved: needs.moved.has(supply),
    });
  }
  return found;
}

function changeableDates(
  { state, node, parameters }: Pick<ActionContext, 'state' | 'node' | 'parameters'>,
  supply: number,
): { deliveryDay: number; type: string } | undefined {
  const order = orderOfSupply(node.plan, supply);
  if (order !== undefined) {
    if (order.keptBy === undefined) return undefined;
    return { deliveryDay: order.deliveryDay, type: order.type };
  }
  if (node.plan.supplies.kind[supply] !== supplyKinds.transaction) return undefined;
  const handle = node.plan.supplies.source[supply] ?? 0;
  const image = state.table.image(handle);
  if (image?.status !== 'ordered') return undefined;
  const deliveryDay = receiptDeliveryOf(state.table.day[handle] ?? 0, parameters);
  return { deliveryDay, type: orderTypeOfReceipt(image.type) };
}

/** The order type that a receipt's document stands for, to match planned orders (AC-5). */
function orderTypeOfReceipt(type: string): string {
  const types: Readonly<Record<string, string>> = {
    purchaseOrder: 'purchase',
    productionOrder: 'production',
    transferReceipt: 'transfer',
    kanban: 'kanban',
  };
  return types[type] ?? type;
}

interface SupplyNeeds {
  /** By supply, the earliest N(d) of what it covers. */
  readonly day: (number | undefined)[];
  /** Supplies that serve the minimum. */
  readonly minimum: Set<number>;
  /** Supplies that cover something a parent's message moves. */
  readonly moved: Set<number>;
}

function needsOfSupplies(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
): SupplyNeeds {
  const { demands, pegs } = node.plan;
  const day: (number | undefined)[] = [];
  const minimum = new Set<number>();
  const moved = new Set<number>();
  const shifts = needShifts(state, node);
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = pegs.demand[peg] ?? 0;
    const supply = pegs.supply[peg] ?? 0;
    if (demands.kind[demand] === demandKinds.safetyStock) minimum.add(supply);
    const shift = shifts?.[demand] ?? 0;
    if (shift !== 0) moved.add(supply);
    const need = needDayOf(node, demand, parameters) + shift;
    day[supply] = Math.min(day[supply] ?? Infinity, need);
  }
  return { day, minimum, moved };
}

/** N(d): the day a demand needs its supply, for messages. */
function needDayOf(node: PlanNode, demand: number, parameters: NodeParameters): number {
  const { demands } = node.plan;
  if (demands.kind[demand] === demandKinds.safetyStock) return node.plan.minimumDay;
  const required = demands.requiredDay[demand] ?? 0;
  const delayed = node.delays.demandDay[demand] ?? noDay;
  const byDelay = parameters.actionBasis === 'delayedDate';
  const basis = byDelay ? Math.max(required, delayed) : required;
  return parameters.softIssueMargin
    ? basis
    : beforeIssueMargin(basis, parameters.issueMargin, parameters);
}
