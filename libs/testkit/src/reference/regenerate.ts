import { actionMessages } from './actions.js';
import { coverNode } from './cover.js';
import { arrivalOf, delayMessages, delaysOf, type Delays } from './delays.js';
import { openLedger } from './ledger.js';
import { inPlanningOrder } from './levels.js';
import type { PlanNode } from './nodes.js';
import { uncoveredOf } from './pegs.js';
import { startRun, type Run } from './run.js';
import { emptyState, type ActionMessage, type DelayMessage } from './state.js';
import type { Peg, PlannedOrder, PlanState } from './state.js';
import type { Amount } from './values.js';
import { groundOf, nodesOf } from './view.js';
import type { ReferenceWorld } from './world.js';

/** What a regeneration of a world without earlier plans says. */
export interface Regeneration {
  /** Orders with the delivery dates that delays of their components leave. */
  readonly orders: readonly PlannedOrder[];
  readonly coverage: readonly Peg[];
  readonly delays: readonly DelayMessage[];
  readonly actions: readonly ActionMessage[];
  /** Demands that nothing covers in full, with the open quantity. */
  readonly uncovered: ReadonlyMap<string, Amount>;
}

function openState(world: ReferenceWorld, plan: string): Run {
  const ledger = openLedger(world);
  const state: PlanState = {
    ...emptyState(plan, world.today, ledger.master),
    images: new Map(ledger.images),
    stock: new Map(ledger.stock),
  };
  return startRun({ ledger, state });
}

/** NE-1, NE-2: covers node after node, also those that explosion reaches. */
function coverAll(run: Run): readonly PlanNode[] {
  for (;;) {
    const waiting = nodesOf(run).filter((node) => !run.visited.has(node.key));
    const next = inPlanningOrder(run, groundOf(run), waiting)[0];
    if (next === undefined) return [...run.visited.values()];
    run.visited.set(next.key, next);
    coverNode(run, next);
  }
}

/** DL-1, DL-6: the delivery date shown, and with the option the requirement date too. */
function delayed(run: Run, delays: Delays, order: PlannedOrder): PlannedOrder {
  const arrival = arrivalOf(delays, order.id);
  if (arrival === undefined) return order;
  const moves = groundOf(run).plan.setRequirementDateToDelayedDate === true;
  const requirementDay = moves
    ? Math.max(order.requirementDay, arrival.available)
    : order.requirementDay;
  return { ...order, deliveryDay: arrival.delivery, requirementDay };
}

/** Plans a world by the book, from nothing: coverage, delays, actions (NE-1). */
export function regenerate(world: ReferenceWorld, plan = 'dynamic'): Regeneration {
  const run = openState(world, plan);
  const nodes = coverAll(run);
  const delays = delaysOf(run, nodes);
  const open = [...delays.demands.values()].map((demand): [string, Amount] => [
    demand.key,
    uncoveredOf(run, demand),
  ]);
  return {
    orders: run.state.orders.map((order) => delayed(run, delays, order)),
    coverage: run.state.pegs,
    delays: delayMessages(delays),
    actions: actionMessages(delays, nodes),
    uncovered: new Map(open.filter(([, quantity]) => quantity > 0)),
  };
}
