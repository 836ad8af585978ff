import { identityOfText } from '@tidemark/kernel';
import type { Decision, MarkingImage, OrderImage } from '../api/decisions.js';
import type { NodeCause } from '../api/runs.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { nodesOfSupply, type KeptSupply } from '../state/kept-supply.js';
import { keptOrderOf } from '../state/kept-order.js';
import { minimumNameOf } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import { explosionsOf } from './triggers.js';

/** A decision as one plan takes it: where it stands, and whether it was made on this plan. */
interface Taking {
  readonly keeper: PlanKeeper;
  readonly position: string;
  readonly cause: NodeCause;
  readonly own: boolean;
}

/**
 * Puts a decision into a plan. On the plan it was made on (`current` for those that name none) it
 * shows at once; other plans see what is for all of them at their next run.
 */
export function applyDecision(
  keeper: PlanKeeper,
  decision: Decision,
  { position, current }: { readonly position: string; readonly current: boolean },
): void {
  const cause: NodeCause = { kind: 'decision', position, name: decision.kind };
  const own = 'plan' in decision ? decision.plan === keeper.definition.id : current;
  const taking = { keeper, position, cause, own };
  put(taking, decision);
  for (const trigger of explosionsOf(keeper, decision, own)) keeper.trigger(trigger);
}

function put(taking: Taking, decision: Decision): void {
  const { keeper, own } = taking;
  switch (decision.kind) {
    case 'orderKept':
      if (own) keep(taking, decision.order, decision.by);
      return;
    case 'orderUnapproved':
      if (!own) return;
      keeper.state.unapproved.add(decision.orderId);
      release(taking, decision.orderId);
      return;
    case 'orderDeleted':
      if (!own) return;
      keeper.state.gone.add(decision.order.id);
      keeper.state.deleted.add(decision.order.id);
      return release(taking, decision.order.id);
    case 'ordersFirmed':
      return firm(taking, decision);
    case 'marked':
      return mark(taking, decision.marking);
    case 'reserved':
      keeper.state.markings.reserve(decision.issue, decision.status);
      return touchTransaction(taking, decision.issue);
    case 'scheduled':
      return;
    case 'supplyKept':
      return keepSupply(taking, decision);
    case 'supplyReleased':
      return releaseSupply(taking, decision.issue);
    case 'dayDecided':
      if (!own) return;
      for (const id of decision.released) release(taking, id);
      for (const image of decision.frozen) keep(taking, image, 'frozen');
  }
}

function keep(taking: Taking, image: OrderImage, by: Parameters<typeof keptOrderOf>[2]): void {
  const { state } = taking.keeper;
  const item = state.world.master.item(image.item);
  if (item === undefined) return;
  const node = state.nodeFor(item, image.dimensions);
  const parameters = state.parametersOf(node);
  if (parameters === undefined) return;
  state.gone.delete(image.id);
  state.deleted.delete(image.id);
  state.unapproved.delete(image.id);
  const order = keptOrderOf(state, image, by, parameters);
  node.kept = [...without(node, image.id), order];
  touch(taking, node);
}

function firm(taking: Taking, decision: Extract<Decision, { kind: 'ordersFirmed' }>): void {
  const { keeper, position, cause, own } = taking;
  for (const { image, receipt } of decision.orders) {
    keeper.state.firmedIds.add(image.id);
    const minimum = minimumNameOf(image.item);
    if (image.serves.some(({ demand }) => demand === minimum)) {
      keeper.state.minimumServers.add(receipt.id);
    }
    release(taking, image.id);
  }
  for (const entry of decision.entries) {
    if (own) keeper.applyNow(entry, cause);
    else keeper.addEntry(entry, position);
  }
  for (const { markings } of decision.orders) {
    for (const marking of markings) mark(taking, marking);
  }
}

function mark(taking: Taking, { issue, receipt, quantity }: MarkingImage): void {
  taking.keeper.state.markings.decide(issue, receipt, quantity);
  touchTransaction(taking, issue);
  touchTransaction(taking, receipt);
}

/**
 * A promise holds in every plan, each keeping what it has for it; the orders decided on bind the
 * plan that they were decided in.
 */
function keepSupply(taking: Taking, kept: KeptSupply): void {
  const { keeper, own } = taking;
  if (!own && kept.by !== 'promise') return;
  keeper.state.keptSupply.put(own ? kept : { ...kept, orders: [], pegs: [] });
  for (const node of nodesOfSupply(keeper.state, kept.issue)) touch(taking, node);
}

function releaseSupply(taking: Taking, issue: string): void {
  const { state } = taking.keeper;
  const nodes = nodesOfSupply(state, issue);
  state.keptSupply.release(issue);
  for (const node of nodes) touch(taking, node);
}

function touchTransaction(taking: Taking, id: string): void {
  const { state } = taking.keeper;
  const handle = state.table.handleOf(id);
  const node = handle === undefined ? undefined : state.nodeOfHandle[handle];
  if (node !== undefined) touch(taking, node);
}

/** An order no longer stands: the node it stood at is planned without it. */
function release(taking: Taking, id: string): void {
  const identity = identityOfText(id);
  const isMeant = (order: PlannedOrder): boolean => sameIdentity(order.identity, identity);
  for (const node of taking.keeper.state.nodes.values()) {
    if (!node.kept.some(isMeant) && !node.plan.orders.some(isMeant)) continue;
    node.kept = without(node, id);
    touch(taking, node);
  }
}

function touch({ keeper, cause, own }: Taking, node: PlanNode): void {
  if (own) keeper.decide(node, cause);
  else keeper.touch(node, cause);
}

function without(node: PlanNode, id: string): PlanNode['kept'] {
  return node.kept.filter((order) => orderIdOf(order) !== id);
}
