import { actionMessages, type Tell } from './actions.js';
import { coverNode } from './cover.js';
import { delaysOf } from './delays.js';
import type { Demand } from './demands.js';
import { inPlanningOrder } from './levels.js';
import type { PlanNode } from './nodes.js';
import { settleNode } from './pegs.js';
import { startRun, type Run } from './run.js';
import { applyPending } from './update.js';
import { groundOf, nodeAt, nodesOf, placesOf, type View } from './view.js';

/** A run by its working set: where it starts, what it may cover, which messages it tells. */
export interface Session {
  /** Nodes of the working set, asked again before each step. */
  starts(node: PlanNode): boolean;
  /** The initial working set; absent: the nodes that start when the run begins. */
  readonly first?: readonly PlanNode[];
  /** MO-7: the demands that may be covered; absent: all. */
  covers?(demand: Demand): boolean;
  /** Just before a node is covered. */
  before?(run: Run, node: PlanNode): void;
  /** Just after a node was covered. */
  after?(run: Run, node: PlanNode): void;
  /** AC-10. */
  readonly tell: (run: Run) => Tell;
}

/** Nodes that have taken in needs of orders made, or lost needs of orders that went. */
function nodesBelow(run: Run, node: PlanNode): readonly string[] {
  return run.state.orders
    .filter((order) => nodeAt(run, order.item, order.dimensions).key === node.key)
    .filter((order) => run.state.fresh.has(order.id))
    .flatMap((order) => order.lines)
    .map((line) => nodeAt(run, line.item, line.dimensions).key);
}

/** NE-1, NE-2: covers node after node in planning order, also those that explosion reaches. */
function coverAll(run: Run, session: Session, reached: Set<string>): void {
  for (;;) {
    const waiting = nodesOf(run).filter(
      (node) => !run.visited.has(node.key) && (reached.has(node.key) || session.starts(node)),
    );
    const next = inPlanningOrder(run, groundOf(run), waiting)[0];
    if (next === undefined) return;
    run.visited.set(next.key, next);
    for (const node of applyPending(run, next.item)) reached.add(node.key);
    settleNode(run, next);
    session.before?.(run, next);
    coverNode(run, next);
    session.after?.(run, next);
    for (const key of nodesBelow(run, next)) reached.add(key);
  }
}

/** One planning act: coverage of the working set, then its messages; delays are read off. */
export function plan(view: View, session: Session, reached: Set<string> = new Set<string>()): Run {
  const run = startRun(view, session.covers);
  const first = session.first ?? placesOf(run).filter((node) => session.starts(node));
  for (const node of first) run.requested.add(node.key);
  coverAll(run, session, reached);
  for (const key of [...run.requested, ...reached, ...run.visited.keys()]) run.processed.add(key);
  const nodes = inPlanningOrder(run, groundOf(run), nodesOf(run));
  const standing = new Set(run.state.orders.map((order) => order.id));
  for (const id of run.state.fresh) if (!standing.has(id)) run.state.fresh.delete(id);
  run.state.actions = actionMessages(delaysOf(run, nodes), nodes, session.tell(run));
  return run;
}
