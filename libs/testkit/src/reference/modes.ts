import { dropDemand, dropOrder } from './dropping.js';
import { explode } from './explosion.js';
import { freezeAt } from './fences.js';
import { confirmedDemand, isKeptFor } from './kept-supply.js';
import { nodesCovered, onlyPegged, peggedNow, whereVisited, wholeNode } from './message-scope.js';
import type { PlanNode } from './nodes.js';
import type { Run } from './run.js';
import { plan, type Session } from './session.js';
import { isDecided, type PlannedOrder } from './state.js';
import { applyPending, pendingItems } from './update.js';
import { nodesOf, placesOf, type View } from './view.js';
import type { RunRequest } from './steps.js';

/** Entries of the session's items are applied first (NE-1). */
function applyEntries(view: View, items: ReadonlySet<string> | undefined): void {
  for (const item of pendingItems(view)) {
    if (items === undefined || items.has(item)) applyPending(view, item);
  }
}

/** MO-1, NE-3: what no decision keeps goes; needs and orders below it go with it. */
function regenerated(view: View, items: ReadonlySet<string> | undefined, item: boolean): Run {
  const { state } = view;
  const isMeant = (id: string): boolean => items === undefined || items.has(id);
  applyEntries(view, items);
  const nodes = nodesOf(view).filter((node) => isMeant(node.item));
  const first = placesOf(view).filter((node) => isMeant(node.item));
  for (const node of nodes) freezeAt(view, node);
  const reached: PlanNode[] = [];
  const confirmed = confirmedDemand(view);
  const stays = (order: PlannedOrder): boolean =>
    isDecided(order) || isKeptFor(view, order, confirmed);
  for (const order of state.orders.filter((one) => isMeant(one.item) && !stays(one))) {
    if (state.orders.includes(order)) reached.push(...dropOrder(view, order));
  }
  const here = new Set(nodes.map((node) => node.key));
  const given = state.pegs.filter((one) => here.has(one.node) && !confirmed.has(one.demand));
  for (const peg of given) {
    reached.push(...dropDemand(view, peg.demand));
  }
  const session: Session = {
    starts: (node) => isMeant(node.item),
    first,
    tell: (run) => whereVisited(run, item ? onlyPegged(run) : wholeNode, peggedNow(run)),
  };
  return plan(view, session, new Set(reached.map((node) => node.key)));
}

/** MO-2, MO-3: coverage stands; what is uncovered is covered. */
function netChanged(view: View, request: RunRequest): Run {
  const items = request.items === undefined ? undefined : new Set(request.items);
  applyEntries(view, items);
  const scope = (run: Run) => {
    if (request.mode === 'netChange') return whereVisited(run, wholeNode, peggedNow(run));
    return request.scope === 'item' ? peggedNow(run) : nodesCovered(run);
  };
  return plan(view, { starts: (node) => items?.has(node.item) ?? true, tell: scope });
}

/** MO-8: the item and all its nested components, by every BOM version. */
export function nestedItems(view: View, item: string): ReadonlySet<string> {
  const found = new Set([item]);
  for (const parent of found) {
    for (const bom of view.ledger.master.boms) {
      if (bom.item === parent) for (const line of bom.lines) found.add(line.item);
    }
  }
  return found;
}

/** The item of a transaction, a planned order, or a real order by its name. */
export function itemOf(view: View, name: string): string | undefined {
  const { state, ledger } = view;
  const lines = [...ledger.images.values()].filter((image) => image.order === name);
  const order = state.orders.find((one) => one.id === name);
  return ledger.images.get(name)?.item ?? order?.item ?? lines[0]?.item;
}

/** Makes one run of a plan as it is asked for (section 12). */
export function runOf(view: View, request: RunRequest): Run {
  const items = request.items === undefined ? undefined : new Set(request.items);
  switch (request.mode) {
    case 'regeneration':
      return regenerated(view, items, request.scope === 'item');
    case 'netChange':
    case 'netChangeMinimized':
      return netChanged(view, request);
    case 'explosion':
      return explode(view, request);
    case 'explosionRegeneration': {
      const item = itemOf(view, request.of ?? '') ?? '';
      return regenerated(view, nestedItems(view, item), request.scope === 'item');
    }
  }
}
