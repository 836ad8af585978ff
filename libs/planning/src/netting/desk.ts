import { invariant } from '@tidemark/kernel';
import { coveragePolicies } from '../coverage-codes/index.js';
import { earliestDayOf } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import { noneHeld, supplyKinds, type DerivedSegment, type HeldRow } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import type { PlannedOrder } from '../state/planned-order.js';
import { DeskColumns } from './desk-columns.js';

export type { Remainder } from './remainder.js';

const columns = new DeskColumns();

/**
 * The desk at which one node is netted: demands in netting order, supplies in order of
 * availability, pegs and orders in the making, all as columns. `finishPlan` takes the result away
 * as a value. The columns are the same for all desks: one desk is used at a time, and once; beyond
 * the rows counted stands what another node left.
 */
export class NettingDesk {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly parameters: NodeParameters;
  /** E: the earliest day a new order can be there (DA-6). */
  readonly earliestDay: number;
  /** Existing supply is pegged whatever its day (CC-7). */
  readonly ignoresWindows: boolean;
  /** Positive days that count for the coverage code (PN-1, CC-5). */
  readonly positiveDays: number;

  demandCount = 0;
  demandKind = columns.demandKind;
  demandSource = columns.demandSource;
  demandSegment = columns.demandSegment;
  requiredDay = columns.requiredDay;
  originalDay = columns.originalDay;
  demandQuantity = columns.demandQuantity;
  uncovered = columns.uncovered;
  /** Issue margin that counts: the hard one, or what MG-4 leaves of a soft one. */
  margin = columns.margin;

  supplyCount = 0;
  /** Supplies that stood before the orders of this run. */
  existingSupplies = 0;
  supplyKind = columns.supplyKind;
  supplySource = columns.supplySource;
  availableDay = columns.availableDay;
  supplyQuantity = columns.supplyQuantity;
  free = columns.free;

  pegCount = 0;
  pegDemand = columns.pegDemand;
  pegSupply = columns.pegSupply;
  pegQuantity = columns.pegQuantity;

  /** Pegs from here on were made by this run; those before are fixed links and stood. */
  freshFrom = 0;

  held: readonly HeldRow[] = noneHeld;
  orders: PlannedOrder[] = [];
  needs: readonly DerivedSegment[] = [];
  /** Some demand is a pegged supply line (BM-7). */
  hasPegged = false;

  /** Row of the minimum among the demands, -1 if there is none; F of SS-2, and max(F, E). */
  minimumRow = -1;
  minimumDay = 0;
  minimumKeyDay = 0;

  constructor(state: PlanState, node: PlanNode, parameters: NodeParameters) {
    this.state = state;
    this.node = node;
    this.parameters = parameters;
    this.earliestDay = earliestDayOf(parameters);
    const policy = coveragePolicies[parameters.code];
    this.ignoresWindows = policy.ignoresWindows;
    this.positiveDays = policy.positiveDays(parameters);
  }

  /** Makes room for so many demands, to be filled at once. */
  openDemands(count: number): void {
    columns.openDemands(count);
    this.demandCount = count;
    this.demandKind = columns.demandKind;
    this.demandSource = columns.demandSource;
    this.demandSegment = columns.demandSegment;
    this.requiredDay = columns.requiredDay;
    this.originalDay = columns.originalDay;
    this.demandQuantity = columns.demandQuantity;
    this.uncovered = columns.uncovered;
    this.margin = columns.margin;
  }

  /** Covers so much of the demand by the supply; 0 does nothing. */
  peg(demand: number, supply: number, quantity: number): void {
    if (quantity <= 0) return;
    const uncovered = (this.uncovered[demand] ?? 0) - quantity;
    const free = (this.free[supply] ?? 0) - quantity;
    if (uncovered < 0 || free < 0) this.#refusePeg(demand, supply, quantity);
    this.uncovered[demand] = uncovered;
    this.free[supply] = free;
    const peg = this.pegCount;
    if (peg === this.pegDemand.length) this.#widenPegs();
    this.pegCount = peg + 1;
    this.pegDemand[peg] = demand;
    this.pegSupply[peg] = supply;
    this.pegQuantity[peg] = quantity;
  }

  #refusePeg(demand: number, supply: number, quantity: number): void {
    const values = { node: this.node.key, demand, supply, quantity };
    invariant(false, 'a peg fits its demand and its supply', values);
  }

  #widenPegs(): void {
    columns.widenPegs();
    this.pegDemand = columns.pegDemand;
    this.pegSupply = columns.pegSupply;
    this.pegQuantity = columns.pegQuantity;
  }

  /** Pegs as much as the demand still needs and the supply still has. */
  pegMost(demand: number, supply: number, most = Number.POSITIVE_INFINITY): number {
    const quantity = Math.min(this.uncovered[demand] ?? 0, this.free[supply] ?? 0, most);
    this.peg(demand, supply, quantity);
    return quantity;
  }

  addSupply(kind: number, source: number, day: number, quantity: number): number {
    const row = this.supplyCount;
    if (row === this.supplyKind.length) this.#widenSupplies();
    this.supplyCount = row + 1;
    this.supplyKind[row] = kind;
    this.supplySource[row] = source;
    this.availableDay[row] = day;
    this.supplyQuantity[row] = quantity;
    this.free[row] = quantity;
    columns.next[row] = row;
    return row;
  }

  #widenSupplies(): void {
    columns.widenSupplies();
    this.supplyKind = columns.supplyKind;
    this.supplySource = columns.supplySource;
    this.availableDay = columns.availableDay;
    this.supplyQuantity = columns.supplyQuantity;
    this.free = columns.free;
  }

  /** There is stock to give away: it is the first supply. */
  get hasStock(): boolean {
    return this.supplyCount > 0 && this.supplyKind[0] === supplyKinds.onHand;
  }

  /** First existing supply row at or after `row` that has something free. */
  nextFree(row: number): number {
    const { next } = columns;
    let at = row;
    while (at < this.existingSupplies) {
      if ((this.free[at] ?? 0) > 0) break;
      const after = next[at] ?? at;
      at = after > at ? after : at + 1;
    }
    for (let from = row; from < at;) {
      const after = next[from] ?? from;
      next[from] = at;
      from = after > from ? after : from + 1;
    }
    return at;
  }
}
