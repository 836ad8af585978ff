import {
  formatIdentity,
  identityOf,
  identityOfText,
  quantityMax,
  type Identity,
} from '@tidemark/kernel';
import { afterReceiptMargin, orderDaysFor, orderDaysOn } from '../settings/dates.js';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { Opener, PlannedOrder } from '../state/planned-order.js';
import type { NettingDesk, Remainder } from './desk.js';
import { EarlierOrders } from './earlier-orders.js';
import { lotsOf } from './lots.js';
import { isMadeAgain, type OrderMade } from './order-made.js';
import { Remainders } from './remainders.js';
import { windowOf } from './windows.js';

/** Planned orders that one node may have: a BOM that doubles level by level asks for more. */
export const ordersMax = 100_000;

const bufferIdentity = identityOfText('safetyStock');
const gathered = new Remainders();
/** Last number of an order that each demand opened, that of a buffer (demand -1) first. */
let ordinals = new Int32Array(1024);

/** The orders that a node's run makes, and what is left over of them for later demands. */
export class OrderBook {
  readonly #desk: NettingDesk;
  /** Supply rows of new orders with something free, in the order of NE-8. */
  readonly #surplus: number[] = [];
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
    if (this.#surplus.length === 0) return left;
    const desk = this.#desk;
    const demand = remainders.demand[at] ?? 0;
    const window = windowOf(desk, demand);
    let exhausted = false;
    for (const row of this.#surplus) {
      const day = desk.availableDay[row] ?? 0;
      if (day < window.earliest || day > window.latest) continue;
      left -= desk.pegMost(demand, row, left);
      if ((desk.free[row] ?? 0) === 0) exhausted = true;
      if (left === 0) break;
    }
    if (exhausted) this.#dropExhausted();
    return left;
  }

  #dropExhausted(): void {
    const { free } = this.#desk;
    let kept = 0;
    for (const row of this.#surplus) {
      if ((free[row] ?? 0) === 0) continue;
      this.#surplus[kept] = row;
      kept += 1;
    }
    this.#surplus.length = kept;
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
      this.#openOrders({ from: 0, to: gathered.count }, quantity ?? total);
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
        this.#openOrders({ from, to: at }, sum);
        from = at;
        sum = 0;
      }
      sum += next;
    }
  }

  /** One order or a set of lots for a stretch of what was gathered. */
  #openOrders(stretch: Stretch, quantity: number): void {
    if (this.#isFull()) return;
    const desk = this.#desk;
    const demand = gathered.demand[stretch.from] ?? 0;
    const type = desk.parameters.orderType;
    const requiredDay = gathered.day[stretch.from] ?? 0;
    const need = { requiredDay, issueMargin: desk.margin[demand] ?? 0 };
    const days = orderDaysFor(need, type, desk.parameters);
    const rows = lotsOf(quantity, desk.parameters);
    for (let at = 0; at < rows.length; at += 1) {
      rows[at] = this.#add(this.#order({ demand, type, quantity: rows[at] ?? 0, days }));
    }
    this.#serve(stretch, rows);
  }

  /** An order for exactly one pegged line: no modifiers, nothing left for others (BM-7). */
  openDedicated(remainder: Remainder): void {
    if (this.#isFull()) return;
    const desk = this.#desk;
    const type = desk.parameters.orderType;
    const need = { requiredDay: remainder.day, issueMargin: desk.margin[remainder.demand] ?? 0 };
    const days = orderDaysFor(need, type, desk.parameters);
    const { demand, quantity } = remainder;
    const row = this.#add(this.#order({ demand, type, quantity, days, dedicated: true }));
    desk.pegMost(demand, row);
  }

  /** An order that fills the buffer of a decoupling point, there on the earliest day (CC-7). */
  openBuffer(quantity: number, priority: number): void {
    const desk = this.#desk;
    const type = desk.parameters.orderType;
    const days = orderDaysOn(desk.earliestDay, type, desk.parameters);
    for (const lot of lotsOf(Math.min(quantity, quantityMax), desk.parameters)) {
      const made = { demand: -1, type, quantity: lot, days, priority };
      this.#keepSurplus([this.#add(this.#order(made))]);
    }
  }

  /** No more orders are made at one node: what they would serve stays uncovered, and is told. */
  #isFull(): boolean {
    const { orders, node, state } = this.#desk;
    if (orders.length < ordersMax) return false;
    state.overfull.add(node);
    return true;
  }

  #serve({ from, to }: Stretch, rows: readonly number[]): void {
    let at = 0;
    for (let member = from; member < to; member += 1) {
      const demand = gathered.demand[member] ?? 0;
      let left = gathered.quantity[member] ?? 0;
      while (left > 0 && at < rows.length) {
        const row = rows[at] ?? 0;
        left -= this.#desk.pegMost(demand, row, left);
        if ((this.#desk.free[row] ?? 0) === 0) at += 1;
      }
    }
    if (at < rows.length) this.#keepSurplus(rows.slice(at));
  }

  /** The earliest first, then by requirement date, then as made (NE-8). */
  #keepSurplus(rows: readonly number[]): void {
    if (rows.length === 0) return;
    this.#surplus.push(...rows);
    if (this.#surplus.length === 1) return;
    const { availableDay, supplySource, orders } = this.#desk;
    const required = (row: number): number => orders[supplySource[row] ?? 0]?.requirementDay ?? 0;
    this.#surplus.sort(
      (left, right) =>
        (availableDay[left] ?? 0) - (availableDay[right] ?? 0) ||
        required(left) - required(right) ||
        left - right,
    );
  }

  #add(order: PlannedOrder): number {
    const desk = this.#desk;
    desk.orders.push(order);
    const index = desk.orders.length - 1;
    return desk.addSupply(supplyKinds.order, index, order.coverageDay, order.quantity);
  }

  #order(made: OrderMade): PlannedOrder {
    const { parameters } = this.#desk;
    const { requirementDay, deliveryDay } = made.days;
    const available = afterReceiptMargin(deliveryDay, parameters);
    const counted = Math.min(requirementDay, available);
    const coverageDay = Math.max(counted, parameters.itemDays.next(parameters.today));
    const { identity, ordinal, earlier } = this.#number(made.demand);
    if (earlier !== undefined && isMadeAgain(earlier, made)) {
      if (earlier.coverageDay === coverageDay && earlier.ownAvailableDay === available) {
        return earlier;
      }
    }
    return {
      identity,
      name: undefined,
      opener: this.#openerOf(made.demand),
      ordinal,
      type: made.type,
      quantity: made.quantity,
      requirementDay,
      orderDay: made.days.orderDay,
      startDay: made.days.startDay,
      deliveryDay,
      coverageDay,
      ownAvailableDay: available,
      stage: 'planned',
      keptBy: undefined,
      image: undefined,
      fixedLines: undefined,
      dedicated: made.dedicated === true,
      priority: made.priority,
    };
  }

  /** The next number of this opener that no kept or firmed order holds (MO-14). */
  #number(demand: number): {
    readonly identity: Identity;
    readonly ordinal: number;
    readonly earlier: PlannedOrder | undefined;
  } {
    for (let ordinal = (ordinals[demand + 1] ?? 0) + 1; ; ordinal += 1) {
      const earlier = this.#earlier.find(demand, ordinal);
      const identity = earlier?.identity ?? this.#identityOf(demand, ordinal);
      if (this.#taken.size > 0 && this.#taken.has(formatIdentity(identity))) continue;
      ordinals[demand + 1] = ordinal;
      return { identity, ordinal, earlier };
    }
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

/** From one place of what was gathered to before another. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}
