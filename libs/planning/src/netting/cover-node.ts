import { formatIdentity } from '@tidemark/kernel';
import { coveragePolicies } from '../coverage-codes/index.js';
import { explodeOrders } from '../explosion/segments.js';
import type { NodeParameters } from '../settings/parameters.js';
import { demandKinds, supplyKinds, type NodePlan } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { coverIssues } from './cover-issues.js';
import { NettingDesk } from './desk.js';
import { finishPlan } from './finish-plan.js';
import { pegFixedLinks, pegFixedParts } from './fixed-pegs.js';
import { gatherDemands } from './gather-demands.js';
import { gatherSupplies } from './gather-supplies.js';
import { minimumRemainders } from './minimum.js';
import { OrderBook } from './order-book.js';
import { isPegged } from './pegged-line.js';
import { Remainders } from './remainders.js';

/** What stands when a node's coverage begins: a mode is nothing but this (net change, ...). */
export interface Standing {
  /** Orders that stay: kept by decisions, or by an earlier run. */
  readonly orders: readonly PlannedOrder[];
  /** Pegs that stay, put back on the desk before anything else is covered. */
  restore(desk: NettingDesk): void;
  /** Coverage of the last run that stands, by pair of rows; absent: none does (NE-3). */
  quantities?(desk: NettingDesk): ReadonlyMap<number, number>;
  /** Which demands this run covers, given when its rows are on the desk; absent: all. */
  covers?(desk: NettingDesk): (demand: number) => boolean;
  /** Nothing is covered: rows are brought up to date, pegs stay as far as they can (DU-1). */
  readonly updatesOnly?: boolean;
}

const everyDemand = (): boolean => true;
const remainders = new Remainders();

/**
 * Plans one node: fixed links, standing pegs, existing supply, then orders by the policy of its
 * coverage code, then their component needs. A pure function of the node's rows and what stands.
 */
export function coverNode(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  standing: Standing,
): NodePlan {
  const desk = new NettingDesk(state, node, parameters);
  desk.orders = [...standing.orders];
  const needRows = gatherDemands(desk);
  gatherSupplies(desk);
  const stood = standing.quantities?.(desk);
  if (stood !== undefined) pegFixedParts(desk, stood);
  else pegFixedLinks(desk);
  standing.restore(desk);
  if (stood !== undefined) pegFixedLinks(desk);
  desk.freshFrom = desk.pegCount;
  if (standing.updatesOnly !== true) coverDemands(desk, standing);
  sortOrders(desk);
  return finishPlan(desk, needRows, explodeOrders(state, node, parameters, desk.orders));
}

function coverDemands(desk: NettingDesk, standing: Standing): void {
  const covers = standing.covers?.(desk) ?? everyDemand;
  coverIssues(desk, covers);
  const book = new OrderBook(desk, takenIds(desk.state, standing.orders));
  const policy = coveragePolicies[desk.parameters.code];
  policy.propose(remaindersOf(desk, book, covers), book, desk);
}

function takenIds(state: PlanState, standing: readonly PlannedOrder[]): ReadonlySet<string> {
  if (standing.length === 0) return state.firmedIds;
  const taken = new Set(state.firmedIds);
  for (const order of standing) taken.add(formatIdentity(order.identity));
  return taken;
}

/** What is uncovered, in date order; pegged lines get orders of their own at once (BM-7). */
function remaindersOf(
  desk: NettingDesk,
  book: OrderBook,
  covers: (demand: number) => boolean,
): Remainders {
  remainders.clear();
  const pieces = desk.minimumRow >= 0 && covers(desk.minimumRow) ? minimumRemainders(desk) : [];
  let piece = 0;
  for (let demand = 0; demand < desk.demandCount; demand += 1) {
    if (desk.demandKind[demand] === demandKinds.safetyStock) continue;
    const day = desk.requiredDay[demand] ?? 0;
    for (let next = pieces[piece]; next !== undefined && next.day < day; next = pieces[piece]) {
      remainders.add(next.demand, next.day, next.quantity);
      piece += 1;
    }
    const quantity = desk.uncovered[demand] ?? 0;
    if (quantity === 0 || !covers(demand)) continue;
    if (isPegged(desk, demand)) book.openDedicated({ demand, day, quantity });
    else remainders.add(demand, day, quantity);
  }
  for (const rest of pieces.slice(piece)) remainders.add(rest.demand, rest.day, rest.quantity);
  return remainders;
}

/** Orders by requirement date, then order of making (NE-8); supplies follow to their new places. */
function sortOrders(desk: NettingDesk): void {
  const { orders } = desk;
  const sorted = orders.every(
    (order, at) => at === 0 || (orders[at - 1]?.requirementDay ?? 0) <= order.requirementDay,
  );
  if (sorted) return;
  const places = orders.map((_, at) => at);
  places.sort(
    (left, right) =>
      (orders[left]?.requirementDay ?? 0) - (orders[right]?.requirementDay ?? 0) || left - right,
  );
  const placeOf = new Map(places.map((from, to) => [from, to]));
  desk.orders = places.flatMap((from) => orders[from] ?? []);
  for (let row = 0; row < desk.supplyCount; row += 1) {
    if (desk.supplyKind[row] !== supplyKinds.order) continue;
    desk.supplySource[row] = placeOf.get(desk.supplySource[row] ?? 0) ?? 0;
  }
}
