import { coveragePolicies } from '../coverage-codes/index.js';
import type { CoverageSettings, DimensionCoverage, Item } from '@tidemark/master-data';
import { earliestDayOf } from '../settings/dates.js';
import { settingsOf, type NodeParameters } from '../settings/parameters.js';
import type { MasterDataIndex } from '../world/master-data-index.js';
import { demandKinds } from '../state/node-plan.js';
import { compareInPlanningOrder, type PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import type { Horizon } from './figures.js';

/** A node of the plan with what it is planned by. */
export interface NodeRead {
  readonly node: PlanNode;
  readonly item: Item;
  readonly parameters: NodeParameters;
  /** E - T: of the default order type, with margins, in days (DA-6). */
  readonly leadTime: number;
  readonly settings: CoverageSettings;
  /** The coverage entry of its dimensions, if it has one. */
  readonly entry: DimensionCoverage | undefined;
}

/** What the rules read: a plan just regenerated, in planning order. */
export interface PlanRead {
  readonly state: PlanState;
  readonly master: MasterDataIndex;
  readonly nodes: readonly NodeRead[];
  readonly today: number;
  readonly horizon: Horizon;
}

const horizonDaysLeast = 100;
const horizonDaysMost = 730;

/** Reads all nodes that are planned; those on a circle are not. */
export function readPlan(state: PlanState): PlanRead {
  const { master } = state.world;
  const nodes: NodeRead[] = [];
  let days = horizonDaysLeast;
  const inOrder = [...state.nodes.values()].sort(compareInPlanningOrder);
  for (const node of inOrder) {
    const item = master.item(node.item);
    const parameters = state.parametersOf(node);
    if (item === undefined || parameters === undefined) continue;
    if (state.circleAt(node) !== undefined) continue;
    const leadTime = earliestDayOf(parameters) - state.today;
    days = Math.max(days, Math.min(parameters.coverageFence, horizonDaysMost));
    nodes.push({ node, item, parameters, leadTime, ...settingsOf(master, item, node.dimensions) });
  }
  return { state, master, nodes, today: state.today, horizon: { from: state.today, days } };
}

/** The nodes by item, in their order. */
export function nodesByItem(nodes: Iterable<NodeRead>): Map<string, NodeRead[]> {
  const byItem = new Map<string, NodeRead[]>();
  for (const each of nodes) {
    const known = byItem.get(each.item.id);
    if (known === undefined) byItem.set(each.item.id, [each]);
    else known.push(each);
  }
  return byItem;
}

/** What an item is used up by: quantity a day over the days in which it is asked for. */
export interface Usage {
  readonly quantity: number;
  /** Days on which something is needed, and from today to the last of them. */
  readonly needDays: number;
  readonly span: number;
}

/** Demand from today on, the minimum left out. */
export function usageOf({ node, parameters }: NodeRead): Usage {
  const { demands } = node.plan;
  const days = new Set<number>();
  let quantity = 0;
  let last = parameters.today;
  for (let row = 0; row < demands.kind.length; row += 1) {
    const day = demands.requiredDay[row] ?? 0;
    if (demands.kind[row] === demandKinds.safetyStock) continue;
    days.add(day);
    quantity += demands.quantity[row] ?? 0;
    last = Math.max(last, day);
  }
  return { quantity, needDays: days.size, span: last - parameters.today + 1 };
}

/** True of what is bought or made, not refilled from another warehouse. */
export function isBoughtOrMade({ parameters }: NodeRead): boolean {
  return parameters.orderType === 'purchase' || parameters.orderType === 'production';
}

/** True if planning proposes orders for it (CC: every code but manual). */
export function isPlanned({ parameters }: NodeRead): boolean {
  return coveragePolicies[parameters.code].proposesOrders;
}

/** True if its code looks at positive and negative days at all. */
export function hasWindows({ parameters }: NodeRead): boolean {
  const policy = coveragePolicies[parameters.code];
  return policy.proposesOrders && !policy.ignoresWindows;
}
