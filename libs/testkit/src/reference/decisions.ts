import { chainOf, firm } from './firming.js';
import { servedBy } from './fences.js';
import { pairKey } from './ledger.js';
import { linesFor } from './orders.js';
import { relink, settle } from './pegs.js';
import { reserveCoverage } from './reservation.js';
import { arrivalOf, delaysOf } from './delays.js';
import { demandsAt } from './demands.js';
import { orderOf, type PlannedOrder } from './state.js';
import type { Change, CreateOrder, EditOrder, OrderChoice, ReserveFilter } from './steps.js';
import type { Terms } from './terms.js';
import { availableAfter, datesBeforeDelivery, datesFor, type OrderDates } from './timing.js';
import type { Day } from './values.js';
import { groundOf, nodeAt, nodesOf, termsAt, type View } from './view.js';

function chosen(view: View, choice: OrderChoice): PlannedOrder | undefined {
  return orderOf(view.state, typeof choice === 'string' ? choice : choice.order);
}

function itemsBelow(order: PlannedOrder): readonly string[] {
  return [order.item, ...order.lines.map((line) => line.item)];
}

/** MO-10: the order stands from now on as it is, and goes on serving what it serves. */
function keep(view: View, order: PlannedOrder): void {
  order.requirementDay = shownRequirement(view, order);
  order.serves = servedBy(view, order);
  order.status = 'approved';
  order.frozen = false;
  view.state.fresh.delete(order.id);
  view.state.made += 1;
  order.made = view.state.made;
}

/** DL-6: with the plan's switch a late order is shown for the day on which it is there. */
function shownRequirement(view: View, order: PlannedOrder): Day {
  if (groundOf(view).plan.setRequirementDateToDelayedDate !== true) return order.requirementDay;
  const arrival = arrivalOf(delaysOf(view, nodesOf(view)), order.id);
  return Math.max(order.requirementDay, arrival?.available ?? order.requirementDay);
}

function removeOrder(view: View, order: PlannedOrder): void {
  const { state } = view;
  state.orders = state.orders.filter((other) => other !== order);
  state.actions = state.actions.filter((message) => message.order !== order.id);
  settle(view, new Set(itemsBelow(order)));
}

type GivenDays = Pick<EditOrder, 'requirementDate' | 'deliveryDate' | 'orderDate'>;

/** MO-17: dates from those given. */
function givenDates(terms: Terms, given: GivenDays): OrderDates | undefined {
  const { deliveryDate, requirementDate } = given;
  if (deliveryDate === undefined) {
    return requirementDate === undefined ? undefined : datesFor(terms, requirementDate);
  }
  const { start, order } = datesBeforeDelivery(terms, deliveryDate);
  return {
    requirementDay: requirementDate ?? availableAfter(terms, deliveryDate),
    deliveryDay: deliveryDate,
    startDay: start,
    orderDay: given.orderDate ?? order,
  };
}

/** MO-17: another quantity, other dates; components follow, and it is approved. */
function edit(view: View, change: EditOrder): void {
  const order = orderOf(view.state, change.order);
  if (order === undefined) return;
  keep(view, order);
  const node = nodeAt(view, order.item, order.dimensions);
  const terms = termsAt(view, node, order.type);
  order.quantity = change.quantity ?? order.quantity;
  Object.assign(order, givenDates(terms, change));
  const before = itemsBelow(order);
  order.lines = linesFor(view, terms, order);
  settle(view, new Set([...before, ...itemsBelow(order)]));
}

/** MO-17: an order of the planner's own, under his id, approved. */
function create(view: View, change: CreateOrder): void {
  const { state } = view;
  const node = nodeAt(view, change.item, change.dimensions);
  const terms = termsAt(view, node, change.type);
  const dates = givenDates(terms, change) ?? datesFor(terms, terms.today);
  state.made += 1;
  const order: PlannedOrder = {
    id: change.id,
    item: change.item,
    dimensions: node.dimensions,
    type: terms.orderType,
    opener: change.id,
    n: 0,
    made: state.made,
    dedicatedTo: undefined,
    priority: undefined,
    quantity: change.quantity,
    ...dates,
    status: 'approved',
    frozen: false,
    serves: [],
    lines: [],
  };
  order.lines = linesFor(view, terms, order);
  state.orders = [...state.orders, order];
}

/** MO-18: covered issues that the filter takes. */
function autoReserve(view: View, { items, types, from, until }: ReserveFilter): void {
  for (const node of nodesOf(view)) {
    if (items !== undefined && !items.includes(node.item)) continue;
    const matching = demandsAt(view, node).filter(
      ({ day, transaction }) =>
        transaction !== undefined &&
        transaction.type !== 'forecast' &&
        (types?.includes(transaction.type) ?? true) &&
        (from ?? -Infinity) <= day &&
        day <= (until ?? Infinity),
    );
    reserveCoverage(view, matching);
  }
}

/** MO-15: puts a planner's decision into the plan at once; false if the change is none. */
export function decide(view: View, change: Change): boolean {
  const { state, ledger } = view;
  if ('approve' in change) withOrder(view, change.approve, (order) => keep(view, order));
  else if ('unapprove' in change) {
    withOrder(view, change.unapprove, (order) => {
      order.status = 'planned';
      order.frozen = false;
      order.serves = [];
    });
  } else if ('delete' in change) {
    withOrder(view, change.delete, (order) => removeOrder(view, order));
  } else if ('firm' in change) {
    const chain = typeof change.firm !== 'string' && change.firm.chain === true;
    withOrder(view, change.firm, (order) => firm(view, chain ? chainOf(view, order) : [order]));
  } else if ('edit' in change) edit(view, change.edit);
  else if ('create' in change) create(view, change.create);
  else if ('mark' in change) {
    const { issue, receipt, quantity = 0 } = change.mark;
    if (!ledger.images.has(issue) || !ledger.images.has(receipt)) return true;
    ledger.marks.set(pairKey(issue, receipt), { issue, receipt, quantity });
    if (state.images.has(issue)) relink(view, issue);
  } else if ('autoReserve' in change) autoReserve(view, change.autoReserve);
  else return false;
  return true;
}

function withOrder(view: View, choice: OrderChoice, act: (order: PlannedOrder) => void): void {
  const order = chosen(view, choice);
  if (order !== undefined) act(order);
}
