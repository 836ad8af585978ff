import type { Dimensions } from '@tidemark/kernel';

/** A rule of planning that had a part in a line of the plan, with what it was applied to. */
export interface TraceStep {
  /** The rule's id in planning.md: `DA-4`, `CC-8`, … */
  readonly rule: string;
  /** What it did, in one sentence. */
  readonly text: string;
  /** Days as dates, quantities as decimal texts, by name. */
  readonly values: Readonly<Record<string, string | number>>;
}

export type LevelState = 'notStarted' | 'update' | 'coverage' | 'delays' | 'actions' | 'done';

/** What a run made of a node. */
export type NodeStatus = 'waiting' | 'planned' | 'skipped' | 'circular';

export type RunTraceType = 'run' | 'level' | 'node' | 'requirement' | 'order' | 'delay' | 'action';

/**
 * One message of a run's trace, or a detail of one (TX-1): a tree by `parent`, in order of
 * `event`. Types are codes, `text` is for people.
 */
export interface RunTraceEvent {
  /** The run, among those that the engine has traced. */
  readonly trace: number;
  /** From 1, in the order of the run. */
  readonly event: number;
  /** Absent at the root. */
  readonly parent?: number;
  /** Its place among the children of its parent, from 1. */
  readonly sequence: number;
  readonly plan: string;
  readonly level?: number;
  readonly levelState: LevelState;
  readonly status?: NodeStatus;
  readonly item?: string;
  readonly dimensions?: Dimensions;
  /** Requirement or order that it is about. */
  readonly requirement?: string;
  readonly type: RunTraceType;
  /** The rule, or what happened. */
  readonly detail: string;
  readonly text: string;
}
