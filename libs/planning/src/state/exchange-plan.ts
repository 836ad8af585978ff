import { identityOfText, type Dimensions, type StateExchange } from '@tidemark/kernel';
import { createPlanNode, type PlanNode } from './plan-node.js';
import type { PlanState } from './plan-state.js';

/** Nodes that are gone through between two places to pause at. */
const nodesAtOnce = 100;

interface SavedNode {
  readonly key: string;
  readonly item: string;
  readonly dimensions: Dimensions;
}

/**
 * Saves a plan's state, or restores it into one that is empty. Yields where the owner may pause.
 * What follows from master data (parameters) is worked out again; rows, orders and pegs are not:
 * a node may stand as an earlier run left it.
 */
export function* exchangePlan(state: PlanState, io: StateExchange): Generator<void, void, void> {
  state.definition = io.value(state.definition);
  state.today = io.value(state.today);
  state.table.exchange(io);
  yield;
  state.markings.exchange(io);
  state.keptSupply.exchange(io);
  for (const ids of [state.firmedIds, state.minimumServers]) io.set(ids);
  for (const ids of [state.gone, state.deleted, state.unapproved, state.scheduled]) io.set(ids);
  io.map(state.successors);
  io.map(state.orderGroups);
  for (const item of io.value([...state.stock.keys()])) state.stockOf(item).exchange(io);
  yield;
  for (const node of openedNodes(state, io)) io.known(node);
  io.set(state.rework);
  io.set(state.overfull);
  let gone = 0;
  for (const node of state.nodes.values()) {
    exchangeNode(node, io);
    gone += 1;
    if (gone % nodesAtOnce === 0) yield;
  }
  io.list(state.nodeOfHandle);
  yield;
}

/** All nodes by name first: whatever refers to one finds it. */
function openedNodes(state: PlanState, io: StateExchange): PlanNode[] {
  const names: SavedNode[] = [...state.nodes.values()].map(nameOf);
  return io.value(names).map((name) => state.nodes.get(name.key) ?? openNode(state, name));
}

function nameOf({ key, item, dimensions }: PlanNode): SavedNode {
  return { key, item, dimensions };
}

function openNode(state: PlanState, name: SavedNode): PlanNode {
  const node = createPlanNode({ ...name }, identityOfText(name.key));
  state.nodes.set(node.key, node);
  const siblings = state.nodesOfItem.get(node.item);
  if (siblings === undefined) state.nodesOfItem.set(node.item, [node]);
  else siblings.push(node);
  return node;
}

function exchangeNode(node: PlanNode, io: StateExchange): void {
  for (const handles of [node.issues, node.lines, node.receipts, node.shipped]) io.list(handles);
  node.level = io.value(node.level);
  node.stage = io.value(node.stage);
  node.stock = io.value(node.stock);
  node.kept = io.value(node.kept);
  node.incoming = io.value(node.incoming);
  node.plan = io.value(node.plan);
  node.delays = io.value(node.delays);
  node.messages = io.value(node.messages);
}
