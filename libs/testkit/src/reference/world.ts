import type { Amount, Day } from './values.js';

/** The shapes of FORMAT.md, with days as numbers and quantities in millionths. */
export type DimensionName = 'configuration' | 'size' | 'color' | 'style' | 'site' | 'warehouse';
export type Dimensions = Readonly<Partial<Record<DimensionName, string | undefined>>>;

export type Direction = 'issue' | 'receipt';
export type OrderType = 'purchase' | 'production' | 'transfer' | 'kanban';
export type CoverageCode = 'requirement' | 'period' | 'minMax' | 'manual' | 'decouplingPoint';
export type FulfilMinimum = 'today' | 'todayPlusLeadTime' | 'firstIssue' | 'coverageFence';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type TransactionType =
  | 'salesOrder'
  | 'purchaseOrder'
  | 'productionOrder'
  | 'productionLine'
  | 'transferOrder'
  | 'transferReceipt'
  | 'forecast'
  | 'inventoryJournal'
  | 'kanban';

export type TransactionStatus =
  | 'onOrder'
  | 'reservedOrdered'
  | 'reservedPhysical'
  | 'picked'
  | 'deducted'
  | 'sold'
  | 'ordered'
  | 'arrived'
  | 'registered'
  | 'received'
  | 'purchased'
  | 'quotationIssue'
  | 'quotationReceipt';

export interface Calendar {
  readonly workingDays?: readonly Weekday[] | undefined;
  readonly holidays?: readonly Day[] | undefined;
}

export interface Fences {
  readonly coverageFence?: number | undefined;
  readonly freezingFence?: number | undefined;
  readonly firmingFence?: number | undefined;
  readonly explosionFence?: number | undefined;
  readonly actionFence?: number | undefined;
  readonly delayFence?: number | undefined;
}

export interface Margins {
  readonly receiptMargin?: number | undefined;
  readonly issueMargin?: number | undefined;
  readonly reorderMargin?: number | undefined;
}

export interface ActionSettings {
  readonly advance?: boolean | undefined;
  readonly postpone?: boolean | undefined;
  readonly increase?: boolean | undefined;
  readonly decrease?: boolean | undefined;
  readonly cancel?: boolean | undefined;
  readonly advanceMargin?: number | undefined;
  readonly postponeMargin?: number | undefined;
  readonly derived?: boolean | undefined;
}

export interface ForecastSettings {
  readonly reduce?: 'none' | 'transactions' | 'percent' | 'transactionsKey' | undefined;
  readonly by?: 'orders' | 'all' | undefined;
  readonly shipped?: 'count' | 'ignore' | undefined;
  readonly key?: readonly { readonly months: number; readonly percent?: Amount | undefined }[];
}

export interface AtpSettings {
  readonly backwardDemand?: number | undefined;
  readonly backwardSupply?: number | undefined;
  readonly offset?: number | undefined;
  readonly horizon?: number | undefined;
}

export interface CoverageSettings extends Fences, Margins {
  readonly code?: CoverageCode | undefined;
  readonly periodDays?: number | undefined;
  readonly minimum?: Amount | undefined;
  readonly maximum?: Amount | undefined;
  readonly fulfilMinimum?: FulfilMinimum | undefined;
  readonly positiveDays?: number | undefined;
  readonly negativeDays?: number | undefined;
  readonly orderMultiple?: Amount | undefined;
  readonly orderMinimum?: Amount | undefined;
  readonly orderMaximum?: Amount | undefined;
  readonly standardOrderQuantity?: Amount | undefined;
  readonly minimumKey?: Readonly<Record<string, Amount>> | undefined;
  readonly reorderPoint?: Amount | undefined;
  readonly spikeThreshold?: Amount | undefined;
  readonly spikeHorizon?: number | undefined;
  readonly softIssueMargin?: boolean | undefined;
  readonly orderType?: OrderType | undefined;
  readonly onHandConsumption?: 'beforeReceipts' | 'inDateOrder' | 'none' | undefined;
  readonly openReceipts?: 'use' | 'ignore' | undefined;
  readonly actions?: ActionSettings | undefined;
  readonly forecast?: ForecastSettings | undefined;
  readonly atp?: AtpSettings | undefined;
}

export interface DimensionCoverage extends CoverageSettings {
  readonly for: Dimensions;
  readonly refillFrom?: string | undefined;
}

export interface Item {
  readonly unit?: string | undefined;
  readonly decimals?: number | undefined;
  readonly coverageGroup?: string | undefined;
  readonly orderType?: OrderType | undefined;
  readonly leadTime?: number | undefined;
  readonly leadTimes?: Readonly<Partial<Record<OrderType, number | undefined>>> | undefined;
  readonly leadTimeCalendar?: string | undefined;
  readonly calendar?: string | undefined;
  readonly productDimensions?: readonly DimensionName[] | undefined;
  readonly coverageDimensions?: readonly DimensionName[] | undefined;
  readonly coverage?: CoverageSettings | undefined;
  readonly coverageByDimension?: readonly DimensionCoverage[] | undefined;
}

export interface BomLine {
  readonly item: string;
  readonly quantity: Amount;
  readonly dimensions?: Dimensions | undefined;
  readonly warehouse?: string | undefined;
  /** Percent in millionths. */
  readonly scrapPercent?: Amount | undefined;
  readonly scrapConstant?: Amount | undefined;
  readonly rounding?: { readonly multiple?: Amount | undefined } | undefined;
  readonly consumption?: 'variable' | 'constant' | undefined;
  readonly type?: 'item' | 'phantom' | 'pegged' | undefined;
  readonly flushing?: 'start' | 'finish' | 'manual' | undefined;
  readonly leadTimeOffset?: number | undefined;
}

export interface Bom {
  readonly id?: string | undefined;
  readonly item: string;
  readonly dimensions?: Dimensions | undefined;
  readonly site?: string | undefined;
  readonly validFrom?: Day | undefined;
  readonly validTo?: Day | undefined;
  readonly fromQuantity?: Amount | undefined;
  readonly perSeries?: Amount | undefined;
  readonly lines: readonly BomLine[];
}

export interface StockRecord {
  readonly item: string;
  readonly quantity: Amount;
  readonly dimensions?: Dimensions | undefined;
}

export interface Transaction {
  readonly id: string;
  readonly item: string;
  readonly direction: Direction;
  readonly type: TransactionType;
  readonly quantity: Amount;
  readonly date: Day;
  readonly status?: TransactionStatus | undefined;
  readonly dimensions?: Dimensions | undefined;
  readonly order?: string | undefined;
  readonly markedTo?: string | undefined;
  readonly confirmedDate?: Day | undefined;
  readonly hold?: boolean | undefined;
  readonly origin?: string | undefined;
  readonly reservationMode?: 'manual' | 'explosion' | 'onSchedule' | undefined;
}

export type PlanKind = 'dynamic' | 'static' | 'both';
export type Continuity = 'onRequest' | 'exact' | 'netChange' | 'netChangeMinimized';

export interface PlanSettings {
  readonly kind?: PlanKind | undefined;
  readonly continuity?: Continuity | undefined;
  readonly overrides?: Fences | undefined;
  readonly actionBasis?: 'requirementDate' | 'delayedDate' | undefined;
  readonly dynamicNegativeDays?: boolean | undefined;
  readonly setRequirementDateToDelayedDate?: boolean | undefined;
  readonly dynamicPositiveDays?: boolean | undefined;
  readonly margins?: Margins | undefined;
  readonly marginsInWorkingDays?: boolean | undefined;
  readonly firmingBasis?: 'orderDate' | 'requirementDate' | undefined;
  readonly firmingMarking?: 'none' | 'standard' | 'extended' | undefined;
  readonly firmingAllowed?: boolean | undefined;
  readonly keepSupplyForConfirmedDemand?: boolean | undefined;
  readonly automaticExplosion?: boolean | undefined;
  readonly includeQuotations?: boolean | undefined;
}

/** The world a scenario opens with. */
export interface ReferenceWorld {
  readonly today: Day;
  readonly calendars?: Readonly<Record<string, Calendar>> | undefined;
  readonly plans?: Readonly<Record<string, PlanSettings>> | undefined;
  readonly coverageGroups?: Readonly<Record<string, CoverageSettings>> | undefined;
  readonly items?: Readonly<Record<string, Item>> | undefined;
  readonly boms?: readonly Bom[] | undefined;
  readonly onHand?: readonly StockRecord[] | undefined;
  readonly transactions?: readonly Transaction[] | undefined;
}
