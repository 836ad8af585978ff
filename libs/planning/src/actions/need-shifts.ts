import { receiptDeliveryOf } from '../settings/dates.js';
import { demandKinds, type ActionMessage } from '../state/node-plan.js';
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
      shift = shiftOfRealOrder(state, source);
    }
    if (shift !== 0) {
      shifts ??= new Array<number>(demands.kind.length).fill(0);
      shifts[row] = shift;
    }
  }
  return shifts;
}

/** A line of a real production order moves with the order's receipt. */
function shiftOfRealOrder(state: PlanState, line: number): number {
  const image = state.table.image(line);
  if (image?.type !== 'productionLine' || image.order === undefined) return 0;
  for (const other of state.orderGroups.get(image.order) ?? []) {
    const receiptNode = state.nodeOfHandle[other];
    if (receiptNode === undefined || receiptNode.messages.shifts.size === 0) continue;
    const shift = receiptNode.messages.shifts.get(state.table.ids[other] ?? '');
    if (shift !== undefined) return shift;
  }
  return 0;
}

const noShifts: ReadonlyMap<string, number> = new Map();

/** What a node's own advance and postpone messages move its orders by (AC-9). */
export function shiftsOfMessages(
  state: PlanState,
  node: PlanNode,
  actions: readonly ActionMessage[],
): ReadonlyMap<string, number> {
  let shifts: Map<string, number> | undefined;
  for (const message of actions) {
    if (message.day === undefined) continue;
    shifts ??= new Map();
    const now = deliveryOf(state, node, message.supply);
    shifts.set(supplyNameIn(state, node.plan, message.supply), message.day - now);
  }
  return shifts ?? noShifts;
}

function deliveryOf(state: PlanState, node: PlanNode, supply: number): number {
  const order = orderOfSupply(node.plan, supply);
  if (order !== undefined) return order.deliveryDay;
  const day = state.table.day[node.plan.supplies.source[supply] ?? 0] ?? 0;
  const parameters = state.parametersOf(node);
  return parameters === undefined ? day : receiptDeliveryOf(day, parameters);
}
