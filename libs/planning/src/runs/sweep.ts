import { actionMessagesOf } from '../actions/action-messages.js';
import { nodesMovedBy, shiftsOfMessages } from '../actions/need-shifts.js';
import { delayMessagesOf } from '../delays/delay-messages.js';
import { sameSegment } from '../explosion/segments.js';
import { coverNode, type Standing } from '../netting/cover-node.js';
import type { NodeParameters } from '../settings/parameters.js';
import { sameList } from '../state/columns.js';
import { refreshKept } from '../state/kept-order.js';
import {
  emptyNodePlan,
  noMessages,
  type ActionMessage,
  type DerivedSegment,
  type NodeMessages,
  type NodePlan,
} from '../state/node-plan.js';
import { withSegment, type PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { delayUp } from './delay-wave.js';
import type { NodeBefore, RunLog } from './run-log.js';
import { StageQueue } from './stage-queue.js';

/** What a mode decides about a sweep. */
export interface SweepMode {
  /** Just before a node is covered: folds what it lacks (DU-1); returns nodes that this touched. */
  prepare?(node: PlanNode): Iterable<PlanNode>;
  /** What stands at a node when its coverage begins. */
  standingAt(node: PlanNode): Standing;
  /** A change has reached a node: it is planned by this run. */
  reached?(node: PlanNode): void;
  /** Just after a node was covered; returns further nodes that this run must plan. */
  covered?(node: PlanNode, before: NodePlan): Iterable<PlanNode>;
  /** Which actions are told of a node (AC-10); absent: all. */
  actionsAt?(told: ToldNode): readonly ActionMessage[];
}

/** A node whose messages are being told. */
export interface ToldNode {
  readonly node: PlanNode;
  readonly computed: readonly ActionMessage[];
  /** What a node was before the run; undefined: the run has not touched it. */
  readonly before: (node: PlanNode) => NodeBefore | undefined;
  /** This run has covered the node, not only told it later delays. */
  readonly covered: boolean;
}

/**
 * One run over the nodes given and those that their changes reach (DESIGN section 3.5): coverage
 * top down, each node once; delays bottom up; messages top down. A node whose outputs come out
 * equal stops the wave.
 *
 * @returns the nodes that were covered.
 */
export function sweep(
  state: PlanState,
  start: ReadonlySet<PlanNode> | readonly PlanNode[],
  mode: SweepMode,
  log: RunLog,
): ReadonlySet<PlanNode> {
  const { watch } = state.world;
  watch?.started(state, start);
  const covered = coverDown(state, start, mode, log);
  const delayed = delayUp(state, covered, log);
  if (watch !== undefined) for (const node of delayed) watch.delayed(node);
  tellMessages(state, { told: delayed, covered }, mode, log);
  watch?.ended();
  return covered;
}

function coverDown(
  state: PlanState,
  start: Iterable<PlanNode>,
  mode: SweepMode,
  log: RunLog,
): Set<PlanNode> {
  const queue = new StageQueue();
  const covered = new Set<PlanNode>();
  for (const node of start) queue.add(node);
  for (let node = queue.takeTop(); node !== undefined; node = queue.takeTop()) {
    covered.add(node);
    for (const touched of mode.prepare?.(node) ?? []) {
      if (!covered.has(touched)) queue.add(touched);
      state.world.watch?.updated(touched);
    }
    log.remember(node);
    log.nodesVisited += 1;
    const before = node.plan;
    node.plan = planOf(state, node, { mode, log });
    log.rowsComputed += node.plan.demands.kind.length + node.plan.supplies.kind.length;
    state.world.watch?.covered(node);
    passDown(node, before, { queue, mode, log });
    for (const further of mode.covered?.(node, before) ?? []) {
      queue.add(further);
      log.reached(further, node);
    }
  }
  return covered;
}

function planOf(
  state: PlanState,
  node: PlanNode,
  { mode, log }: Pick<Wave, 'mode' | 'log'>,
): NodePlan {
  const parameters = state.parametersOf(node);
  if (parameters === undefined) {
    log.skip(node, 'UNKNOWN_ITEM');
    return emptyNodePlan;
  }
  const circle = state.circleAt(node);
  if (circle !== undefined) {
    log.skip(node, circle.code);
    return planOfCircle(state, node, parameters);
  }
  refreshKept(node, parameters);
  return coverNode(state, node, parameters, mode.standingAt(node));
}

/** A node on a circle is not planned: its demands stay as they are, uncovered (LV-3). */
function planOfCircle(state: PlanState, node: PlanNode, parameters: NodeParameters): NodePlan {
  const unplanned = { ...parameters, code: 'manual' as const, minimum: 0 };
  const standing: Standing = { orders: [], restore: () => undefined };
  return coverNode(
    state,
    node,
    { ...unplanned, onHandConsumption: 'none', receiptsCounted: 'none' },
    standing,
  );
}

interface Wave {
  readonly queue: StageQueue;
  readonly mode: SweepMode;
  readonly log: RunLog;
}

/** Hands changed component needs to the nodes below; equal ones stop here. */
function passDown(node: PlanNode, before: NodePlan, wave: Wave): void {
  const { derived } = node.plan;
  for (const segment of derived) {
    if (segment.target.incoming[segment.needAt] === segment) continue;
    const old = before.derived.find((candidate) => candidate.target === segment.target);
    const same = old !== undefined && sameSegment(old, segment) && isStanding(old, node);
    if (same) replaceSegment(segment, node);
    else pushSegment(segment.target, node, segment, wave);
  }
  if (derived === before.derived) return;
  for (const old of before.derived) {
    if (!derived.some((segment) => segment.target === old.target)) {
      pushSegment(old.target, node, undefined, wave);
    }
  }
}

function isStanding(old: DerivedSegment, parent: PlanNode): boolean {
  return old.target.incoming.some((segment) => segment.parent === parent);
}

/** The component keeps what it has netted; only the parent's rows are new objects. */
function replaceSegment(segment: DerivedSegment, parent: PlanNode): void {
  const { target } = segment;
  const at = target.incoming.findIndex((candidate) => candidate.parent === parent);
  if (at >= 0) target.incoming = target.incoming.with(at, segment);
}

function pushSegment(
  target: PlanNode,
  parent: PlanNode,
  segment: DerivedSegment | undefined,
  { queue, mode, log }: Wave,
): void {
  log.remember(target);
  target.incoming = withSegment(target.incoming, parent, segment);
  log.reached(target, parent);
  mode.reached?.(target);
  queue.add(target);
}

/** Delay and action messages, top down, so that moved orders can move their components (AC-9). */
function tellMessages(
  state: PlanState,
  nodes: { readonly told: ReadonlySet<PlanNode>; readonly covered: ReadonlySet<PlanNode> },
  mode: SweepMode,
  log: RunLog,
): void {
  const queue = new StageQueue();
  const beforeRun = (node: PlanNode): NodeBefore | undefined => log.before(node);
  for (const node of nodes.told) queue.add(node);
  for (let node = queue.takeTop(); node !== undefined; node = queue.takeTop()) {
    const parameters = state.parametersOf(node);
    log.remember(node);
    const before = node.messages;
    if (parameters === undefined) {
      node.messages = noMessages;
      continue;
    }
    const computed = actionMessagesOf(state, node, parameters);
    const covered = nodes.covered.has(node);
    const told = { node, computed, covered, before: beforeRun };
    const actions = mode.actionsAt?.(told) ?? computed;
    const derived = parameters.actions?.derived === true;
    const shifts = derived ? shiftsOfMessages(state, node, actions) : noMessages.shifts;
    const delays = delayMessagesOf(node, parameters);
    node.messages = messagesAsBefore(before, { delays, actions, shifts });
    state.world.watch?.told(node);
    if (sameShifts(before.shifts, shifts)) continue;
    for (const moved of nodesMovedBy(state, node, before.shifts)) {
      queue.add(moved);
      log.reached(moved, node);
    }
  }
}

/** The messages of before if they say the same: then the node came out as it was. */
function messagesAsBefore(before: NodeMessages, now: NodeMessages): NodeMessages {
  const same =
    sameList(before.delays, now.delays) &&
    before.actions.length + now.actions.length === 0 &&
    sameShifts(before.shifts, now.shifts);
  return same ? before : now;
}

function sameShifts(
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
): boolean {
  if (left.size !== right.size) return false;
  for (const [id, days] of left) if (right.get(id) !== days) return false;
  return true;
}
