import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import { quantityOf } from '@tidemark/kernel';
import type { Item } from '@tidemark/master-data';
import type { PlanNode } from './plan-node.js';
import { insertHandle, plannedDimensions, removeHandle, type PlanState } from './plan-state.js';
import type { Handle } from './transaction-table.js';

/** Told of every node whose rows an entry changes. */
export type Touch = (node: PlanNode) => void;

/**
 * Folds one journal entry into the plan's own rows (DU-1): the old image goes, the new one comes,
 * the stock moves. Does nothing to coverage; the nodes touched are planned afterwards.
 */
export function applyEntry(state: PlanState, entry: JournalEntry, touch: Touch): void {
  const item = state.world.master.item(entry.item);
  if (item === undefined) return;
  const { retract, assert } = entry;
  if (retract !== undefined && assert !== undefined && retract.id !== assert.id) {
    takeOver(state, retract.id, assert.id);
  }
  if (retract !== undefined) removeImage(state, retract, touch);
  if (assert !== undefined) putImage(state, item, assert, touch);
  for (const posting of entry.postings) {
    state.stockOf(item.id).post(posting.dimensions, posting.quantity, entry.count !== undefined);
    const node = state.nodeFor(item, plannedDimensions(item, posting.dimensions));
    node.stock = state.stockOf(item.id).totalAt(node.dimensions, item);
    touch(node);
  }
}

/** Takes an entry off again, the last one first: the state is as it was before it. */
export function unapplyEntry(state: PlanState, entry: JournalEntry): void {
  const { retract, assert, postings, ...head } = entry;
  const inverse = {
    ...head,
    ...(assert === undefined ? {} : { retract: assert }),
    ...(retract === undefined ? {} : { assert: retract }),
    postings: postings.map(({ dimensions, quantity }) => ({
      dimensions,
      quantity: quantityOf(-quantity),
    })),
  };
  applyEntry(state, inverse, () => undefined);
  if (retract === undefined || assert === undefined || retract.id === assert.id) return;
  state.successors.delete(assert.id);
  state.successors.delete(retract.id);
}

/** A source's order takes the place of the one firming made: pegs and markings move (MO-11). */
function takeOver(state: PlanState, from: string, to: string): void {
  state.markings.rename(from, to);
  state.successors.set(from, to);
}

function removeImage(state: PlanState, image: InventoryTransaction, touch: Touch): void {
  const handle = state.table.handleOf(image.id);
  const node = handle === undefined ? undefined : state.nodeOfHandle[handle];
  if (handle === undefined || node === undefined) return;
  const standing = state.table.image(handle);
  if (standing !== undefined) {
    state.markings.removeImage(standing);
    touchMarked(state, standing, touch);
    if (standing.order !== undefined) {
      state.orderGroups.get(standing.order)?.delete(handle);
      touchReceiptsOf(state, standing.order, touch);
    }
  }
  removeHandle(node.issues, handle, state.table);
  removeHandle(node.lines, handle, state.table);
  removeHandle(node.receipts, handle, state.table);
  removeHandle(node.shipped, handle, state.table);
  state.table.clear(handle);
  state.nodeOfHandle[handle] = undefined;
  touch(node);
}

/** A real order waits for its lines: with another set of them it is there another day (DL-3). */
function touchReceiptsOf(state: PlanState, order: string, touch: Touch): void {
  for (const handle of state.orderGroups.get(order) ?? []) {
    const node = state.nodeOfHandle[handle];
    if (node !== undefined && state.table.image(handle)?.direction === 'receipt') touch(node);
  }
}

function putImage(state: PlanState, item: Item, image: InventoryTransaction, touch: Touch): void {
  const handle = state.table.put(image);
  const node = state.nodeFor(item, image.dimensions);
  const role = state.table.roleOf(image);
  if (role === 'none') {
    state.table.clear(handle);
    return;
  }
  state.nodeOfHandle[handle] = node;
  state.markings.addImage(image);
  touchMarked(state, image, touch);
  if (image.confirmedDate !== undefined) state.keptSupply.confirmed.add(image.id);
  if (role === 'demand') {
    insertHandle(node.issues, handle, state.table);
    if (isOrderLine(image)) insertHandle(node.lines, handle, state.table);
  } else if (role === 'supply') insertHandle(node.receipts, handle, state.table);
  else insertHandle(node.shipped, handle, state.table);
  if (image.order !== undefined && role !== 'shipped') {
    addToGroup(state, image.order, handle);
    touchReceiptsOf(state, image.order, touch);
  }
  touch(node);
}

/** A line of a real production order: its delay is the order's (DL-3). */
function isOrderLine({ type, order }: InventoryTransaction): boolean {
  return type === 'productionLine' && order !== undefined;
}

function addToGroup(state: PlanState, order: string, handle: Handle): void {
  const group = state.orderGroups.get(order) ?? new Set<Handle>();
  group.add(handle);
  state.orderGroups.set(order, group);
}

/** The other side of a marking is netted differently now, too. */
function touchMarked(state: PlanState, image: InventoryTransaction, touch: Touch): void {
  if (image.markedTo === undefined) return;
  const other = state.table.handleOf(image.markedTo);
  const node = other === undefined ? undefined : state.nodeOfHandle[other];
  if (node !== undefined) touch(node);
}

/** Puts all rows of an item to the nodes that its present dimensions call for. */
export function renode(state: PlanState, item: Item, touch: Touch): void {
  const handles: Handle[] = [];
  for (const node of state.nodesOfItem.get(item.id) ?? []) {
    handles.push(...node.issues, ...node.receipts, ...node.shipped);
    node.issues.length = 0;
    node.lines.length = 0;
    node.receipts.length = 0;
    node.shipped.length = 0;
    node.stock = 0;
    node.parameters = undefined;
    touch(node);
  }
  for (const handle of handles) {
    const image = state.table.image(handle);
    if (image !== undefined) putImage(state, item, image, touch);
  }
  const stock = state.stock.get(item.id);
  for (const row of stock?.rows() ?? []) {
    const node = state.nodeFor(item, row.dimensions);
    node.stock = stock?.totalAt(node.dimensions, item) ?? 0;
    touch(node);
  }
}
