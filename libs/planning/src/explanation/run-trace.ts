import { formatQuantity } from '@tidemark/kernel';
import type { LevelState, NodeStatus, RunTraceEvent, RunTraceType } from '../api/trace.js';
import type { MessageRow } from '../api/rows.js';
import type { RunWatch } from '../runs/run-watch.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { rowsOfNode } from '../view/node-rows.js';
import { dayText, traceOfOrder } from './order-trace.js';

/** The rule of a trace step that is known when delays are. */
const delayRule = 'DL-1';

type Told = Pick<RunTraceEvent, 'requirement' | 'status'> & {
  readonly type: RunTraceType;
  readonly detail: string;
  readonly text: string;
};

/**
 * Writes runs down as trees (TX-1): the run, its BOM levels with the state they come to, their
 * nodes, at each of them requirements with their coverage, orders with the rules that made them so,
 * delays and actions. One form for every mode.
 */
class RunTracer implements RunWatch {
  readonly #tell: (event: RunTraceEvent) => void;
  #state: PlanState | undefined;
  #trace = 0;
  #event = 0;
  #root = 0;
  #levelState: LevelState = 'notStarted';
  readonly #levels = new Map<number, { event: number; state: LevelState }>();
  readonly #nodes = new Map<PlanNode, number>();
  readonly #children = new Map<number, number>();

  constructor(tell: (event: RunTraceEvent) => void) {
    this.#tell = tell;
  }

  started(state: PlanState, waiting: Iterable<PlanNode>): void {
    this.#state = state;
    this.#trace += 1;
    this.#event = 0;
    this.#levelState = 'notStarted';
    for (const known of [this.#levels, this.#nodes, this.#children]) known.clear();
    const text = `Run of plan ${state.definition.id} on ${dayText(state.today)}.`;
    this.#root = this.#write({ type: 'run', detail: 'started', text }, undefined, undefined);
    for (const node of waiting) this.#node(node, 'waiting', `${nameOf(node)} is to be planned.`);
  }

  updated(node: PlanNode): void {
    this.#come(node, 'update');
    this.#node(node, 'waiting', `Entries of ${nameOf(node)} were folded.`, 'update');
  }

  covered(node: PlanNode): void {
    const state = this.#state;
    if (state === undefined) return;
    this.#come(node, 'coverage');
    const circle = state.circleAt(node);
    const status = statusOf(state, node);
    const why = circle === undefined ? '' : ` ${circle.code}: ${circle.items.join(', ')}.`;
    const at = this.#node(node, status, `${nameOf(node)} is ${status}.${why}`);
    this.#requirements(state, node, at);
    for (const order of node.plan.orders) {
      const id = orderIdOf(order);
      const text = `Order ${id} of ${formatQuantity(order.quantity)}.`;
      const message = this.#under(node, at, {
        type: 'order',
        detail: order.type,
        requirement: id,
        text,
      });
      for (const step of traceOfOrder(state, node, order)) {
        if (step.rule === delayRule) continue;
        const values = Object.entries(step.values).map(([name, value]) => `${name} ${value}`);
        const told = `${step.text} (${values.join(', ')})`;
        const detail = { type: 'order', detail: step.rule, requirement: id, text: told } as const;
        this.#under(node, message, detail);
      }
    }
  }

  delayed(node: PlanNode): void {
    this.#come(node, 'delays');
    const at = this.#nodes.get(node) ?? this.#node(node, 'planned', `${nameOf(node)} is delayed.`);
    for (const [index, order] of node.plan.orders.entries()) {
      const day = node.delays.deliveryDay[index] ?? order.deliveryDay;
      if (day <= order.deliveryDay) continue;
      const requirement = orderIdOf(order);
      const text = `Order ${requirement} waits for its components until ${dayText(day)}.`;
      this.#under(node, at, { type: 'order', detail: delayRule, requirement, text });
    }
  }

  told(node: PlanNode): void {
    if (this.#state === undefined) return;
    this.#come(node, 'actions');
    const at = this.#nodes.get(node) ?? this.#node(node, 'planned', `${nameOf(node)} is told of.`);
    for (const message of rowsOfNode(this.#state, node).messages) {
      this.#under(node, at, toldOf(message));
    }
  }

  ended(): void {
    for (const [level, { event }] of this.#levels) {
      const text = `Level ${level} is done.`;
      this.#levelState = 'done';
      this.#write({ type: 'level', detail: 'done', text }, undefined, event, level);
    }
    const text = 'The run is done.';
    this.#write({ type: 'run', detail: 'done', text }, undefined, this.#root);
    this.#state = undefined;
  }

  #requirements(state: PlanState, node: PlanNode, at: number): void {
    const { demands, pegs } = node.plan;
    const messages = Array.from(demands.kind, (_, row) => {
      const requirement = demandNameIn(state, node, row);
      const needs = `${requirement} needs ${formatQuantity(demands.quantity[row] ?? 0)}`;
      const left = formatQuantity(demands.uncovered[row] ?? 0);
      const text = `${needs} on ${dayText(demands.requiredDay[row] ?? 0)}, uncovered ${left}.`;
      return this.#under(node, at, { type: 'requirement', detail: 'demand', requirement, text });
    });
    for (let peg = 0; peg < pegs.demand.length; peg += 1) {
      const row = pegs.demand[peg] ?? 0;
      const requirement = demandNameIn(state, node, row);
      const supply = supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0);
      const text = `${formatQuantity(pegs.quantity[peg] ?? 0)} by ${supply}.`;
      const told = { type: 'requirement', detail: 'coverage', requirement, text } as const;
      this.#under(node, messages[row] ?? at, told);
    }
  }

  /** The level of the node comes to a state; told once each time it changes. */
  #come(node: PlanNode, state: LevelState): void {
    this.#levelState = state;
    const known = this.#levels.get(node.level);
    if (known?.state === state) return;
    const event = known?.event ?? this.#level(node);
    this.#levels.set(node.level, { event, state });
    const text = `Level ${node.level}: ${state}.`;
    this.#write({ type: 'level', detail: state, text }, undefined, event, node.level);
  }

  #level({ level }: PlanNode): number {
    const text = `Level ${level}.`;
    const event = this.#write(
      { type: 'level', detail: 'level', text },
      undefined,
      this.#root,
      level,
    );
    this.#levels.set(level, { event, state: 'notStarted' });
    return event;
  }

  #node(node: PlanNode, status: NodeStatus, text: string, detail: string = status): number {
    const level = this.#levels.get(node.level)?.event ?? this.#level(node);
    const event = this.#write({ type: 'node', detail, status, text }, node, level, node.level);
    this.#nodes.set(node, event);
    return event;
  }

  #under(node: PlanNode, parent: number, told: Told): number {
    return this.#write(told, node, parent, node.level);
  }

  #write(told: Told, node: PlanNode | undefined, parent?: number, level?: number): number {
    const event = (this.#event += 1);
    const sequence = (this.#children.get(parent ?? 0) ?? 0) + 1;
    this.#children.set(parent ?? 0, sequence);
    this.#tell({
      trace: this.#trace,
      event,
      ...(parent === undefined ? {} : { parent }),
      sequence,
      plan: this.#state?.definition.id ?? '',
      ...(level === undefined ? {} : { level }),
      levelState: this.#levelState,
      ...(node === undefined ? {} : { item: node.item, dimensions: node.dimensions }),
      ...told,
    });
    return event;
  }
}

/** What the world of an engine is told runs by, if they are traced. */
export function watchOf(trace: ((event: RunTraceEvent) => void) | undefined): {
  readonly watch?: RunWatch;
} {
  return trace === undefined ? {} : { watch: new RunTracer(trace) };
}

function statusOf(state: PlanState, node: PlanNode): NodeStatus {
  if (state.parametersOf(node) === undefined) return 'skipped';
  return state.circleAt(node) === undefined ? 'planned' : 'circular';
}

function toldOf(message: MessageRow): Told {
  if (message.kind === 'delay') {
    const { requirement, days, date, because } = message;
    const text = `${requirement} is met ${days} days late, on ${dayText(date)}, by ${because}.`;
    return { type: 'delay', detail: 'DL-2', requirement, text };
  }
  const { order, action, date, quantity } = message;
  const day = date === undefined ? '' : ` to ${dayText(date)}`;
  const by = quantity === undefined ? '' : ` by ${formatQuantity(quantity)}`;
  return {
    type: 'action',
    detail: action,
    requirement: order,
    text: `${action} ${order}${day}${by}.`,
  };
}

function nameOf({ item, dimensions }: PlanNode): string {
  const values = Object.values(dimensions).filter((value) => value !== '');
  return [item, ...values].join(' ');
}
