import type { ActionKind } from '../api/rows.js';
import type { PlanNode } from './plan-node.js';
import type { PlannedOrder } from './planned-order.js';

/** What a demand is: an open issue, a component need, or the minimum. */
export const demandKinds = { transaction: 0, derived: 1, safetyStock: 2 } as const;

/** What a supply is: the stock, an open receipt, or a planned order. */
export const supplyKinds = { onHand: 0, transaction: 1, order: 2 } as const;

/** Rows, days, handles and codes of a plan: whole numbers of 32 bits, never changed. */
export type WholeColumn = Readonly<Int32Array>;
/** Quantities in millionths. */
export type QuantityColumn = Readonly<Float64Array>;
/** Kinds and marks. */
export type MarkColumn = Readonly<Uint8Array>;

/**
 * Component needs of one node's orders at one other node, as columns; rows in the order of the
 * parent's orders, then lines (the order in which the component nets them, NE-7).
 */
export interface DerivedSegment {
  readonly parent: PlanNode;
  readonly target: PlanNode;
  readonly order: readonly PlannedOrder[];
  readonly line: WholeColumn;
  /** The day needed, before the component's calendar (BM-4). */
  readonly day: WholeColumn;
  readonly quantity: QuantityColumn;
  /** 1 for a pegged supply line (BM-7). */
  readonly pegged: MarkColumn;
  readonly hasPegged: boolean;
  readonly rank: number;
  /** Place among the needs that the target netted last; a hint: another may stand there now. */
  needAt: number;
}

/** Demands of a planned node in netting order (NE-7). */
export interface DemandColumns {
  readonly kind: MarkColumn;
  /** Handle of the transaction, or row in the segment. */
  readonly source: WholeColumn;
  /** Index in the node plan's segments of a derived demand, else -1. */
  readonly segment: WholeColumn;
  readonly requiredDay: WholeColumn;
  readonly originalDay: WholeColumn;
  readonly quantity: QuantityColumn;
  readonly uncovered: QuantityColumn;
}

export interface SupplyColumns {
  readonly kind: MarkColumn;
  /** Handle of the transaction, or index in the node plan's orders. */
  readonly source: WholeColumn;
  readonly availableDay: WholeColumn;
  readonly quantity: QuantityColumn;
  readonly free: QuantityColumn;
}

export interface PegColumns {
  readonly demand: WholeColumn;
  readonly supply: WholeColumn;
  readonly quantity: QuantityColumn;
}

/** A transaction on hold: it takes no part in netting, and is shown as held (NE-14). */
export interface HeldRow {
  /** Handle of the transaction. */
  readonly source: number;
  readonly day: number;
  readonly quantity: number;
}

export const noneHeld: readonly HeldRow[] = [];

/** The coverage of one node: a value, replaced as a whole when the node is planned otherwise. */
export interface NodePlan {
  readonly demands: DemandColumns;
  readonly supplies: SupplyColumns;
  readonly pegs: PegColumns;
  /** Issues, then receipts, on hold. */
  readonly held: readonly HeldRow[];
  readonly orders: readonly PlannedOrder[];
  /** The segments that the derived demands came from, in netting order. */
  readonly needs: readonly DerivedSegment[];
  /** Demand row of every row of every need, one need after the other (-1: left out). */
  readonly needRow: WholeColumn;
  /** Where each need's rows begin in `needRow`. */
  readonly needFrom: WholeColumn;
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
  readonly demandDay: WholeColumn;
  /** The same of every row of every need, as in `needRow`: what parents look at. */
  readonly needDay: WholeColumn;
  /** X of each supply row. */
  readonly supplyDay: WholeColumn;
  /** Realistic delivery of each order. */
  readonly deliveryDay: WholeColumn;
  /** The requirement day that each order is shown with: Q, or the delayed one if it is late. */
  readonly shownDay: WholeColumn;
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

export const noWholes: WholeColumn = new Int32Array(0);
export const noQuantities: QuantityColumn = new Float64Array(0);
export const noMarks: MarkColumn = new Uint8Array(0);

export const emptyNodePlan: NodePlan = {
  demands: {
    kind: noMarks,
    source: noWholes,
    segment: noWholes,
    requiredDay: noWholes,
    originalDay: noWholes,
    quantity: noQuantities,
    uncovered: noQuantities,
  },
  supplies: {
    kind: noMarks,
    source: noWholes,
    availableDay: noWholes,
    quantity: noQuantities,
    free: noQuantities,
  },
  pegs: { demand: noWholes, supply: noWholes, quantity: noQuantities },
  held: noneHeld,
  orders: [],
  needs: [],
  needRow: noWholes,
  needFrom: noWholes,
  derived: [],
  minimumDay: 0,
  freshFrom: 0,
};

export const noDelays: NodeDelays = {
  demandDay: noWholes,
  needDay: noWholes,
  supplyDay: noWholes,
  deliveryDay: noWholes,
  shownDay: noWholes,
};

export const noMessages: NodeMessages = { delays: [], actions: [], shifts: new Map() };

/** Where a parent's needs stand in what this plan has netted; -1: it has netted none of them. */
export function needPlaceOf(plan: NodePlan, segment: DerivedSegment): number {
  const { needs } = plan;
  if (needs[segment.needAt]?.parent === segment.parent) return segment.needAt;
  return needs.findIndex((need) => need.parent === segment.parent);
}

/** Demand row of a row of the need at a place; -1: left out. */
export function demandRowOfNeed(plan: NodePlan, at: number, row: number): number {
  const need = plan.needs[at];
  if (need === undefined || row >= need.day.length) return -1;
  return plan.needRow[(plan.needFrom[at] ?? 0) + row] ?? -1;
}
