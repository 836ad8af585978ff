import { sameWholes, wholeColumn } from '../state/columns.js';
import type { NodeDelays } from '../state/node-plan.js';

const rowsAtFirst = 1024;

/** Delayed days in the making; one tray serves all nodes, one after the other. */
export class DelayTray {
  #orders = 0;
  #demands = 0;
  #supplies = 0;
  #needs = 0;
  /** Of each order: latest X of its components, realistic delivery, availability, day shown. */
  componentDay = new Int32Array(rowsAtFirst);
  deliveryDay = new Int32Array(rowsAtFirst);
  orderDay = new Int32Array(rowsAtFirst);
  shownDay = new Int32Array(rowsAtFirst);
  demandDay = new Int32Array(rowsAtFirst);
  needDay = new Int32Array(rowsAtFirst);
  supplyDay = new Int32Array(rowsAtFirst);

  /** Makes room for a node; what was there is gone. */
  start(count: { orders: number; demands: number; supplies: number; needs: number }): void {
    this.#orders = count.orders;
    this.#demands = count.demands;
    this.#supplies = count.supplies;
    this.#needs = count.needs;
    if (count.needs > this.needDay.length) this.needDay = new Int32Array(count.needs * 2);
    if (count.orders > this.orderDay.length) {
      this.componentDay = new Int32Array(count.orders * 2);
      this.deliveryDay = new Int32Array(count.orders * 2);
      this.orderDay = new Int32Array(count.orders * 2);
      this.shownDay = new Int32Array(count.orders * 2);
    }
    if (count.demands > this.demandDay.length) this.demandDay = new Int32Array(count.demands * 2);
    if (count.supplies > this.supplyDay.length) this.supplyDay = new Int32Array(count.supplies * 2);
  }

  /** The days as a value: the standing one if it is equal. */
  finish(standing: NodeDelays): NodeDelays {
    const orders = this.#orders;
    const demands = this.#demands;
    const supplies = this.#supplies;
    const needs = this.#needs;
    if (
      sameWholes(standing.demandDay, this.demandDay, demands) &&
      sameWholes(standing.needDay, this.needDay, needs) &&
      sameWholes(standing.supplyDay, this.supplyDay, supplies) &&
      sameWholes(standing.deliveryDay, this.deliveryDay, orders) &&
      sameWholes(standing.shownDay, this.shownDay, orders)
    ) {
      return standing;
    }
    const deliveryDay = wholeColumn(standing.deliveryDay, this.deliveryDay, orders);
    return {
      demandDay: wholeColumn(standing.demandDay, this.demandDay, demands),
      needDay: wholeColumn(standing.needDay, this.needDay, needs),
      supplyDay: wholeColumn(standing.supplyDay, this.supplyDay, supplies),
      deliveryDay,
      shownDay: sameWholes(deliveryDay, this.shownDay, orders)
        ? deliveryDay
        : wholeColumn(standing.shownDay, this.shownDay, orders),
    };
  }
}
