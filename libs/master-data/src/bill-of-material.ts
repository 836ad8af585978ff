import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';

export interface BillOfMaterialLine {
  readonly item: string;
  readonly quantity: Quantity;
  readonly dimensions: Dimensions;
  readonly warehouse?: string;
  /** Percent in millionths: 5 % is 5,000,000. */
  readonly scrapPercent: number;
  readonly scrapConstant: Quantity;
  /** The line's quantity is rounded up to a multiple of this. */
  readonly roundingMultiple?: Quantity;
  readonly consumption: 'variable' | 'constant';
  readonly type: 'item' | 'phantom' | 'pegged';
  readonly flushing: 'start' | 'finish' | 'manual';
  /** Days the component is needed before the start, in open days of the lead-time calendar. */
  readonly leadTimeOffset: number;
}

/** One version of a bill of material of an item or of a variant of it (AX: BOMVersion). */
export interface BillOfMaterial {
  readonly id: string;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly site?: string;
  readonly validFrom?: PlanDay;
  readonly validTo?: PlanDay;
  readonly fromQuantity: Quantity;
  /** Quantity of the parent that the line quantities are for. */
  readonly perSeries: Quantity;
  readonly lines: readonly BillOfMaterialLine[];
}
