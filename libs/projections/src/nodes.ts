import { dimensionsKey, dimensionsOfKey, type Dimensions } from '@tidemark/kernel';
import type { Row } from './tables.js';
import { textIn } from './cells.js';

/** Columns that say whose row it is: a plan of a company. */
export const planColumns = { company: 'text', plan: 'text' } as const;

/** Columns that name a node of a plan; the dimensions as one text (`dimensionsKey`). */
export const nodeColumns = { ...planColumns, item: 'text', dimensions: 'text' } as const;

interface OfPlan {
  readonly company: string;
  readonly plan: string;
}

interface Placed {
  readonly item: string;
  readonly dimensions: Dimensions;
}

/** The cells that name a node. */
export function nodeCells({ company, plan }: OfPlan, { item, dimensions }: Placed) {
  return { company, plan, item, dimensions: dimensionsKey(dimensions) } as const;
}

export function shownNode(row: Row): Placed {
  const dimensions = dimensionsOfKey(textIn(row, 'dimensions'));
  return { item: textIn(row, 'item'), dimensions };
}
