import { noQuantity } from '@tidemark/kernel';
import type { Decision } from '../api/decisions.js';
import type { RunRequest } from '../api/runs.js';
import { frozenAt } from '../decisions/fences.js';
import { ExplosionScope } from '../runs/explosion-scope.js';
import { nodesCovered, onlyPegged, receiptsPegged } from '../runs/message-scope.js';
import {
  coverageStands,
  decisionsOnly,
  Dropped,
  lastRunStands,
  standsForDemands,
  standsWithout,
} from '../runs/standing.js';
import { SupplyChain } from '../runs/supply-chain.js';
import type { SweepMode } from '../runs/sweep.js';
import { keptOrderOf } from '../state/kept-order.js';
import { confirmedIssues, isBinding } from '../state/kept-supply.js';
import { demandNameIn } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { findOrder } from './plan-view.js';
import type { PlanKeeper } from './plan-keeper.js';

/** What a run is asked to do, once it is clear which items it may touch. */
export interface Session {
  readonly mode: RunRequest['mode'] | 'follow' | 'decision' | 'overlay';
  readonly items: ReadonlySet<string> | undefined;
  readonly of?: string;
  readonly scope?: RunRequest['scope'];
  readonly options?: RunRequest['options'];
}

/** A session as a sweep understands it, and the nodes that it starts from. */
export interface WorkingSet {
  readonly mode: SweepMode;
  /** The nodes of the session; undefined: those that inputs touched. */
  start(): Iterable<PlanNode>;
  /** Real issues that the session covered, of an explosion. */
  readonly scope?: ExplosionScope;
  /** Fixed links that the session gives up, to be recorded (MO-7 markingAndReservation). */
  readonly released?: readonly Decision[];
}

/** Builds the working set of a session (section 12: modes). */
export function workingSetOf(keeper: PlanKeeper, session: Session): WorkingSet {
  switch (session.mode) {
    case 'follow':
      return followed(keeper);
    case 'decision':
    case 'overlay':
      return updated(keeper.state);
    case 'regeneration':
    case 'explosionRegeneration':
      return session.items === undefined
        ? regenerated(keeper, session)
        : regeneratedInPart(keeper, session, session.items);
    case 'netChange':
    case 'netChangeMinimized':
      return keeper.isExact ? followed(keeper) : netChanged(keeper.state, session);
    case 'explosion':
      return exploded(keeper, session);
  }
}

/**
 * What inputs touched, by the mode that the plan follows by (PL-7). An exact plan is what its
 * inputs make it: net change finds nothing left to do.
 */
function followed({ state, isExact: exact, definition }: PlanKeeper): WorkingSet {
  const minimized = definition.continuity === 'netChangeMinimized';
  return {
    mode: {
      standingAt: (node) => (exact ? decisionsOnly(state, node) : coverageStands(state, node)),
      ...(minimized ? { actionsAt: nodesCovered(state) } : {}),
    },
    start: () => [],
  };
}

/** Decisions show at once; what they uncover waits for the next run. */
function updated(state: PlanState): WorkingSet {
  return {
    mode: {
      standingAt: (node) => ({ ...lastRunStands(state, node), updatesOnly: true }),
      actionsAt: receiptsPegged(state),
    },
    start: () => [],
  };
}

function regenerated(keeper: PlanKeeper, session: Session): WorkingSet {
  const { state } = keeper;
  const standingAt = regenerationStanding(keeper);
  const itemRun = session.scope === 'item';
  return {
    mode: { standingAt, ...(itemRun ? { actionsAt: onlyPegged } : {}) },
    start: () => state.nodes.values(),
  };
}

/** Regeneration keeps decisions, frozen orders, and supply of confirmed and promised demand. */
function regenerationStanding(keeper: PlanKeeper): SweepMode['standingAt'] {
  const { state, definition } = keeper;
  // An exact plan reads no earlier plan: what it keeps was decided (law 3).
  if (definition.continuity === 'exact') return (node) => decisionsOnly(state, node);
  const demands = demandsToKeepFor(state);
  return (node) => {
    freeze(keeper, node);
    return standsForDemands(state, node, demands);
  };
}

/** Each regeneration decides the freezing fence of a plan that is not exact (TF-2). */
function freeze(keeper: PlanKeeper, node: PlanNode): void {
  const { state } = keeper;
  const { frozen, released } = frozenAt(keeper, node, state.today);
  const parameters = state.parametersOf(node);
  if (parameters === undefined || frozen.length + released.length === 0) return;
  const left = node.kept.filter((order) => !released.includes(orderIdOf(order)));
  const added = frozen.map((image) => keptOrderOf(state, image, 'frozen', parameters));
  node.kept = [...left, ...added];
}

/** Names of the demands whose supply a regeneration keeps, through all levels (MO-19, PR-5). */
function demandsToKeepFor(state: PlanState): ReadonlySet<string> {
  const roots = confirmedIssues(state);
  for (const kept of state.keptSupply.all()) if (isBinding(state, kept)) roots.push(kept.issue);
  const { demands } = new SupplyChain(state, roots);
  return new Set(demands.map(({ node, row }) => demandNameIn(state, node, row)));
}

/**
 * Regeneration of some items (MO-1): their orders go with the needs and the orders that covered
 * only those (NE-3); nodes of other items keep their other coverage.
 */
function regeneratedInPart(
  keeper: PlanKeeper,
  session: Session,
  items: ReadonlySet<string>,
): WorkingSet {
  const { state } = keeper;
  const dropped = new Dropped();
  const whole = regenerationStanding(keeper);
  return {
    mode: {
      standingAt(node) {
        if (!items.has(node.item)) return standsWithout(state, node, dropped);
        const standing = whole(node);
        const stays = new Set(standing.orders.map(orderIdOf));
        for (const order of node.plan.orders) {
          if (!stays.has(orderIdOf(order))) dropped.dropOrder(node, order);
        }
        return standing;
      },
      covered: () => dropped.takeTargets(),
      actionsAt: (told) => {
        if (!items.has(told.node.item) && !told.covered) return receiptsPegged(state)(told);
        return session.scope === 'item' ? onlyPegged(told) : told.computed;
      },
    },
    start: () => [...state.nodes.values()].filter((node) => items.has(node.item)),
  };
}

function netChanged(state: PlanState, session: Session): WorkingSet {
  const { items } = session;
  const minimized = session.mode === 'netChangeMinimized';
  const minimizedScope = session.scope === 'item' ? receiptsPegged(state) : nodesCovered(state);
  return {
    mode: {
      standingAt: (node) => coverageStands(state, node),
      actionsAt: (told) => {
        if (minimized) return minimizedScope(told);
        const inSession = items === undefined || items.has(told.node.item) || told.covered;
        return inSession ? told.computed : receiptsPegged(state)(told);
      },
    },
    start: () =>
      [...state.nodes.values()].filter((node) => items === undefined || items.has(node.item)),
  };
}

function exploded(keeper: PlanKeeper, { of = '', options = {} }: Session): WorkingSet {
  const { state } = keeper;
  const scope = new ExplosionScope(state, []);
  const dropped = new Dropped();
  const released: Decision[] = [];
  return {
    scope,
    released,
    mode: {
      standingAt(node) {
        if (options.markingAndReservation === true) {
          released.push(...releaseLinks(state, node, scope));
        }
        // An exact plan is planned anew, and comes out as it was (PL-7).
        if (keeper.isExact) return decisionsOnly(state, node);
        const standing =
          options.currentExplosion === true
            ? standsWithout(state, node, dropped)
            : coverageStands(state, node);
        return { ...standing, covers: (desk) => scope.covers(desk) };
      },
      covered: (node) => [...scope.extend(node), ...dropped.takeTargets()],
      ...(keeper.isExact ? {} : { actionsAt: receiptsPegged(state) }),
    },
    start() {
      const targets = startOfExplosion(keeper, of, scope);
      if (options.currentExplosion === true) dropScope(state, targets, { scope, dropped });
      return targets;
    },
  };
}

/** Gives up the fixed links of the working set's issues at a node. */
function releaseLinks(state: PlanState, node: PlanNode, scope: ExplosionScope): Decision[] {
  const decisions: Decision[] = [];
  for (const handle of node.issues) {
    const issue = state.table.ids[handle] ?? '';
    if (!scope.has(issue)) continue;
    for (const { receipt } of state.markings.of(issue)) {
      state.markings.decide(issue, receipt, 0);
      decisions.push({ kind: 'marked', marking: { issue, receipt, quantity: noQuantity } });
    }
    if (state.markings.reservationOf(issue) === undefined) continue;
    state.markings.reserve(issue, 'onOrder');
    decisions.push({ kind: 'reserved', issue, status: 'onOrder' });
  }
  return decisions;
}

/** The requirement named, the lines of the real order named, or the needs of the planned order. */
function startOfExplosion(keeper: PlanKeeper, of: string, scope: ExplosionScope): Set<PlanNode> {
  const { state } = keeper;
  const targets = new Set<PlanNode>();
  const handle = state.table.handleOf(of);
  if (handle !== undefined) {
    const node = state.nodeOfHandle[handle];
    if (state.table.image(handle)?.direction === 'receipt') scope.addLines(handle, targets);
    else if (node !== undefined) {
      scope.add(of);
      targets.add(node);
    }
    return targets;
  }
  for (const line of state.orderGroups.get(of) ?? []) scope.addLines(line, targets);
  const found = findOrder(keeper, of);
  const order = found?.node.plan.orders[found.index];
  if (found !== undefined && order !== undefined) scope.addNeeds(found.node, order, targets);
  return targets;
}

function dropScope(
  state: PlanState,
  nodes: Iterable<PlanNode>,
  { scope, dropped }: { readonly scope: ExplosionScope; readonly dropped: Dropped },
): void {
  for (const node of nodes) {
    for (let row = 0; row < node.plan.demands.kind.length; row += 1) {
      const name = demandNameIn(state, node, row);
      if (scope.has(name)) dropped.demands.add(name);
    }
  }
}
