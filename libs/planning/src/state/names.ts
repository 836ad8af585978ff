import {
  demandKinds,
  supplyKinds,
  type DerivedSegment,
  type MarkColumn,
  type NodePlan,
  type WholeColumn,
} from './node-plan.js';
import type { PlanNode } from './plan-node.js';
import { orderIdOf, type PlannedOrder } from './planned-order.js';
import type { PlanState } from './plan-state.js';

/** What names a demand row: on the desk while netting, in the node plan afterwards. */
interface DemandRows {
  readonly node: PlanNode;
  readonly demandKind: MarkColumn;
  readonly demandSource: WholeColumn;
  readonly demandSegment: WholeColumn;
  readonly needs: readonly DerivedSegment[];
}

/** Transaction id, `<order>/<line>` or `safetyStock:<item>`. */
export function demandNameOf(state: PlanState, rows: DemandRows, demand: number): string {
  const source = rows.demandSource[demand] ?? 0;
  if (rows.demandKind[demand] === demandKinds.transaction) return state.table.ids[source] ?? '';
  if (rows.demandKind[demand] === demandKinds.safetyStock) return minimumNameOf(rows.node.item);
  return needNameOf(rows.needs[rows.demandSegment[demand] ?? 0], source);
}

/** The minimum of an item, whatever its node. */
export function minimumNameOf(item: string): string {
  return `safetyStock:${item}`;
}

/** `<order>/<line>` of a row of a segment. */
export function needNameOf(segment: DerivedSegment | undefined, row: number): string {
  const order = segment?.order[row];
  return order === undefined ? '' : `${orderIdOf(order)}/${segment?.line[row] ?? 0}`;
}

export function demandNameIn(state: PlanState, node: PlanNode, demand: number): string {
  const { demands, needs } = node.plan;
  const rows = {
    node,
    needs,
    demandKind: demands.kind,
    demandSource: demands.source,
    demandSegment: demands.segment,
  };
  return demandNameOf(state, rows, demand);
}

/** `onHand`, transaction id or planned order id. */
export function supplyNameIn(state: PlanState, plan: NodePlan, supply: number): string {
  const source = plan.supplies.source[supply] ?? 0;
  if (plan.supplies.kind[supply] === supplyKinds.onHand) return 'onHand';
  if (plan.supplies.kind[supply] === supplyKinds.transaction) return state.table.ids[source] ?? '';
  const order = plan.orders[source];
  return order === undefined ? '' : orderIdOf(order);
}

/** The planned order behind a supply row, if it is one. */
export function orderOfSupply(plan: NodePlan, supply: number): PlannedOrder | undefined {
  if (plan.supplies.kind[supply] !== supplyKinds.order) return undefined;
  return plan.orders[plan.supplies.source[supply] ?? 0];
}
