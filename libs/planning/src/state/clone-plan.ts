import type { PlanDefinition } from '../api/plan-definition.js';
import type { DerivedSegment, NodePlan } from './node-plan.js';
import type { PlanNode } from './plan-node.js';
import type { PlannedOrder } from './planned-order.js';
import { PlanState, type World } from './plan-state.js';

/**
 * A plan with the whole state of another, under its own definition (MO-9); over another world if
 * its settings are to be tried.
 */
export function clonePlan(
  from: PlanState,
  definition: PlanDefinition,
  world: World = from.world,
): PlanState {
  const to = new PlanState(world, definition, from.today);
  to.table.copyFrom(from.table);
  to.markings.copyFrom(from.markings);
  for (const [item, stock] of from.stock) to.stock.set(item, stock.clone());
  to.keptSupply.copyFrom(from.keptSupply);
  for (const id of from.firmedIds) to.firmedIds.add(id);
  for (const id of from.minimumServers) to.minimumServers.add(id);
  for (const id of from.gone) to.gone.add(id);
  for (const id of from.deleted) to.deleted.add(id);
  for (const id of from.unapproved) to.unapproved.add(id);
  for (const id of from.scheduled) to.scheduled.add(id);
  for (const [id, successor] of from.successors) to.successors.set(id, successor);
  for (const [order, handles] of from.orderGroups) to.orderGroups.set(order, new Set(handles));
  new PlanCloner(from, to).cloneNodes();
  return to;
}

/** Nodes, orders and segments name each other: each is copied once and found again. */
class PlanCloner {
  readonly #from: PlanState;
  readonly #to: PlanState;
  readonly #nodes = new Map<PlanNode, PlanNode>();
  readonly #orders = new Map<PlannedOrder, PlannedOrder>();
  readonly #segments = new Map<DerivedSegment, DerivedSegment>();

  constructor(from: PlanState, to: PlanState) {
    this.#from = from;
    this.#to = to;
  }

  cloneNodes(): void {
    for (const node of this.#from.nodes.values()) this.#open(node);
    for (const [old, node] of this.#nodes) {
      node.kept = old.kept.map((order) => this.#order(order));
      node.incoming = old.incoming.map((segment) => this.#segment(segment));
      node.plan = this.#plan(old.plan);
      node.delays = old.delays;
      node.messages = old.messages;
    }
    for (const node of this.#from.rework) this.#to.rework.add(this.#node(node));
    for (const [handle, node] of this.#from.nodeOfHandle.entries()) {
      this.#to.nodeOfHandle[handle] = node === undefined ? undefined : this.#node(node);
    }
  }

  #open(old: PlanNode): void {
    const node: PlanNode = {
      ...old,
      parameters: undefined,
      issues: [...old.issues],
      lines: [...old.lines],
      receipts: [...old.receipts],
      shipped: [...old.shipped],
    };
    this.#nodes.set(old, node);
    this.#to.nodes.set(node.key, node);
    const siblings = this.#to.nodesOfItem.get(node.item);
    if (siblings === undefined) this.#to.nodesOfItem.set(node.item, [node]);
    else siblings.push(node);
  }

  #node(old: PlanNode): PlanNode {
    const node = this.#nodes.get(old);
    if (node === undefined) throw new Error('Every node of a plan is copied.');
    return node;
  }

  #order(old: PlannedOrder): PlannedOrder {
    if (old.fixedLines === undefined) return old;
    const known = this.#orders.get(old);
    if (known !== undefined) return known;
    const lines = old.fixedLines.map((line) => ({ ...line, target: this.#node(line.target) }));
    const order = { ...old, fixedLines: lines };
    this.#orders.set(old, order);
    return order;
  }

  #segment(old: DerivedSegment): DerivedSegment {
    const known = this.#segments.get(old);
    if (known !== undefined) return known;
    const segment: DerivedSegment = {
      ...old,
      parent: this.#node(old.parent),
      target: this.#node(old.target),
      order: old.order.map((order) => this.#order(order)),
    };
    this.#segments.set(old, segment);
    return segment;
  }

  #plan(old: NodePlan): NodePlan {
    return {
      ...old,
      orders: old.orders.map((order) => this.#order(order)),
      needs: old.needs.map((segment) => this.#segment(segment)),
      derived: old.derived.map((segment) => this.#segment(segment)),
    };
  }
}
