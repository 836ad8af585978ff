import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';
import type { OrderType } from '@tidemark/master-data';

/** A component need of an order image, as it was when the decision was made. */
export interface OrderImageLine {
  readonly line: number;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly quantity: Quantity;
  readonly date: PlanDay;
  readonly pegged: boolean;
}

/** A requirement that the order served when the decision was made, and how much of it (MO-10). */
export interface ServedRequirement {
  readonly demand: string;
  readonly quantity: Quantity;
}

/** The whole image of a planned order that a decision keeps (DESIGN law 3). */
export interface OrderImage {
  readonly id: string;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly type: OrderType;
  readonly quantity: Quantity;
  readonly requirementDate: PlanDay;
  readonly orderDate: PlanDay;
  readonly startDate: PlanDay;
  readonly deliveryDate: PlanDay;
  readonly opener: string;
  readonly ordinal: number;
  readonly billOfMaterial?: string;
  /** Serves one pegged line only (BM-7). */
  readonly dedicated: boolean;
  readonly lines: readonly OrderImageLine[];
  readonly serves: readonly ServedRequirement[];
}

/** A peg that a decision keeps, with the node it stands at. */
export interface KeptPeg {
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly demand: string;
  /** `onHand`, a transaction or a planned order. */
  readonly supply: string;
  readonly quantity: Quantity;
}

export interface MarkingImage {
  readonly issue: string;
  readonly receipt: string;
  readonly quantity: Quantity;
}

/** One planned order that became a real one: its image and the entries that the journals take. */
export interface FirmedOrder {
  readonly image: OrderImage;
  readonly receipt: InventoryTransaction;
  readonly lines: readonly InventoryTransaction[];
  readonly markings: readonly MarkingImage[];
}

/** A decision: what a person (or a fence) settled about a plan. An input like any other. */
export type Decision =
  | {
      readonly kind: 'orderKept';
      readonly by: KeptBy;
      readonly plan: string;
      readonly order: OrderImage;
    }
  | { readonly kind: 'orderUnapproved'; readonly plan: string; readonly orderId: string }
  | { readonly kind: 'orderDeleted'; readonly plan: string; readonly order: OrderImage }
  | {
      readonly kind: 'ordersFirmed';
      readonly plan: string;
      readonly orders: readonly FirmedOrder[];
      /** The journal entries of the transactions made, in order; the item journals fold them. */
      readonly entries: readonly JournalEntry[];
    }
  | { readonly kind: 'marked'; readonly marking: MarkingImage }
  | {
      readonly kind: 'reserved';
      readonly issue: string;
      readonly status: 'reservedPhysical' | 'reservedOrdered' | 'onOrder';
    }
  | {
      /**
       * The orders and pegs of the whole chain below an open issue are kept for it: as long as it
       * is confirmed (MO-19), or, if that was promised, as long as it is open (PR-5).
       */
      readonly kind: 'supplyKept';
      readonly plan: string;
      readonly issue: string;
      readonly by: 'confirmedDate' | 'promise';
      /** Quantity and confirmed date of the issue when this was decided. */
      readonly quantity: Quantity;
      readonly confirmedDate?: PlanDay;
      readonly orders: readonly OrderImage[];
      readonly pegs: readonly KeptPeg[];
    }
  | { readonly kind: 'supplyReleased'; readonly plan: string; readonly issue: string }
  | {
      /** A production order was scheduled (MO-16 e). */
      readonly kind: 'scheduled';
      readonly order: string;
      readonly finiteMaterial: boolean;
    }
  | {
      /** What the fences froze when the day changed (TF-2); possibly nothing. */
      readonly kind: 'dayDecided';
      readonly plan: string;
      readonly day: PlanDay;
      readonly frozen: readonly OrderImage[];
      readonly released: readonly string[];
    };

/** Why an order is kept by later runs. */
export type KeptBy = 'approved' | 'created' | 'edited' | 'frozen';

/** What a planner may ask for; `decide` turns it into decisions or refuses it. */
export type PlannerCommand =
  | { readonly kind: 'approve'; readonly order: string; readonly plan?: string }
  | { readonly kind: 'unapprove'; readonly order: string; readonly plan?: string }
  | { readonly kind: 'delete'; readonly order: string; readonly plan?: string }
  | {
      readonly kind: 'firm';
      readonly order: string;
      readonly plan?: string;
      readonly chain?: boolean;
    }
  | {
      readonly kind: 'create';
      readonly id: string;
      readonly plan?: string;
      readonly item: string;
      readonly dimensions: Dimensions;
      readonly quantity: Quantity;
      readonly type?: OrderType;
      readonly requirementDate?: PlanDay;
      readonly deliveryDate?: PlanDay;
      readonly orderDate?: PlanDay;
    }
  | {
      readonly kind: 'edit';
      readonly order: string;
      readonly plan?: string;
      readonly quantity?: Quantity;
      readonly requirementDate?: PlanDay;
      readonly deliveryDate?: PlanDay;
      readonly orderDate?: PlanDay;
    }
  | {
      readonly kind: 'mark';
      readonly issue: string;
      readonly receipt: string;
      readonly quantity: Quantity;
    }
  | { readonly kind: 'confirmPromise'; readonly issue: string; readonly plan?: string }
  | { readonly kind: 'releasePromise'; readonly issue: string; readonly plan?: string }
  | { readonly kind: 'schedule'; readonly order: string; readonly finiteMaterial: boolean }
  | {
      readonly kind: 'autoReserve';
      readonly types?: readonly string[];
      readonly items?: readonly string[];
      readonly from?: PlanDay;
      readonly until?: PlanDay;
    };
