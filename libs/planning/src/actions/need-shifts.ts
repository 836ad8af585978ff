import { receiptDeliveryOf } from '../settings/dates.js';
import { isBelow } from '../delays/real-orders.js';
import { demandKinds, type ActionMessage, type NodeMessages } from '../state/node-plan.js';
import { orderOfSupply, supplyNameIn } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * Days by which the messages of parents move the needs of this node, by demand row (AC-9);
 * undefined when none does.
 */
export function needShifts(state: PlanState, node: PlanNode): number[] | undefined {
  const { demands, needs } = node.plan;
  let shifts: number[] | undefined;
  for (let row = 0; row < demands.kind.length; row += 1) {
    const source = demands.source[row] ?? 0;
    let shift = 0;
    if (demands.kind[row] === demandKinds.derived) {
      const segment = needs[demands.segment[row] ?? 0];
      const order = segment?.order[source];
      if (segment !== undefined && order !== undefined && segment.parent.messages.shifts.size > 0) {
        shift = segment.parent.messages.shifts.get(orderIdOf(order)) ?? 0;
      }
    } else if (demands.kind[row] === demandKinds.transaction) {
      shift = shiftOfRealOrder(state, node, source);
    }
    if (shift !== 0) {
      shifts ??= new Array<number>(demands.kind.length).fill(0);
      shifts[row] = shift;
    }
  }
  return shifts;
}

/** A line of a real production order moves with the order's receipt, if that stands above it. */
function shiftOfRealOrder(state: PlanState, node: PlanNode, line: number): number {
  const image = state.table.image(line);
  if (image?.type !== 'productionLine' || image.order === undefined) return 0;
  for (const other of state.orderGroups.get(image.order) ?? []) {
    const receiptNode = state.nodeOfHandle[other];
    if (receiptNode === undefined || !isBelow(node, receiptNode)) continue;
    const shift = receiptNode.messages.shifts.get(image.order);
    if (shift !== undefined) return shift;
  }
  return 0;
}

type Shifts = NodeMessages['shifts'];

/**
 * Nodes whose needs move otherwise than before when the messages of a node do: components of its
 * planned orders, lines of its real ones (AC-9).
 */
export function* nodesMovedBy(state: PlanState, node: PlanNode, before: Shifts) {
  const { shifts } = node.messages;
  for (const { target } of node.plan.derived) yield target;
  for (const order of new Set([...before.keys(), ...shifts.keys()])) {
    if (before.get(order) === shifts.get(order)) continue;
    for (const line of state.orderGroups.get(order) ?? []) {
      const lineNode = state.nodeOfHandle[line];
      if (state.table.image(line)?.type !== 'productionLine' || lineNode === undefined) continue;
      if (isBelow(lineNode, node)) yield lineNode;
    }
  }
}

const noShifts: Shifts = new Map();

/**
 * What a node's own advance and postpone messages move its orders by (AC-9), by the planned order's
 * id or the real order's name.
 */
export function shiftsOfMessages(
  state: PlanState,
  node: PlanNode,
  actions: readonly ActionMessage[],
): Shifts {
  let shifts: Map<string, number> | undefined;
  for (const message of actions) {
    if (message.day === undefined) continue;
    shifts ??= new Map();
    const now = deliveryOf(state, node, message.supply);
    shifts.set(movedOrder(state, node, message.supply), message.day - now);
  }
  return shifts ?? noShifts;
}

function movedOrder(state: PlanState, node: PlanNode, supply: number): string {
  const name = supplyNameIn(state, node.plan, supply);
  if (orderOfSupply(node.plan, supply) !== undefined) return name;
  return state.table.image(node.plan.supplies.source[supply] ?? 0)?.order ?? name;
}

function deliveryOf(state: PlanState, node: PlanNode, supply: number): number {
  const order = orderOfSupply(node.plan, supply);
  if (order !== undefined) return order.deliveryDay;
  const day = state.table.day[node.plan.supplies.source[supply] ?? 0] ?? 0;
  const parameters = state.parametersOf(node);
  return parameters === undefined ? day : receiptDeliveryOf(day, parameters);
}
