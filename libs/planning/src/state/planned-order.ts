import { formatIdentity, type Identity } from '@tidemark/kernel';
import type { OrderType } from '@tidemark/master-data';
import type { KeptBy, OrderImage } from '../api/decisions.js';
import type { OrderStage } from '../api/rows.js';
import type { ExplodedLine } from './exploded-line.js';

/** The need that opened an order (MO-14): its name is worked out only when somebody looks. */
export type Opener =
  | { readonly kind: 'transaction'; readonly id: string; readonly identity: Identity }
  | { readonly kind: 'safetyStock' }
  | { readonly kind: 'derived'; readonly order: PlannedOrder; readonly line: number }
  | { readonly kind: 'named'; readonly name: string };

/**
 * A planned order as planning holds it. Immutable: a changed order is another value with (usually)
 * the same identity. Quantities in millionths, days as numbers.
 */
export interface PlannedOrder {
  readonly identity: Identity;
  /** The author's id of an order that a planner created; others show their identity. */
  readonly name: string | undefined;
  readonly opener: Opener;
  readonly ordinal: number;
  readonly type: OrderType;
  readonly quantity: number;
  readonly requirementDay: number;
  readonly orderDay: number;
  readonly startDay: number;
  readonly deliveryDay: number;
  /** Day from which coverage counts it (NE-9). */
  readonly coverageDay: number;
  /** A by its own dates, before the delays of its components. */
  readonly ownAvailableDay: number;
  readonly stage: OrderStage;
  /** Kept by a decision or by an earlier run; undefined: made in this run. */
  readonly keptBy: KeptBy | 'earlierRun' | undefined;
  readonly image: OrderImage | undefined;
  /** Component needs that stay as they are (kept orders); undefined: exploded by the BOM. */
  readonly fixedLines: readonly ExplodedLine[] | undefined;
  /** Serves one pegged line only (BM-7). */
  readonly dedicated: boolean;
  /** In millionths, of code decouplingPoint. */
  readonly priority: number | undefined;
}

export function orderIdOf(order: PlannedOrder): string {
  return order.name ?? formatIdentity(order.identity);
}

export function openerNameOf(opener: Opener): string {
  switch (opener.kind) {
    case 'transaction':
      return opener.id;
    case 'safetyStock':
      return 'safetyStock';
    case 'derived':
      return `${orderIdOf(opener.order)}/${opener.line}`;
    case 'named':
      return opener.name;
  }
}

export function sameIdentity(left: Identity, right: Identity): boolean {
  return left.high === right.high && left.low === right.low;
}
