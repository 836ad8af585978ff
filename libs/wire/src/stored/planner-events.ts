import type { PlanDay } from '@tidemark/kernel';
import type { Decision, PlanRevision, RunRequest } from '@tidemark/planning';
import { readNamed, writeNamed } from './named-values.js';
import { cutIntoChunks, joinParts } from './revision-parts.js';

/**
 * A run as it is recorded before it is made: itself an input of plans that are not exact (law
 * 2).
 */
export interface RecordedRun {
  readonly id: string;
  readonly plan: string;
  readonly request: RunRequest;
  readonly day: PlanDay;
  /** Position up to which the run reads its inputs. */
  readonly cut: string;
}

/** Events that only the planner writes and follows: runs and copies are made again on replay. */
export type PlannerEvent =
  | { readonly kind: 'runRecorded'; readonly run: RecordedRun }
  | { readonly kind: 'planCopied'; readonly from: string; readonly to: string };

/** An event to be stored: type and data, without id and meta. */
export interface StoredContent {
  readonly type: string;
  readonly data: unknown;
}

export function encodeDecision(company: string, decision: Decision): StoredContent {
  return { type: 'DecisionRecorded', data: { company, decision: writeNamed(decision) } };
}

export function encodePlannerEvent(company: string, event: PlannerEvent): StoredContent {
  if (event.kind === 'planCopied') {
    return { type: 'PlanCopied', data: { company, from: event.from, to: event.to } };
  }
  return { type: 'RunRecorded', data: { company, run: writeNamed(event.run) } };
}

export function decodeDecision(data: { readonly decision: unknown }): Decision {
  return readNamed(data.decision) as Decision;
}

export function decodeRun(data: { readonly run: unknown }): RecordedRun {
  return readNamed(data.run) as RecordedRun;
}

/** Part of a revision: differences of nodes, or of a part of one, in the revision's order. */
export interface RevisionChunk {
  readonly plan: string;
  readonly revision: number;
  readonly index: number;
  readonly nodes: PlanRevision['nodes'];
}

/** The commit of a revision: everything but its node differences, and how many chunks hold them. */
export type RevisionCommit = Omit<PlanRevision, 'nodes'> & { readonly chunks: number };

/** A revision as its stored events: chunks, then the commit. Append them with `appendInChunks`. */
export function encodeRevision(company: string, revision: PlanRevision): StoredContent[] {
  const { nodes, ...head } = revision;
  const chunks = cutIntoChunks(nodes).map((some, index): StoredContent => {
    const chunk = { plan: head.plan, revision: head.revision, index, nodes: writeNamed(some) };
    return { type: 'PlanRevisionChunk', data: { company, ...chunk } };
  });
  const commit = writeNamed({ company, ...head, chunks: chunks.length });
  return [...chunks, { type: 'PlanRevisionCommitted', data: commit }];
}

export function decodeChunk(data: unknown): RevisionChunk {
  return readNamed(data) as RevisionChunk;
}

export function decodeCommit(data: unknown): RevisionCommit {
  return readNamed(data) as RevisionCommit;
}

/** The whole revision from its chunks and its commit. */
export function joinRevision(
  chunks: readonly RevisionChunk[],
  commit: RevisionCommit,
): PlanRevision {
  const own = chunks.filter(({ revision }) => revision === commit.revision);
  if (own.length !== commit.chunks) {
    const found = `${own.length} of ${commit.chunks} chunks`;
    throw new RangeError(`Revision ${commit.revision} of plan ${commit.plan} has ${found}.`);
  }
  const { chunks: _, ...head } = commit;
  return { ...head, nodes: joinParts(own.flatMap(({ nodes }) => nodes)) };
}
