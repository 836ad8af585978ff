import type { ActionKind } from '../api/rows.js';
import type { PlanNode } from './plan-node.js';
import type { PlannedOrder } from './planned-order.js';

/** What a demand is: an open issue, a component need, or the minimum. */
export const demandKinds = { transaction: 0, derived: 1, safetyStock: 2 } as const;

/** What a supply is: the stock, an open receipt, or a planned order. */
export const supplyKinds = { onHand: 0, transaction: 1, order: 2 } as const;

/**
 * Component needs of one node's orders at one other node, as columns; rows in the order of the
 * parent's orders, then lines (the order in which the component nets them, NE-7).
 */
export interface DerivedSegment {
  readonly parent: PlanNode;
  readonly target: PlanNode;
  readonly order: readonly PlannedOrder[];
  readonly line: readonly number[];
  /** The day needed, before the component's calendar (BM-4). */
  readonly day: readonly number[];
  readonly quantity: readonly number[];
  /** 1 for a pegged supply line (BM-7). */
  readonly pegged: readonly number[];
  readonly rank: number;
}

/** Demands of a planned node in netting order (NE-7). */
export interface DemandColumns {
  readonly kind: readonly number[];
  /** Handle of the transaction, or row in the segment. */
  readonly source: readonly number[];
  /** Index in the node plan's segments of a derived demand, else -1. */
  readonly segment: readonly number[];
  readonly requiredDay: readonly number[];
  readonly originalDay: readonly number[];
  readonly quantity: readonly number[];
  readonly uncovered: readonly number[];
  /** Issue margin that counted for it (MG-4). */
  readonly margin: readonly number[];
}

export interface SupplyColumns {
  readonly kind: readonly number[];
  /** Handle of the transaction, or index in the node plan's orders. */
  readonly source: readonly number[];
  readonly availableDay: readonly number[];
  readonly quantity: readonly number[];
  readonly free: readonly number[];
}

export interface PegColumns {
  readonly demand: readonly number[];
  readonly supply: readonly number[];
  readonly quantity: readonly number[];
}

/** The coverage of one node: a value, replaced as a whole when the node is planned again. */
export interface NodePlan {
  readonly demands: DemandColumns;
  readonly supplies: SupplyColumns;
  readonly pegs: PegColumns;
  readonly orders: readonly PlannedOrder[];
  /** The segments that the derived demands came from, in netting order. */
  readonly needs: readonly DerivedSegment[];
  /** For each need, demand row of its every row (-1: left out). */
  readonly needRows: readonly (readonly number[])[];
  /** The component needs of the orders, one segment a component node, lines of real orders not. */
  readonly derived: readonly DerivedSegment[];
  /** max(F, E) of the minimum, if it is among the demands (SS-4). */
  readonly minimumDay: number;
  /** Pegs from here on were made by the run that made this plan (AC-10). */
  readonly freshFrom: number;
}

/** Delayed days of one node (DL-1, DL-2); `noDay` where there is none. */
export interface NodeDelays {
  /** X of each demand row. */
  readonly demandDay: readonly number[];
  /** X of each supply row. */
  readonly supplyDay: readonly number[];
  /** Realistic delivery of each order. */
  readonly deliveryDay: readonly number[];
  /** The requirement day that each order is shown with: Q, or the delayed one if it is late. */
  readonly shownDay: readonly number[];
  /** For each need of the node plan: X of its rows, for the parent to read. */
  readonly needDays: readonly (readonly number[])[];
}

/** What is told about a node's rows; names are worked out when somebody reads. */
export interface NodeMessages {
  readonly delays: readonly DelayMessage[];
  readonly actions: readonly ActionMessage[];
  /** Days by which advance or postpone moves an order, by order or transaction id (AC-9). */
  readonly shifts: ReadonlyMap<string, number>;
}

export interface DelayMessage {
  readonly demand: number;
  readonly day: number;
  readonly days: number;
  /** Supply row that decides the day. */
  readonly supply: number;
}

export interface ActionMessage {
  readonly supply: number;
  readonly action: ActionKind;
  readonly day: number | undefined;
  readonly quantity: number | undefined;
}

/** Stands where there is no day. */
export const noDay = -1;

const none: readonly number[] = [];

export const emptyNodePlan: NodePlan = {
  demands: {
    kind: none,
    source: none,
    segment: none,
    requiredDay: none,
    originalDay: none,
    quantity: none,
    uncovered: none,
    margin: none,
  },
  supplies: { kind: none, source: none, availableDay: none, quantity: none, free: none },
  pegs: { demand: none, supply: none, quantity: none },
  orders: [],
  needs: [],
  needRows: [],
  derived: [],
  minimumDay: 0,
  freshFrom: 0,
};

export const noDelays: NodeDelays = {
  demandDay: none,
  supplyDay: none,
  deliveryDay: none,
  shownDay: none,
  needDays: [],
};

export const noMessages: NodeMessages = { delays: [], actions: [], shifts: new Map() };
