import { dimensionsKey, type Dimensions } from '@tidemark/kernel';
import type { CoverageSettings, Item } from '@tidemark/master-data';
import type { MasterDataIndex } from '../world/master-data-index.js';

/** The dimensions at which master data call for stock by themselves (SS-1, CC-7). */
export function* placesToStock(master: MasterDataIndex, item: Item): Generator<Dimensions> {
  const plain = item.productDimensions.length + item.coverageDimensions.length === 0;
  const group = master.group(item.coverageGroup)?.settings;
  if (plain && callsForStock({ ...group, ...item.coverage })) yield {};
  for (const entry of item.coverageByDimension) {
    if (callsForStock(entry.settings)) yield entry.for;
  }
}

/** True if master data call for stock of the item at exactly these planned dimensions. */
export function isPlaceToStock(master: MasterDataIndex, item: Item, planned: Dimensions): boolean {
  const key = dimensionsKey(planned);
  for (const place of placesToStock(master, item)) if (dimensionsKey(place) === key) return true;
  return false;
}

function callsForStock({ minimum, reorderPoint }: CoverageSettings): boolean {
  return (minimum ?? 0) > 0 || (reorderPoint ?? 0) > 0;
}
