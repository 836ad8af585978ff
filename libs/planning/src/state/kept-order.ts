import { identityOfText } from '@tidemark/kernel';
import type { KeptBy, OrderImage } from '../api/decisions.js';
import { afterReceiptMargin } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { ExplodedLine } from './exploded-line.js';
import type { PlanNode } from './plan-node.js';
import type { PlannedOrder } from './planned-order.js';
import type { PlanState } from './plan-state.js';

/** Text of an id that planning made itself; others were given by a planner. */
const ownId = /^p[0-9a-f]{26}$/;

/** The order that a decision keeps, from its image (MO-10). */
export function keptOrderOf(
  state: PlanState,
  image: OrderImage,
  by: KeptBy,
  parameters: NodeParameters,
): PlannedOrder {
  return {
    identity: identityOfText(image.id),
    name: ownId.test(image.id) ? undefined : image.id,
    opener: { kind: 'named', name: image.opener },
    ordinal: image.ordinal,
    type: image.type,
    quantity: image.quantity,
    requirementDay: image.requirementDate,
    orderDay: image.orderDate,
    startDay: image.startDate,
    deliveryDay: image.deliveryDate,
    ...availabilityOf(image.requirementDate, image.deliveryDate, parameters),
    stage: by === 'frozen' ? 'frozen' : 'approved',
    keptBy: by,
    image,
    fixedLines: linesOf(state, image),
    dedicated: image.dedicated,
    priority: undefined,
  };
}

/** When coverage counts a kept order, and A by its own dates (NE-9, DL-1). */
export function availabilityOf(
  requirementDay: number,
  deliveryDay: number,
  parameters: NodeParameters,
): { coverageDay: number; ownAvailableDay: number } {
  const available = afterReceiptMargin(deliveryDay, parameters);
  const earliest = parameters.itemDays.next(parameters.today);
  return {
    coverageDay: Math.max(Math.min(requirementDay, available), earliest),
    ownAvailableDay: available,
  };
}

/** Orders of a node that decisions keep, counted from their days as the node now sees them. */
export function refreshKept(node: PlanNode, parameters: NodeParameters): void {
  if (node.kept.length === 0) return;
  node.kept = node.kept.map((order) => {
    const { requirementDay, deliveryDay, coverageDay, ownAvailableDay } = order;
    const now = availabilityOf(requirementDay, deliveryDay, parameters);
    const same = now.coverageDay === coverageDay && now.ownAvailableDay === ownAvailableDay;
    return same ? order : { ...order, ...now };
  });
}

function linesOf(state: PlanState, image: OrderImage): ExplodedLine[] {
  const lines: ExplodedLine[] = [];
  for (const line of image.lines) {
    const item = state.world.master.item(line.item);
    if (item === undefined) continue;
    const target = state.nodeFor(item, line.dimensions);
    lines.push({
      line: line.line,
      target,
      day: line.date,
      quantity: line.quantity,
      pegged: line.pegged,
    });
  }
  return lines;
}
