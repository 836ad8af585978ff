import {
  ceilTo,
  formatIdentity,
  identityOf,
  identityOfText,
  quantityMax,
  type Identity,
} from '@tidemark/kernel';
import { beforeIssueMargin, orderDaysFor, orderDaysOn } from '../settings/dates.js';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { Opener, PlannedOrder } from '../state/planned-order.js';
import type { NettingDesk, Remainder } from './desk.js';
import { EarlierOrders } from './earlier-orders.js';
import { lotOf, lotsMax } from './lots.js';
import { OrderMade } from './order-made.js';
import { Remainders } from './remainders.js';
import { windowOf } from './windows.js';

/** Planned orders that one node may have: a BOM that doubles level by level asks for more. */
export const ordersMax = 100_000;

const bufferIdentity = identityOfText('safetyStock');
const gathered = new Remainders();
const made = new OrderMade();
/** Last number of an order that each demand opened, that of a buffer (demand -1) first. */
let ordinals = new Int32Array(1024);

/** Supply rows of new orders with something free, in the order of NE-8. */
let surplus = new Int32Array(64);

/** The orders that a node's run makes, and what is left over of them for later demands. */
export class OrderBook {
  readonly #desk: NettingDesk;
  #surplusCount = 0;
  /** What the order that is opened next is for. */
  readonly gathered: Remainders = gathered;
  readonly #taken: ReadonlySet<string>;
  readonly #earlier: EarlierOrders;

  constructor(desk: NettingDesk, taken: ReadonlySet<string>) {
    this.#desk = desk;
    this.#taken = taken;
    this.#earlier = new EarlierOrders(desk);
    gathered.clear();
    if (desk.demandCount >= ordinals.length) ordinals = new Int32Array(desk.demandCount * 2);
    ordinals.fill(0, 0, desk.demandCount + 1);
  }

  /** Covers a remainder from orders made earlier in this run; returns what is left of it. */
  takeSurplus(remainders: Remainders, at: number): number {
    let left = remainders.quantity[at] ?? 0;
    if (this.#surplusCount === 0) return left;
    const desk = this.#desk;
    const demand = remainders.demand[at] ?? 0;
    const window = windowOf(desk, demand);
    let exhausted = false;
    for (let at = 0; at < this.#surplusCount && left > 0; at += 1) {
      const row = surplus[at] ?? 0;
      const day = desk.availableDay[row] ?? 0;
      if (day < window.earliest || day > window.latest) continue;
      left -= desk.pegMost(demand, row, left);
      if ((desk.free[row] ?? 0) === 0) exhausted = true;
    }
    if (exhausted) this.#dropExhausted();
    return left;
  }

  #dropExhausted(): void {
    const { free } = this.#desk;
    let kept = 0;
    for (let at = 0; at < this.#surplusCount; at += 1) {
      const row = surplus[at] ?? 0;
      if ((free[row] ?? 0) === 0) continue;
      surplus[kept] = row;
      kept += 1;
    }
    this.#surplusCount = kept;
  }

  /** Takes a remainder, or this much of it, into the order that is opened next. */
  gather(remainders: Remainders, at: number, quantity: number): void {
    gathered.add(remainders.demand[at] ?? 0, remainders.day[at] ?? 0, quantity);
  }

  /**
   * Makes one order, or a set of split lots, for what was gathered, needed by the day of the
   * first; of `quantity`, or of their sum. Nothing gathered: no order.
   */
  orderGathered(quantity?: number): void {
    if (gathered.count === 0) return;
    const total = gathered.total();
    if (Math.max(total, quantity ?? 0) <= quantityMax) {
      this.#openOrders(0, gathered.count, quantity ?? total);
    } else this.#orderInBatches();
    gathered.clear();
  }

  /** Needs beyond the largest quantity, one after the other, as many at a time as one can hold. */
  #orderInBatches(): void {
    let from = 0;
    let sum = 0;
    for (let at = 0; at <= gathered.count; at += 1) {
      const next = gathered.quantity[at] ?? 0;
      if (at > from && (at === gathered.count || sum + next > quantityMax)) {
        this.#openOrders(from, at, sum);
        from = at;
        sum = 0;
      }
      sum += next;
    }
  }

  /** One order or a set of lots for what was gathered from one place to before another. */
  #openOrders(from: number, to: number, quantity: number): void {
    if (this.#isFull()) return;
    this.#openFor(gathered.demand[from] ?? 0, gathered.day[from] ?? 0);
    const row = this.#addLots(quantity);
    this.#serve(from, to, row);
  }

  /** An order for exactly one pegged line: no modifiers, nothing left for others (BM-7). */
  openDedicated(remainder: Remainder): void {
    if (this.#isFull()) return;
    this.#openFor(remainder.demand, remainder.day);
    made.dedicated = true;
    made.quantity = remainder.quantity;
    this.#desk.pegMost(remainder.demand, this.#add(this.#order()));
  }

  /** An order that fills the buffer of a decoupling point, there on the earliest day (CC-7). */
  openBuffer(quantity: number, priority: number): void {
    const { parameters, earliestDay } = this.#desk;
    made.open(-1, orderDaysOn(earliestDay, parameters.orderType, parameters), parameters);
    made.priority = priority;
    this.#keepSurplus(this.#addLots(Math.min(quantity, quantityMax)));
  }

  #openFor(demand: number, requiredDay: number): void {
    const { parameters, margin } = this.#desk;
    const neededBy = beforeIssueMargin(requiredDay, margin[demand] ?? 0, parameters);
    made.open(demand, orderDaysFor(neededBy, parameters.orderType, parameters), parameters);
  }

  /** Orders of the lots that a quantity is split into (CC-8, CC-10); returns their first row. */
  #addLots(quantity: number): number {
    const { parameters, supplyCount } = this.#desk;
    let left = ceilTo(quantity, parameters.step);
    for (let lots = 0; left > 0 && lots < lotsMax; lots += 1) {
      made.quantity = lotOf(left, parameters);
      left -= made.quantity;
      this.#add(this.#order());
    }
    return supplyCount;
  }

  /** No more orders are made at one node: what they would serve stays uncovered, and is told. */
  #isFull(): boolean {
    const { orders, node, state } = this.#desk;
    if (orders.length < ordersMax) return false;
    state.overfull.add(node);
    return true;
  }

  /** Gives the supply rows from `first` on to what was gathered, one member after the other. */
  #serve(from: number, to: number, first: number): void {
    const desk = this.#desk;
    let row = first;
    for (let member = from; member < to; member += 1) {
      const demand = gathered.demand[member] ?? 0;
      let left = gathered.quantity[member] ?? 0;
      while (left > 0 && row < desk.supplyCount) {
        left -= desk.pegMost(demand, row, left);
        if ((desk.free[row] ?? 0) === 0) row += 1;
      }
    }
    this.#keepSurplus(row);
  }

  /** Supply rows from `first` on are left over: the earliest first, then as made (NE-8). */
  #keepSurplus(first: number): void {
    for (let row = first; row < this.#desk.supplyCount; row += 1) {
      let at = this.#surplusCount;
      this.#surplusCount += 1;
      if (at === surplus.length) surplus = widened(surplus);
      for (; at > 0; at -= 1) {
        const before = surplus[at - 1] ?? 0;
        if (!this.#isEarlier(row, before)) break;
        surplus[at] = before;
      }
      surplus[at] = row;
    }
  }

  /** True if a row is there before one that was made earlier, or was to be (NE-8). */
  #isEarlier(row: number, before: number): boolean {
    const { availableDay, supplySource, orders } = this.#desk;
    const [day, dayBefore] = [availableDay[row] ?? 0, availableDay[before] ?? 0];
    if (day !== dayBefore) return day < dayBefore;
    const order = orders[supplySource[row] ?? 0];
    return (order?.requirementDay ?? 0) < (orders[supplySource[before] ?? 0]?.requirementDay ?? 0);
  }

  #add(order: PlannedOrder): number {
    const desk = this.#desk;
    desk.orders.push(order);
    const index = desk.orders.length - 1;
    return desk.addSupply(supplyKinds.order, index, order.coverageDay, order.quantity);
  }

  /** The order in the making, by the next number that no kept or firmed one holds (MO-14). */
  #order(): PlannedOrder {
    const { demand } = made;
    for (let ordinal = (ordinals[demand + 1] ?? 0) + 1; ; ordinal += 1) {
      const earlier = this.#earlier.find(demand, ordinal);
      const identity = earlier?.identity ?? this.#identityOf(demand, ordinal);
      if (this.#taken.size > 0 && this.#taken.has(formatIdentity(identity))) continue;
      ordinals[demand + 1] = ordinal;
      if (earlier !== undefined && made.isAgain(earlier)) return earlier;
      return this.#orderOf(identity, ordinal);
    }
  }

  #orderOf(identity: Identity, ordinal: number): PlannedOrder {
    return {
      identity,
      name: undefined,
      opener: this.#openerOf(made.demand),
      ordinal,
      type: made.type,
      quantity: made.quantity,
      requirementDay: made.requirementDay,
      orderDay: made.orderDay,
      startDay: made.startDay,
      deliveryDay: made.deliveryDay,
      coverageDay: made.coverageDay,
      ownAvailableDay: made.ownAvailableDay,
      stage: 'planned',
      keptBy: undefined,
      image: undefined,
      fixedLines: undefined,
      dedicated: made.dedicated,
      priority: made.priority,
    };
  }

  #identityOf(demand: number, ordinal: number): Identity {
    const { node } = this.#desk;
    const opener = this.#openerOf(demand);
    switch (opener.kind) {
      case 'transaction':
        return identityOf(node.identity, opener.identity, ordinal);
      case 'derived': {
        const { identity } = opener.order;
        return identityOf(node.identity, identityOf(identity, identity, opener.line), ordinal);
      }
      case 'safetyStock':
      case 'named':
        return identityOf(node.identity, bufferIdentity, ordinal);
    }
  }

  #openerOf(demand: number): Opener {
    const desk = this.#desk;
    const kind = demand < 0 ? demandKinds.safetyStock : desk.demandKind[demand];
    const source = desk.demandSource[demand] ?? 0;
    if (kind === demandKinds.safetyStock) return { kind: 'safetyStock' };
    if (kind === demandKinds.transaction) {
      const identity = desk.state.table.identity(source);
      return { kind: 'transaction', id: desk.state.table.ids[source] ?? '', identity };
    }
    const segment = desk.needs[desk.demandSegment[demand] ?? 0];
    const order = segment?.order[source];
    if (order === undefined) throw new Error('A derived demand has an order.');
    return { kind: 'derived', order, line: segment?.line[source] ?? 0 };
  }
}

function widened(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
