import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';
import type { OrderType } from '@tidemark/master-data';

/** A node's name: the item and the dimension values it is netted by. */
export interface NodeName {
  readonly item: string;
  readonly dimensions: Dimensions;
}

export type OrderStage = 'planned' | 'approved' | 'frozen';

/**
 * A planned order (AX: reqPO) as readers see it. Dates are plan days: `requirementDate` the wanted
 * date, `deliveryDate` the realistic one, delays of components included (DL-1).
 */
export interface OrderRow extends NodeName {
  readonly id: string;
  readonly type: OrderType;
  readonly status: OrderStage;
  readonly quantity: Quantity;
  readonly requirementDate: PlanDay;
  readonly orderDate: PlanDay;
  readonly startDate: PlanDay;
  readonly deliveryDate: PlanDay;
  /** The need that opened it: a transaction, `<order>/<line>`, or `safetyStock` (MO-14). */
  readonly opener: string;
  readonly ordinal: number;
  /** 0 most urgent; only of code decouplingPoint (CC-7), in millionths. */
  readonly priority?: number;
  /** The BOM version it was exploded by. */
  readonly billOfMaterial?: string;
}

/** A net requirement (AX: reqTrans): one issue or receipt as the plan sees it. */
export interface RequirementRow extends NodeName {
  /** Transaction id, `<order>/<line>`, `safetyStock:<item>`, `onHand`, or a planned order's id. */
  readonly id: string;
  readonly direction: 'issue' | 'receipt';
  readonly kind: 'onHand' | 'transaction' | 'derived' | 'safetyStock' | 'plannedOrder';
  readonly type?: string;
  /** The real order that its transaction is the receipt or a line of. */
  readonly order?: string;
  readonly quantity: Quantity;
  /** Requirement date R of an issue, availability A of a receipt; absent for stock. */
  readonly date?: PlanDay;
  /** The date the source gave. */
  readonly originalDate?: PlanDay;
  /** What nothing covers, of an issue. */
  readonly uncovered?: Quantity;
  /** What covers nothing, of a receipt. */
  readonly free?: Quantity;
  /** X of DL-1/DL-2: when the requirement is met, or the receipt is there, with all delays. */
  readonly delayedDate?: PlanDay;
  /** On hold: it takes no part in netting, messages or promises (NE-14). */
  readonly held?: boolean;
}

/** A peg (AX: reqTransCov): so much of the demand is covered by that supply. */
export interface CoverageRow extends NodeName {
  readonly demand: string;
  readonly supply: string;
  readonly quantity: Quantity;
}

export type ActionKind = 'advance' | 'postpone' | 'increase' | 'decrease' | 'cancel';

/** An action message: do this to that order (section 11). */
export interface ActionRow extends NodeName {
  readonly kind: 'action';
  readonly order: string;
  readonly action: ActionKind;
  /** Proposed delivery date, of advance and postpone. */
  readonly date?: PlanDay;
  /** Difference to the order's quantity, of increase and decrease. */
  readonly quantity?: Quantity;
}

/** A delay message (AX: futures): the requirement is met late, on that day (DL-2). */
export interface DelayRow extends NodeName {
  readonly kind: 'delay';
  readonly requirement: string;
  readonly date: PlanDay;
  readonly days: number;
  /** The supply that decides the date. */
  readonly because: string;
}

export type MessageRow = ActionRow | DelayRow;

/** Everything a plan says of one node. */
export interface NodeRows {
  readonly orders: readonly OrderRow[];
  readonly requirements: readonly RequirementRow[];
  readonly coverage: readonly CoverageRow[];
  readonly messages: readonly MessageRow[];
}

/** How much of an item neither stock nor open receipts cover, for the demands asked of (MO-21). */
export interface ShortageRow {
  readonly item: string;
  readonly quantity: Quantity;
  /** All that is in stock where it is lacking, whoever it is for. */
  readonly onHand: Quantity;
  /** The first day on which it is needed and lacking. */
  readonly date: PlanDay;
  /** The requirements that lack it. */
  readonly requirements: readonly string[];
  /** The planned orders that are to bring it. */
  readonly orders: readonly string[];
}
