import type { MasterDataIndex } from '../world/master-data-index.js';

/** An item and all its nested components, by every BOM version (MO-8). */
export function nestedItems(master: MasterDataIndex, item: string): string[] {
  const linesOf = new Map<string, string[]>();
  for (const bom of master.boms()) {
    const lines = linesOf.get(bom.item) ?? [];
    lines.push(...bom.lines.map((line) => line.item));
    linesOf.set(bom.item, lines);
  }
  const found = new Set([item]);
  for (const parent of found) for (const line of linesOf.get(parent) ?? []) found.add(line);
  return [...found];
}
