import type { Amount, Day } from './values.js';
import type { Bom, Calendar, CoverageSettings, Dimensions, Item } from './world.js';
import type { OrderType, StockRecord } from './world.js';
import type { Transaction, TransactionType } from './world.js';

export type RunMode =
  'regeneration' | 'netChange' | 'netChangeMinimized' | 'explosion' | 'explosionRegeneration';

export interface RunOptions {
  readonly currentExplosion?: boolean | undefined;
  readonly markingAndReservation?: boolean | undefined;
  readonly autoReservation?: boolean | undefined;
}

export interface RunRequest {
  readonly plan?: string | undefined;
  readonly mode: RunMode;
  readonly items?: readonly string[] | undefined;
  readonly of?: string | undefined;
  readonly scope?: 'full' | 'item' | undefined;
  readonly options?: RunOptions | undefined;
}

/** An order of a plan: its name, or the name with the plan. */
export type OrderChoice =
  | string
  | {
      readonly order: string;
      readonly plan?: string | undefined;
      readonly chain?: boolean | undefined;
    };

export interface CreateOrder {
  readonly id: string;
  readonly item: string;
  readonly quantity: Amount;
  readonly requirementDate?: Day | undefined;
  readonly deliveryDate?: Day | undefined;
  readonly orderDate?: Day | undefined;
  readonly type?: OrderType | undefined;
  readonly dimensions?: Dimensions | undefined;
  readonly plan?: string | undefined;
}

export interface EditOrder {
  readonly order: string;
  readonly quantity?: Amount | undefined;
  readonly requirementDate?: Day | undefined;
  readonly deliveryDate?: Day | undefined;
  readonly orderDate?: Day | undefined;
  readonly plan?: string | undefined;
}

export interface MarkPair {
  readonly issue: string;
  readonly receipt: string;
  readonly quantity?: Amount | undefined;
}

export interface ReserveFilter {
  readonly types?: readonly TransactionType[] | undefined;
  readonly items?: readonly string[] | undefined;
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

/** One entry of a `change` step. */
export type Change =
  | { readonly upsert: Transaction }
  | { readonly remove: string }
  | { readonly onHand: StockRecord }
  | { readonly item: Readonly<Record<string, Item>> }
  | { readonly bom: Bom }
  | { readonly group: Readonly<Record<string, CoverageSettings>> }
  | { readonly calendar: Readonly<Record<string, Calendar>> }
  | { readonly approve: OrderChoice }
  | { readonly unapprove: OrderChoice }
  | { readonly delete: OrderChoice }
  | { readonly firm: OrderChoice }
  | { readonly create: CreateOrder }
  | { readonly edit: EditOrder }
  | { readonly mark: MarkPair }
  | { readonly schedule: { readonly order: string; readonly finiteMaterial?: boolean | undefined } }
  | { readonly autoReserve: ReserveFilter };

export interface PromiseRequest {
  readonly id: string;
  readonly item: string;
  readonly quantity: Amount;
  readonly date: Day;
  readonly method: 'ctp' | 'atp' | 'atpIssueMargin';
  readonly dimensions?: Dimensions | undefined;
  readonly plan?: string | undefined;
}

export type Step =
  | { readonly run: RunRequest }
  | { readonly change: readonly Change[] }
  | { readonly today: Day }
  | { readonly copyPlan: { readonly from: string; readonly to: string } }
  | { readonly setCurrent: { readonly dynamic: string } }
  | { readonly promise: PromiseRequest };
