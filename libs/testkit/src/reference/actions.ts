import { metOn, type Delays } from './delays.js';
import type { Demand } from './demands.js';
import { increaseMessages, type Increases } from './increase.js';
import { excessOf } from './excess.js';
import { effectiveStatus } from './ledger.js';
import { freeOf, peggedQuantity, pegsOfSupply } from './pegs.js';
import type { PlanNode } from './nodes.js';
import type { ActionMessage } from './state.js';
import { baseDay, compareSupplies, type Supply } from './supplies.js';
import type { Terms } from './terms.js';
import { beforeIssueMargin, deliveryBefore, earliestReplenishment } from './timing.js';
import { nextToday, receiptDelivery } from './timing.js';
import { roundUpTo, type Amount, type Day } from './values.js';
import { termsAt } from './view.js';
import type { ActionSettings } from './world.js';

/** A node at its messages: what may be changed, and how far parents have moved its needs. */
export interface Desk {
  readonly delays: Delays;
  readonly terms: Terms;
  readonly switches: ActionSettings;
  readonly changeable: readonly Supply[];
  /** AC-9: days by which the needs of an order's lines move, by order. */
  readonly shifts: Map<string, number>;
}

/** Section 11: receipts in status ordered, planned orders that the last run did not make. */
function changeableAt(delays: Delays, terms: Terms): readonly Supply[] {
  const { run } = delays;
  return [...delays.supplies.values()]
    .filter((supply) => supply.node.key === terms.node.key)
    .filter(
      ({ transaction, order }) =>
        (transaction !== undefined && effectiveStatus(run.ledger, transaction) === 'ordered') ||
        (order !== undefined && !run.state.fresh.has(order.id)),
    )
    .toSorted(compareSupplies(run));
}

/** TF-5: messages only for orders available inside the fence; 0 switches them off. */
function isInsideFence({ today, fences }: Terms, supply: Supply): boolean {
  return fences.action > 0 && supply.available <= today + fences.action;
}

/** N(d): the day a demand needs its supply on. */
function neededOn(desk: Desk, demand: Demand): Day {
  const { terms, delays } = desk;
  if (demand.source === 'minimum') return Math.max(demand.day, earliestReplenishment(terms));
  const late = terms.plan.actionBasis === 'delayedDate' ? metOn(delays, demand.key) : undefined;
  const day = Math.max(demand.day, late ?? demand.day);
  const soft = terms.settings.softIssueMargin === true;
  const need = soft ? day : beforeIssueMargin(terms, day);
  return need + shiftOf(desk, demand);
}

function shiftOf(desk: Desk, demand: Demand): number {
  const order = demand.parent?.order.id ?? realOrderOf(demand);
  return order === undefined ? 0 : (desk.shifts.get(order) ?? 0);
}

function realOrderOf({ transaction }: Demand): string | undefined {
  return transaction?.type === 'productionLine' ? transaction.order : undefined;
}

/** The delivery date that an order has now. */
function deliveryNow(terms: Terms, { transaction, order }: Supply): Day | undefined {
  if (transaction !== undefined) return receiptDelivery(terms, baseDay(transaction));
  return order?.deliveryDay;
}

function demandsOf(desk: Desk, supply: Supply): readonly Demand[] {
  return pegsOfSupply(desk.delays.run, supply.key).flatMap((peg) => {
    const demand = desk.delays.demands.get(peg.demand);
    return demand === undefined ? [] : [demand];
  });
}

/** AC-1, AC-2: a better delivery date; what a parent moves is not before today (AC-9). */
function dateMessage(desk: Desk, supply: Supply): ActionMessage | undefined {
  const { terms, switches } = desk;
  const demands = demandsOf(desk, supply);
  const current = deliveryNow(terms, supply);
  if (demands.length === 0 || current === undefined) return undefined;
  const need = Math.min(...demands.map((demand) => neededOn(desk, demand)));
  const wanted = deliveryBefore(terms, need);
  const possible = Math.max(wanted, nextToday(terms));
  const message = { order: supply.key, item: terms.node.item };
  const early = supply.available - need;
  if (early > (switches.advanceMargin ?? 0) && possible < current) {
    const advance = { ...message, action: 'advance', day: possible } as const;
    return switches.advance === true ? advance : undefined;
  }
  const moved = demands.some((demand) => shiftOf(desk, demand) !== 0);
  const later = moved ? possible : wanted;
  const minimum = demands.some((demand) => demand.source === 'minimum');
  if (-early > (switches.postponeMargin ?? 0) && !minimum && later > current) {
    const postpone = { ...message, action: 'postpone', day: later } as const;
    return switches.postpone === true ? postpone : undefined;
  }
  return undefined;
}

/** AC-4: the quantity that is enough. */
function enough(terms: Terms, pegged: Amount): Amount {
  const { orderMultiple, orderMinimum } = terms.settings;
  return Math.max(roundUpTo(pegged, orderMultiple ?? 0), orderMinimum ?? 0);
}

/** AC-3, AC-4, AC-7: how much less of each order is wanted; the latest first where it matters. */
function quantityMessages(desk: Desk): readonly ActionMessage[] {
  const { terms, switches, delays } = desk;
  let excess = excessOf(delays, terms);
  return desk.changeable.toReversed().flatMap((supply): readonly ActionMessage[] => {
    const order = { order: supply.key, item: terms.node.item };
    const pegged = peggedQuantity(pegsOfSupply(delays.run, supply.key));
    const spare = Math.min(freeOf(delays.run, supply), Math.max(0, excess));
    if (pegged === 0 && spare === supply.quantity) {
      excess -= spare;
      return switches.cancel === true ? [{ ...order, action: 'cancel' }] : [];
    }
    const less = supply.quantity - enough(terms, supply.quantity - spare);
    if (less <= 0) return [];
    excess -= less;
    return switches.decrease === true ? [{ ...order, action: 'decrease', quantity: less }] : [];
  });
}

/** AC-9: how far the messages told of orders move the needs of their lines. */
function noteShifts(desk: Desk, messages: readonly ActionMessage[]): void {
  if (desk.switches.derived !== true) return;
  for (const message of messages) {
    const supply = desk.delays.supplies.get(message.order);
    if (supply === undefined || message.day === undefined) continue;
    const { transaction, order } = supply;
    const current = deliveryNow(desk.terms, supply);
    const name = order?.id ?? transaction?.order;
    if (name !== undefined && current !== undefined) desk.shifts.set(name, message.day - current);
  }
}

function messagesAt(desk: Desk): readonly ActionMessage[] {
  const inside = desk.changeable.filter((supply) => isInsideFence(desk.terms, supply));
  const quantities = quantityMessages(desk).filter((message) =>
    inside.some((supply) => supply.key === message.order),
  );
  const cancelled = new Set(
    quantities.filter((one) => one.action === 'cancel').map((one) => one.order),
  );
  const kept = inside.filter((supply) => !cancelled.has(supply.key));
  const dates = kept.flatMap((supply) => {
    const message = dateMessage(desk, supply);
    return message === undefined ? [] : [message];
  });
  const increases: Increases = { delays: desk.delays, terms: desk.terms, changeable: kept };
  const increased = (desk.switches.increase === true ? increaseMessages(increases) : []).filter(
    (message) => message.action !== 'cancel' || desk.switches.cancel === true,
  );
  const raised = new Set(
    increased.filter(({ action }) => action === 'increase').map(({ order }) => order),
  );
  // An order that is to grow is not told to shrink in the same breath.
  const lessened = quantities.filter((message) => !raised.has(message.order));
  return [...lessened, ...dates, ...increased];
}

/** AC-10: which messages of a node's orders are told, of those worked out. */
export type Tell = (node: PlanNode, computed: readonly ActionMessage[]) => readonly ActionMessage[];

/** Section 11: messages of all nodes, parents before components (AC-9). */
export function actionMessages(
  delays: Delays,
  nodes: readonly PlanNode[],
  tell: Tell = (_, computed) => computed,
): readonly ActionMessage[] {
  const shifts = new Map<string, number>();
  return nodes.flatMap((node) => {
    const terms = termsAt(delays.run, node);
    const switches = terms.settings.actions ?? {};
    const desk = { delays, terms, switches, changeable: changeableAt(delays, terms), shifts };
    const told = tell(node, terms.settings.actions === undefined ? [] : messagesAt(desk));
    noteShifts(desk, told);
    return told;
  });
}
