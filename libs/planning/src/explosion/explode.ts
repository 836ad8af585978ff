import { stepOfDecimals, type Dimensions } from '@tidemark/kernel';
import type { BillOfMaterial, BillOfMaterialLine, Item, OrderType } from '@tidemark/master-data';
import type { NodeParameters } from '../settings/parameters.js';
import type { ExplodedLine } from '../state/exploded-line.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { componentQuantity } from './bom-quantity.js';
import { bomVersionFor } from './bom-version.js';

/** BOM levels that phantoms may be nested; deeper ones are treated as items. */
const phantomDepthMax = 64;

/** What is exploded: an order, or a planner's wish for one. */
export interface OrderToExplode {
  readonly type: OrderType;
  readonly quantity: number;
  readonly requirementDay: number;
  readonly startDay: number;
}

interface Explosion {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly parameters: NodeParameters;
  readonly order: OrderToExplode;
  readonly targets: LineTargets;
  readonly lines: ExplodedLine[];
}

/** Where a line leads from one node, and the step that its quantity is rounded to. */
interface LineTarget {
  readonly item: Item | undefined;
  readonly step: number;
  /** Opened when the first order needs it. */
  node: PlanNode | undefined;
}

/** Line targets of one node, found once for all of its orders. */
export type LineTargets = Map<BillOfMaterialLine, LineTarget>;

type Exploder = (explosion: Explosion) => void;

/** How each order type asks for components. */
const exploders: Readonly<Record<OrderType, Exploder>> = {
  purchase: () => undefined,
  production: explodeByBom,
  kanban: explodeByBom,
  transfer: explodeTransfer,
};

/** The component needs of an order at a node, lines in BOM order, phantoms replaced. */
export function explodeOrder(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  order: OrderToExplode,
  targets: LineTargets = new Map(),
): ExplodedLine[] {
  const lines: ExplodedLine[] = [];
  exploders[order.type]({ state, node, parameters, order, targets, lines });
  return lines;
}

/** The version a production order is exploded by, if any (BM-1). */
function bomOf(
  state: PlanState,
  node: PlanNode,
  order: Pick<PlannedOrder, 'type' | 'requirementDay' | 'quantity'>,
): BillOfMaterial | undefined {
  if (order.type !== 'production' && order.type !== 'kanban') return undefined;
  return bomVersionFor(state.world.master, {
    item: node.item,
    dimensions: node.dimensions,
    day: order.requirementDay,
    quantity: order.quantity,
  });
}

/** The issue of a transfer at the refilling warehouse, on the ship date (TR-1). */
function explodeTransfer({ state, node, parameters, order, lines }: Explosion): void {
  const item = state.world.master.item(node.item);
  if (item === undefined || parameters.refillFrom === undefined) return;
  const target = state.nodeFor(item, { ...node.dimensions, warehouse: parameters.refillFrom });
  lines.push({ line: 1, target, day: order.startDay, quantity: order.quantity, pegged: false });
}

function explodeByBom(explosion: Explosion): void {
  const { parameters, order } = explosion;
  const fence = parameters.explosionFence;
  if (fence === 0 || order.requirementDay > parameters.today + fence) return;
  const bom = bomOf(explosion.state, explosion.node, order);
  if (bom !== undefined) explodeLines(explosion, bom, { quantity: order.quantity, depth: 0 });
}

/** Lines of one version for a quantity; phantom lines by the lines of their own version (BM-6). */
function explodeLines(
  explosion: Explosion,
  bom: BillOfMaterial,
  of: { quantity: number; depth: number; day?: number },
): void {
  const { state, node, parameters, order } = explosion;
  for (const line of bom.lines) {
    const to = targetOf(explosion, line);
    const { item, step } = to;
    const quantity = componentQuantity(line, { ...of, perSeries: bom.perSeries }, step);
    if (item === undefined || quantity === undefined || quantity <= 0) continue;
    const day = of.day ?? needDayOf(parameters, order.startDay, line.leadTimeOffset);
    if (line.type === 'phantom' && of.depth < phantomDepthMax) {
      const phantom = bomVersionFor(state.world.master, {
        item: line.item,
        dimensions: componentDimensions(node, line),
        day: order.requirementDay,
        quantity,
      });
      if (phantom !== undefined) {
        explodeLines(explosion, phantom, { quantity, depth: of.depth + 1, day });
        continue;
      }
    }
    const target = (to.node ??= state.nodeFor(item, componentDimensions(node, line)));
    const number = explosion.lines.length + 1;
    const pegged = line.type === 'pegged';
    explosion.lines.push({ line: number, target, day, quantity, pegged });
  }
}

function targetOf({ state, targets }: Explosion, line: BillOfMaterialLine): LineTarget {
  const known = targets.get(line);
  if (known !== undefined) return known;
  const item = state.world.master.item(line.item);
  const target = { item, step: stepOfDecimals(item?.decimals ?? 6), node: undefined };
  targets.set(line, target);
  return target;
}

/** The day a component is needed on: so many open days before the start, or after it (BM-4). */
function needDayOf({ leadDays }: NodeParameters, start: number, offset: number): number {
  return offset < 0 ? leadDays.forward(start, -offset) : leadDays.back(start, offset);
}

/** Line dimensions, the parent's site, the line's warehouse or the parent's (BM-5). */
function componentDimensions(node: PlanNode, line: BillOfMaterialLine): Dimensions {
  const { site, warehouse } = node.dimensions;
  const from = line.warehouse ?? line.dimensions.warehouse ?? warehouse;
  return {
    ...line.dimensions,
    ...(site === undefined ? {} : { site }),
    ...(from === undefined ? {} : { warehouse: from }),
  };
}
