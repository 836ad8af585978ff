import { addStock, type Entry } from './ledger.js';
import { relink, settle } from './pegs.js';
import { lineKey, orderOf, type PlanState } from './state.js';
import type { PlanNode } from './nodes.js';
import { keepPlaces, nodeAt, type View } from './view.js';
import type { Transaction } from './world.js';

/** Entries of an item after the plan's tidemark. */
export function pendingEntries(view: View, item: string): readonly Entry[] {
  const { ledger, state } = view;
  const tidemark = state.tidemarks.get(item) ?? 0;
  return ledger.entries.filter(
    (entry) => entry.item === item && entry.sequence > tidemark && !state.ahead.has(entry.sequence),
  );
}

/** Items with entries after the plan's tidemark. */
export function pendingItems(view: View): readonly string[] {
  const items = new Set(view.ledger.entries.map((entry) => entry.item));
  return [...items].filter((item) => pendingEntries(view, item).length > 0);
}

/** A name takes the place of another in pegs and kept decisions. */
function rename(state: PlanState, from: string, to: string): void {
  state.pegs = state.pegs.map((peg) => ({
    ...peg,
    demand: peg.demand === from ? to : peg.demand,
    supply: peg.supply === from ? to : peg.supply,
  }));
  for (const order of state.orders) {
    order.serves = order.serves.map((serving) =>
      serving.demand === from ? { ...serving, demand: to } : serving,
    );
  }
}

/** MO-11: the transactions of firming take the place of the planned order and its lines. */
export function replacePlannedOrder(state: PlanState, id: string): void {
  const order = orderOf(state, id);
  if (order === undefined) return;
  rename(state, id, `firm/${id}`);
  for (const line of order.lines) {
    const key = lineKey(id, line.line);
    rename(state, key, `firm/${key}`);
  }
  state.orders = state.orders.filter((other) => other !== order);
  state.actions = state.actions.filter((message) => message.order !== id);
}

function setImage(state: PlanState, entry: Entry): void {
  const { id, after, sequence } = entry;
  if (id === undefined || (state.imageOf.get(id) ?? 0) > sequence) return;
  if (after === undefined) state.images.delete(id);
  else state.images.set(id, after);
  state.imageOf.set(id, sequence);
}

function fold(view: View, entry: Entry): void {
  const { state } = view;
  if (state.ahead.has(entry.sequence)) return;
  state.ahead.add(entry.sequence);
  setImage(state, entry);
  for (const record of entry.stock) addStock(state.stock, record);
  if (entry.replaces !== undefined && entry.id !== undefined) {
    state.images.delete(entry.replaces);
    rename(state, entry.replaces, entry.id);
  }
}

/** The entry, or with one of firming all of that firming. */
function together(view: View, entry: Entry): readonly Entry[] {
  if (entry.firms === undefined) return [entry];
  return view.ledger.entries.filter((other) => other.firms === entry.firms);
}

/** DU-1: folds an entry, with one of firming all of that firming; all that was folded. */
function foldTogether(view: View, entry: Entry): readonly Entry[] {
  const entries = together(view, entry);
  for (const one of entries) fold(view, one);
  if (entry.firms !== undefined) replacePlannedOrder(view.state, entry.firms);
  return entries;
}

/** MO-5: lets the pegs follow what was folded. */
function followUp(view: View, entries: readonly Entry[]): void {
  settle(view, new Set(entries.map((one) => one.item)));
  for (const one of entries) if (one.id !== undefined) relink(view, one.id);
}

/** DU-1, MO-5: an entry of the plan's own decision, at once. */
export function applyEntry(view: View, entry: Entry): void {
  followUp(view, foldTogether(view, entry));
}

/** Images that an image bears on: the other side of its marking, the receipts it is a line of. */
function borneOn(view: View, image: Transaction): readonly Transaction[] {
  return [...view.state.images.values()].filter(
    ({ id, order, direction }) =>
      id === image.markedTo ||
      (image.order !== undefined && order === image.order && direction === 'receipt'),
  );
}

/** Nodes that an entry bears on, before it is applied or after. */
function nodesOfEntry(view: View, entry: Entry): readonly PlanNode[] {
  const standing = [entry.id, entry.replaces].flatMap((id) => {
    const image = id === undefined ? undefined : view.state.images.get(id);
    return image === undefined ? [] : [image, ...borneOn(view, image)];
  });
  return [...standing, ...entry.stock].map((one) => nodeAt(view, one.item, one.dimensions));
}

/**
 * NE-1, DU-1: the update phase of an item, in sequence order, up to now; the nodes it changed. The
 * pegs follow what the entries led to: what fell and rose again gives up nothing.
 */
export function applyPending(view: View, item: string): readonly PlanNode[] {
  const touched: PlanNode[] = [];
  const folded: Entry[] = [];
  for (const entry of pendingEntries(view, item)) {
    if (view.state.ahead.has(entry.sequence)) continue;
    touched.push(...nodesOfEntry(view, entry));
    folded.push(...foldTogether(view, entry));
    touched.push(...nodesOfEntry(view, entry));
  }
  if (folded.length > 0) followUp(view, folded);
  keepPlaces(view, touched);
  view.state.tidemarks.set(item, view.ledger.sequence);
  return touched;
}
