import { compareText, dimensionCount, dimensionsInclude, type Dimensions } from '@tidemark/kernel';
import type { BillOfMaterial } from '@tidemark/master-data';
import type { MasterDataIndex } from '../world/master-data-index.js';

/** What a BOM version is chosen for. */
export interface VersionQuestion {
  readonly item: string;
  readonly dimensions: Dimensions;
  /** The order's requirement date. */
  readonly day: number;
  readonly quantity: number;
}

/** The version an order is exploded by (BM-1); undefined: the order stays unexploded. */
export function bomVersionFor(
  master: MasterDataIndex,
  question: VersionQuestion,
): BillOfMaterial | undefined {
  let best: BillOfMaterial | undefined;
  for (const bom of master.bomsOf(question.item)) {
    if (!fits(bom, question)) continue;
    if (best === undefined || compareVersions(bom, best) < 0) best = bom;
  }
  return best;
}

function fits(bom: BillOfMaterial, question: VersionQuestion): boolean {
  return (
    (bom.validFrom === undefined || bom.validFrom <= question.day) &&
    (bom.validTo === undefined || question.day <= bom.validTo) &&
    bom.fromQuantity <= question.quantity &&
    (bom.site === undefined || bom.site === question.dimensions.site) &&
    dimensionsInclude(question.dimensions, bom.dimensions)
  );
}

/** Site-specific first, then most dimensions, highest quantity, latest start, id (BM-1). */
function compareVersions(left: BillOfMaterial, right: BillOfMaterial): number {
  return (
    Number(right.site !== undefined) - Number(left.site !== undefined) ||
    dimensionCount(right.dimensions) - dimensionCount(left.dimensions) ||
    right.fromQuantity - left.fromQuantity ||
    (right.validFrom ?? -1) - (left.validFrom ?? -1) ||
    compareText(left.id, right.id)
  );
}
