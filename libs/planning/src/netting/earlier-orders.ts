import { demandKinds } from '../state/node-plan.js';
import { sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import type { NettingDesk } from './desk.js';

/** How many earlier orders may have gone between two that are made again. */
const reach = 8;

/**
 * The orders that the node's last plan made, found again by what opened them. Both runs make them
 * in much the same order, so a look at the next few is enough; whatever is not found is made anew.
 */
export class EarlierOrders {
  readonly #desk: NettingDesk;
  readonly #orders: readonly PlannedOrder[];
  #at = 0;

  constructor(desk: NettingDesk) {
    this.#desk = desk;
    this.#orders = desk.node.plan.orders;
  }

  /** The earlier order that this demand opened as its `ordinal`; a buffer's demand is -1. */
  find(demand: number, ordinal: number): PlannedOrder | undefined {
    const end = Math.min(this.#at + reach, this.#orders.length);
    for (let at = this.#at; at < end; at += 1) {
      const order = this.#orders[at];
      if (order === undefined || order.ordinal !== ordinal || order.keptBy !== undefined) continue;
      if (!this.#opened(order, demand)) continue;
      this.#at = at + 1;
      return order;
    }
    return undefined;
  }

  #opened({ opener }: PlannedOrder, demand: number): boolean {
    const desk = this.#desk;
    const kind = demand < 0 ? demandKinds.safetyStock : desk.demandKind[demand];
    const source = desk.demandSource[demand] ?? 0;
    switch (opener.kind) {
      case 'safetyStock':
        return kind === demandKinds.safetyStock;
      case 'transaction':
        return kind === demandKinds.transaction && opener.id === desk.state.table.ids[source];
      case 'derived': {
        if (kind !== demandKinds.derived) return false;
        const need = desk.needs[desk.demandSegment[demand] ?? 0];
        const order = need?.order[source];
        if (order === undefined || need?.line[source] !== opener.line) return false;
        return order === opener.order || sameIdentity(order.identity, opener.order.identity);
      }
      case 'named':
        return false;
    }
  }
}
