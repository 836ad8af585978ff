import { isCurrent, variantOf } from './boms.js';
import { compareNodes, matches, productDimensionsOf, type PlanNode } from './nodes.js';
import { termsOf, type Ground } from './terms.js';
import { compareText } from './values.js';
import { nodeAt, type View } from './view.js';
import type { Bom, Dimensions } from './world.js';

interface Variant {
  readonly item: string;
  readonly dimensions: Dimensions;
}

function parentsOf(ground: Ground, variant: Variant): readonly Bom[] {
  return ground.master.boms.filter(
    (bom) =>
      isCurrent(bom, ground.today) &&
      bom.lines.some(
        (line) =>
          line.item === variant.item &&
          matches(productDimensionsOf(line.dimensions), variant.dimensions),
      ),
  );
}

/** LV-1: 0 in no BOM line, else 1 + the highest level of its parents. */
export function levelOf(ground: Ground, variant: Variant, path: readonly Bom[] = []): number {
  let level = 0;
  for (const bom of parentsOf(ground, variant)) {
    if (path.includes(bom)) throw new Error(`The reference does not plan circles (${bom.item})`);
    const parent = { item: bom.item, dimensions: productDimensionsOf(bom.dimensions) };
    level = Math.max(level, 1 + levelOf(ground, parent, [...path, bom]));
  }
  return level;
}

/** TR-2: how many nodes the refill chain has above this one. */
function refillDepth(view: View, ground: Ground, node: PlanNode): number {
  const item = ground.master.items[node.item];
  let depth = 0;
  for (const entry of item?.coverageByDimension ?? []) {
    if (entry.refillFrom === undefined || entry.refillFrom !== node.dimensions.warehouse) continue;
    const above = nodeAt(view, node.item, { ...node.dimensions, ...entry.for });
    if (termsOf(ground, above).refillFrom !== entry.refillFrom) continue;
    depth = Math.max(depth, 1 + refillDepth(view, ground, above));
  }
  return depth;
}

interface Place {
  readonly node: PlanNode;
  readonly level: number;
  readonly depth: number;
}

function placesOf(view: View, ground: Ground, nodes: readonly PlanNode[]): readonly Place[] {
  return nodes.map((node) => ({
    node,
    level: levelOf(ground, variantOf(node)),
    depth: refillDepth(view, ground, node),
  }));
}

/** NE-2: parents before components, refilled warehouses before their source, then by name. */
export function inPlanningOrder(
  view: View,
  ground: Ground,
  nodes: readonly PlanNode[],
): readonly PlanNode[] {
  return placesOf(view, ground, nodes)
    .toSorted(
      (left, right) =>
        left.level - right.level || left.depth - right.depth || compareNodes(left.node, right.node),
    )
    .map((place) => place.node);
}

/** TF-3: level after level, by item, of one item the refilled warehouse before its source. */
export function inFirmingOrder(
  view: View,
  ground: Ground,
  nodes: readonly PlanNode[],
): readonly PlanNode[] {
  return placesOf(view, ground, nodes)
    .toSorted(
      (left, right) =>
        left.level - right.level ||
        compareText(left.node.item, right.node.item) ||
        left.depth - right.depth ||
        compareNodes(left.node, right.node),
    )
    .map((place) => place.node);
}
