import type { Quantity } from '@tidemark/kernel';

export type CoverageCode = 'requirement' | 'period' | 'minMax' | 'manual' | 'decouplingPoint';
export type FulfilMinimum = 'today' | 'todayPlusLeadTime' | 'firstIssue' | 'coverageFence';
export type OrderType = 'purchase' | 'production' | 'transfer' | 'kanban';
export type OnHandConsumption = 'beforeReceipts' | 'inDateOrder' | 'none';

/** Which action messages are wanted, and the days within which none is given. */
export interface ActionSettings {
  readonly advance?: boolean;
  readonly postpone?: boolean;
  readonly increase?: boolean;
  readonly decrease?: boolean;
  readonly cancel?: boolean;
  readonly advanceMargin?: number;
  readonly postponeMargin?: number;
  readonly derived?: boolean;
}

export interface ReductionRow {
  /** End of the row, in months from today. */
  readonly months: number;
  /** In millionths of a percent. */
  readonly percent?: number;
}

export interface ForecastSettings {
  readonly reduce?: 'none' | 'transactions' | 'percent' | 'transactionsKey';
  readonly by?: 'all' | 'orders';
  readonly shipped?: 'count' | 'ignore';
  readonly key?: readonly ReductionRow[];
}

/** Days that an available-to-promise answer looks back and forward (PR-1). */
export interface AvailableToPromiseSettings {
  readonly backwardDemand?: number;
  readonly backwardSupply?: number;
  readonly offset?: number;
  readonly horizon?: number;
}

/**
 * The parameters an item is planned by. Every key is optional: an absent one falls through from
 * dimension entry to item to coverage group to the default stated in planning.md (section 17).
 */
export interface CoverageSettings {
  readonly code?: CoverageCode;
  /** Days of a period, the first included. */
  readonly periodDays?: number;
  readonly minimum?: Quantity;
  readonly maximum?: Quantity;
  readonly fulfilMinimum?: FulfilMinimum;
  readonly positiveDays?: number;
  readonly negativeDays?: number;
  readonly coverageFence?: number;
  readonly freezingFence?: number;
  readonly firmingFence?: number;
  readonly explosionFence?: number;
  readonly actionFence?: number;
  readonly delayFence?: number;
  readonly receiptMargin?: number;
  readonly issueMargin?: number;
  readonly reorderMargin?: number;
  readonly orderMultiple?: Quantity;
  readonly orderMinimum?: Quantity;
  readonly orderMaximum?: Quantity;
  readonly standardOrderQuantity?: Quantity;
  /** Factor of the minimum (millionths) from this month (1-12) on (SS-8). */
  readonly minimumKey?: Readonly<Record<number, number>>;
  readonly reorderPoint?: Quantity;
  readonly spikeThreshold?: Quantity;
  readonly spikeHorizon?: number;
  readonly softIssueMargin?: boolean;
  readonly orderType?: OrderType;
  readonly onHandConsumption?: OnHandConsumption;
  readonly openReceipts?: 'use' | 'ignore';
  readonly actions?: ActionSettings;
  readonly forecast?: ForecastSettings;
  readonly atp?: AvailableToPromiseSettings;
  /** Calendar of the coverage group; `D:po/safety-margins` says what each calendar counts for. */
  readonly coverageCalendar?: string;
  /** Calendar of the warehouse, where warehouses are planned apart. */
  readonly warehouseCalendar?: string;
  /** Calendar of the vendor, of what is bought. */
  readonly vendorCalendar?: string;
}

/** The keys under which settings name calendars. */
export const calendarKeys = ['coverageCalendar', 'warehouseCalendar', 'vendorCalendar'] as const;

export interface CoverageGroup {
  readonly id: string;
  readonly settings: CoverageSettings;
}
