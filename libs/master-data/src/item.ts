import type { Dimensions, ProductDimension, StockDimension } from '@tidemark/kernel';
import type { CoverageSettings, OrderType } from './coverage-settings.js';

/** Settings for the nodes of an item that have these dimensions; the most specific entry wins. */
export interface DimensionCoverage {
  readonly for: Dimensions;
  /** Warehouse that refills this one: the node's orders are transfers (TR-1). */
  readonly refillFrom?: string;
  readonly settings: CoverageSettings;
}

export interface Item {
  readonly id: string;
  readonly unit?: string;
  /** Decimals that planned quantities are rounded up to, 0-6; default 6. */
  readonly decimals?: number;
  readonly coverageGroup?: string;
  readonly orderType?: OrderType;
  /** Days of the default order type. */
  readonly leadTime?: number;
  readonly leadTimes: Readonly<Partial<Record<OrderType, number>>>;
  /** Calendar whose open days the lead time counts; default calendar days. */
  readonly leadTimeCalendar?: string;
  /** Calendar that requirement and delivery dates fall on; default every day. */
  readonly calendar?: string;
  readonly productDimensions: readonly ProductDimension[];
  /** Stock dimensions netted apart; product dimensions always are. */
  readonly coverageDimensions: readonly StockDimension[];
  readonly coverage: CoverageSettings;
  readonly coverageByDimension: readonly DimensionCoverage[];
}
