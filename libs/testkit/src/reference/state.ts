import type { Refusal } from './values.js';
import type { Amount, Day } from './values.js';
import type { PlanNode } from './nodes.js';
import type { MasterData } from './terms.js';
import type { Dimensions, OrderType, StockRecord, Transaction } from './world.js';

/** A component requirement of a planned order, as it was exploded. */
export interface DerivedLine {
  readonly line: number;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly quantity: Amount;
  /** The date before DA-2. */
  readonly day: Day;
  readonly offset: number;
  /** BM-7: a pegged supply line. */
  readonly dedicated: boolean;
  readonly type: 'productionLine' | 'transferOrder';
}

/** A requirement an order goes on serving (MO-10). */
export interface Serving {
  readonly demand: string;
  readonly quantity: Amount;
}

export interface PlannedOrder {
  readonly id: string;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly type: OrderType;
  /** MO-14: transaction id, `safetyStock`, or `parent/line`. */
  readonly opener: string;
  readonly n: number;
  /** Order of making, over the whole life of the plan (NE-8). */
  made: number;
  /** BM-7: the one requirement this order is for. */
  readonly dedicatedTo: string | undefined;
  readonly priority: number | undefined;
  quantity: Amount;
  requirementDay: Day;
  orderDay: Day;
  startDay: Day;
  deliveryDay: Day;
  status: 'planned' | 'approved';
  frozen: boolean;
  serves: readonly Serving[];
  lines: readonly DerivedLine[];
}

/** Coverage: this quantity of this demand by that supply. */
export interface Peg {
  readonly demand: string;
  readonly supply: string;
  readonly node: string;
  quantity: Amount;
  /** Order of taking. */
  readonly sequence: number;
}

export type ActionKind = 'advance' | 'postpone' | 'increase' | 'decrease' | 'cancel';

export interface ActionMessage {
  readonly order: string;
  readonly item: string;
  readonly action: ActionKind;
  readonly day?: Day;
  readonly quantity?: Amount;
}

export interface DelayMessage {
  readonly requirement: string;
  readonly item: string;
  readonly day: Day;
  readonly days: number;
}

/** One plan: what it has folded, and what it has planned on it. */
export interface PlanState {
  readonly name: string;
  /** T of the last run. */
  day: Day;
  master: MasterData;
  readonly images: Map<string, Transaction>;
  /** Sequence number of the entry each image comes from. */
  readonly imageOf: Map<string, number>;
  readonly stock: Map<string, StockRecord>;
  readonly tidemarks: Map<string, number>;
  /** Entries applied before their turn, by a decision. */
  readonly ahead: Set<number>;
  /** Nodes at which the plan has had something, or was asked about. */
  readonly places: Map<string, PlanNode>;
  orders: PlannedOrder[];
  /** Orders made by the last run that covered their node: no earlier run's (section 11, DL-1). */
  readonly fresh: Set<string>;
  pegs: Peg[];
  actions: readonly ActionMessage[];
  delays: readonly DelayMessage[];
  errors: readonly Refusal[];
  /** X of requirements and supplies, from the last run. */
  delayedDays: Map<string, Day>;
  made: number;
  taken: number;
}

export function emptyState(name: string, day: Day, master: MasterData): PlanState {
  return {
    name,
    day,
    master,
    images: new Map(),
    imageOf: new Map(),
    stock: new Map(),
    tidemarks: new Map(),
    ahead: new Set(),
    places: new Map(),
    orders: [],
    fresh: new Set(),
    pegs: [],
    actions: [],
    delays: [],
    errors: [],
    delayedDays: new Map(),
    made: 0,
    taken: 0,
  };
}

export function lineKey(orderId: string, line: number): string {
  return `${orderId}/${line}`;
}

export function orderOf(state: PlanState, id: string): PlannedOrder | undefined {
  return state.orders.find((order) => order.id === id);
}

/** The planned order and line of a derived requirement. */
export function parentOf(
  state: PlanState,
  demand: string,
): { order: PlannedOrder; line: DerivedLine } | undefined {
  for (const order of state.orders) {
    const line = order.lines.find((one) => lineKey(order.id, one.line) === demand);
    if (line !== undefined) return { order, line };
  }
  return undefined;
}

/** Orders that regeneration leaves standing (MO-10, TF-2). */
export function isDecided(order: PlannedOrder): boolean {
  return order.status === 'approved' || order.frozen;
}
