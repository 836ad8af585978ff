import { compareDimensions, compareText, type Dimensions, type Identity } from '@tidemark/kernel';
import type { NodeParameters } from '../settings/parameters.js';
import {
  emptyNodePlan,
  noDelays,
  noMessages,
  type DerivedSegment,
  type NodeDelays,
  type NodeMessages,
  type NodePlan,
} from './node-plan.js';
import type { PlannedOrder } from './planned-order.js';
import type { Handle } from './transaction-table.js';

/** Stages per level that refill chains may use; longer chains share the first. */
export const refillStagesMax = 64;

/**
 * One node of one plan: what it is netted from (its own rows), and what came out of the last run.
 * Changed only by the modules of `state` and `runs`; everything below it is a value.
 */
export interface PlanNode {
  readonly key: string;
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly identity: Identity;
  /** BOM level of the variant (LV-1). */
  level: number;
  /** Planning order: level first, then the refill chain, demand side first (NE-2). */
  stage: number;
  parameters: NodeParameters | undefined;
  /** Open issues by (firming, id): the tie order of NE-7. */
  readonly issues: Handle[];
  /** Those of them that are lines of real production orders (DL-3). */
  readonly lines: Handle[];
  readonly receipts: Handle[];
  /** Posted issues, which forecast reduction still counts (FC-3). */
  readonly shipped: Handle[];
  /** Stock on hand, may be negative. */
  stock: number;
  /** Orders that decisions keep, in the order of the decisions. */
  kept: readonly PlannedOrder[];
  plan: NodePlan;
  delays: NodeDelays;
  messages: NodeMessages;
  /** Segments of parents that point here, by parent (NE-7). */
  incoming: readonly DerivedSegment[];
}

export function createPlanNode(
  name: { key: string; item: string; dimensions: Dimensions },
  identity: Identity,
): PlanNode {
  return {
    ...name,
    identity,
    level: 0,
    stage: 0,
    parameters: undefined,
    issues: [],
    lines: [],
    receipts: [],
    shipped: [],
    stock: 0,
    kept: [],
    plan: emptyNodePlan,
    delays: noDelays,
    messages: noMessages,
    incoming: [],
  };
}

/** True for a node that has no rows, and had none in the last run. */
export function isEmptyNode(node: PlanNode): boolean {
  const { issues, receipts, shipped, kept, incoming, stock, plan } = node;
  const lists = [issues, receipts, shipped, kept, incoming, plan.orders, plan.held];
  return (
    stock === 0 &&
    lists.every((list) => list.length === 0) &&
    plan.demands.kind.length === 0 &&
    plan.supplies.kind.length === 0
  );
}

/** By item, then dimension values (NE-2). */
export function compareNodes(left: PlanNode, right: PlanNode): number {
  return compareText(left.item, right.item) || compareDimensions(left.dimensions, right.dimensions);
}

/** In planning order: by stage, then as NE-2 orders nodes. */
export function compareInPlanningOrder(left: PlanNode, right: PlanNode): number {
  return left.stage - right.stage || compareNodes(left, right);
}

/** The segments with that of `parent` replaced (or left out), still by parent. */
export function withSegment(
  incoming: readonly DerivedSegment[],
  parent: PlanNode,
  segment: DerivedSegment | undefined,
): readonly DerivedSegment[] {
  const at = incoming.findIndex((candidate) => candidate.parent === parent);
  if (at >= 0) {
    return segment === undefined ? incoming.toSpliced(at, 1) : incoming.with(at, segment);
  }
  if (segment === undefined) return incoming;
  let low = 0;
  let high = incoming.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = incoming[middle];
    if (candidate !== undefined && compareNodes(candidate.parent, parent) < 0) low = middle + 1;
    else high = middle;
  }
  return incoming.toSpliced(low, 0, segment);
}
