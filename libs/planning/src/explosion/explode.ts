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

/** How much of a component one order needs, and when. */
export type Need = Pick<ExplodedLine, 'day' | 'quantity' | 'pegged'>;

/** Takes component needs as an explosion finds them; lines of an order count from 1. */
export interface LineSink {
  add(target: PlanNode, need: Need): void;
  /** Told of a component of which more is needed than a quantity can be: it is left out. */
  beyond?(component: string): void;
}

/** The explosion of one order after the other of one node. */
export interface Explosion {
  readonly state: PlanState;
  readonly node: PlanNode;
  readonly parameters: NodeParameters;
  order: OrderToExplode;
  readonly targets: LineTargets;
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

type Exploder = (sink: LineSink, explosion: Explosion) => void;

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
): ExplodedLine[] {
  const lines: ExplodedLine[] = [];
  const sink: LineSink = {
    add: (target, need) => lines.push({ line: lines.length + 1, target, ...need }),
  };
  explodeInto(sink, { state, node, parameters, order, targets: new Map() });
  return lines;
}

/** Components whose need for an order is beyond the largest quantity. */
export function componentsBeyond(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  order: OrderToExplode,
): ReadonlySet<string> {
  const components = new Set<string>();
  const sink: LineSink = {
    add: () => undefined,
    beyond: (component) => components.add(component),
  };
  explodeInto(sink, { state, node, parameters, order, targets: new Map() });
  return components;
}

/** What an order needs, told line by line. */
export function explodeInto(sink: LineSink, explosion: Explosion): void {
  exploders[explosion.order.type](sink, explosion);
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
function explodeTransfer(sink: LineSink, explosion: Explosion): void {
  const { state, node, parameters, order } = explosion;
  const item = state.world.master.item(node.item);
  if (item === undefined || parameters.refillFrom === undefined) return;
  const target = state.nodeFor(item, { ...node.dimensions, warehouse: parameters.refillFrom });
  sink.add(target, { day: order.startDay, quantity: order.quantity, pegged: false });
}

function explodeByBom(sink: LineSink, explosion: Explosion): void {
  const { parameters, order } = explosion;
  const fence = parameters.explosionFence;
  if (fence === 0 || order.requirementDay > parameters.today + fence) return;
  const bom = bomOf(explosion.state, explosion.node, order);
  if (bom !== undefined) explodeLines(sink, explosion, { bom, quantity: order.quantity, depth: 0 });
}

interface VersionToExplode {
  readonly bom: BillOfMaterial;
  readonly quantity: number;
  /** Phantoms above it. */
  readonly depth: number;
  /** The day its lines are needed on; absent: by the order and each line's offset. */
  readonly day?: number;
}

/** Lines of one version for a quantity; phantom lines by the lines of their own version (BM-6). */
function explodeLines(sink: LineSink, explosion: Explosion, of: VersionToExplode): void {
  const { state, node, parameters, order } = explosion;
  const { bom } = of;
  const made = { quantity: of.quantity, perSeries: bom.perSeries };
  for (const line of bom.lines) {
    const to = targetOf(explosion, line);
    const { item, step } = to;
    const quantity = componentQuantity(line, made, step);
    if (quantity === undefined) {
      state.overfull.add(node);
      sink.beyond?.(line.item);
    }
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
        explodeLines(sink, explosion, { bom: phantom, quantity, depth: of.depth + 1, day });
        continue;
      }
    }
    const target = (to.node ??= state.nodeFor(item, componentDimensions(node, line)));
    sink.add(target, { day, quantity, pegged: line.type === 'pegged' });
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
