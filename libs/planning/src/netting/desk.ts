import { invariant } from '@tidemark/kernel';
import { earliestDayOf } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { DerivedSegment, NodePlan } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import type { PlannedOrder } from '../state/planned-order.js';

export type { Remainder } from './remainder.js';

/**
 * The desk at which one node is netted: demands in netting order, supplies in order of
 * availability, pegs and orders in the making, all as columns. `finish` takes the result away as a
 * value; the desk itself is used once.
 */
export class NettingDesk {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly parameters: NodeParameters;
  /** E: the earliest day a new order can be there (DA-6). */
  readonly earliestDay: number;

  demandCount = 0;
  demandKind: number[] = [];
  demandSource: number[] = [];
  demandSegment: number[] = [];
  requiredDay: number[] = [];
  originalDay: number[] = [];
  demandQuantity: number[] = [];
  uncovered: number[] = [];
  /** Issue margin that counts: the hard one, or what MG-4 leaves of a soft one. */
  margin: number[] = [];

  supplyCount = 0;
  /** Supplies that stood before the orders of this run. */
  existingSupplies = 0;
  readonly supplyKind: number[] = [];
  readonly supplySource: number[] = [];
  readonly availableDay: number[] = [];
  readonly supplyQuantity: number[] = [];
  readonly free: number[] = [];
  /** Next supply row with something free, path-compressed. */
  readonly #next: number[] = [];

  readonly pegDemand: number[] = [];
  readonly pegSupply: number[] = [];
  readonly pegQuantity: number[] = [];

  /** Pegs from here on were made by this run; those before are fixed links and stood. */
  freshFrom = 0;

  orders: PlannedOrder[] = [];
  needs: readonly DerivedSegment[] = [];
  readonly needRows: number[][] = [];

  /** Row of the minimum among the demands, -1 if there is none; F of SS-2, and max(F, E). */
  minimumRow = -1;
  minimumDay = 0;
  minimumKeyDay = 0;

  constructor(state: PlanState, node: PlanNode, parameters: NodeParameters) {
    this.state = state;
    this.node = node;
    this.parameters = parameters;
    this.earliestDay = earliestDayOf(parameters);
  }

  /** Makes the demand columns for so many rows, to be filled at once. */
  openDemands(count: number): void {
    this.demandCount = count;
    this.demandKind = new Array<number>(count);
    this.demandSource = new Array<number>(count);
    this.demandSegment = new Array<number>(count);
    this.requiredDay = new Array<number>(count);
    this.originalDay = new Array<number>(count);
    this.demandQuantity = new Array<number>(count);
    this.uncovered = new Array<number>(count);
    this.margin = new Array<number>(count);
  }

  /** Covers so much of the demand by the supply; 0 does nothing. */
  peg(demand: number, supply: number, quantity: number): void {
    if (quantity <= 0) return;
    const uncovered = (this.uncovered[demand] ?? 0) - quantity;
    const free = (this.free[supply] ?? 0) - quantity;
    invariant(uncovered >= 0 && free >= 0, 'a peg fits its demand and its supply', {
      node: this.node.key,
      demand,
      supply,
      quantity,
    });
    this.uncovered[demand] = uncovered;
    this.free[supply] = free;
    this.pegDemand.push(demand);
    this.pegSupply.push(supply);
    this.pegQuantity.push(quantity);
  }

  /** Pegs as much as the demand still needs and the supply still has. */
  pegMost(demand: number, supply: number, most = Number.POSITIVE_INFINITY): number {
    const quantity = Math.min(this.uncovered[demand] ?? 0, this.free[supply] ?? 0, most);
    this.peg(demand, supply, quantity);
    return quantity;
  }

  addSupply(kind: number, source: number, day: number, quantity: number): number {
    const row = this.supplyCount;
    this.supplyCount += 1;
    this.supplyKind.push(kind);
    this.supplySource.push(source);
    this.availableDay.push(day);
    this.supplyQuantity.push(quantity);
    this.free.push(quantity);
    this.#next.push(row);
    return row;
  }

  /** First existing supply row at or after `row` that has something free. */
  nextFree(row: number): number {
    let at = row;
    while (at < this.existingSupplies) {
      if ((this.free[at] ?? 0) > 0) break;
      const next = this.#next[at] ?? at;
      at = next > at ? next : at + 1;
    }
    for (let from = row; from < at;) {
      const next = this.#next[from] ?? from;
      this.#next[from] = at;
      from = next > from ? next : from + 1;
    }
    return at;
  }

  finish(derived: readonly DerivedSegment[]): NodePlan {
    return {
      demands: {
        kind: this.demandKind,
        source: this.demandSource,
        segment: this.demandSegment,
        requiredDay: this.requiredDay,
        originalDay: this.originalDay,
        quantity: this.demandQuantity,
        uncovered: this.uncovered,
        margin: this.margin,
      },
      supplies: {
        kind: this.supplyKind,
        source: this.supplySource,
        availableDay: this.availableDay,
        quantity: this.supplyQuantity,
        free: this.free,
      },
      pegs: { demand: this.pegDemand, supply: this.pegSupply, quantity: this.pegQuantity },
      orders: this.orders,
      needs: this.needs,
      needRows: this.needRows,
      derived,
      minimumDay: this.minimumKeyDay,
      freshFrom: this.freshFrom,
    };
  }
}
