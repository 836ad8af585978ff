import type { NodeDifference, PlanRevision } from '@tidemark/planning';
import { summaryOf, type ChangeKind, type RevisionSummary } from '@tidemark/runtime';
import { writeNamed } from '@tidemark/wire';

/** What a reader wants to be told of; absent: all of it. */
export interface RevisionFilter {
  readonly item?: string;
  readonly kind?: ChangeKind;
}

/** A summary as it goes out. */
export function shownSummary(summary: RevisionSummary): Readonly<Record<string, unknown>> {
  const { findings, day, plan, mode, tidemark, counters, skipped, decisions } = summary;
  const { requested, processed, workingSet, position, step, changes, revision } = summary;
  const written = writeNamed({ day });
  return {
    plan,
    revision,
    mode,
    ...(typeof written === 'object' ? written : {}),
    tidemark,
    position,
    step,
    counters,
    requested,
    processed,
    workingSet,
    changes,
    findings,
    skipped,
    decisions,
  };
}

/** The revision with its lines before and after and their causes; undefined if none is wanted. */
export function toldRevision(revision: PlanRevision, filter: RevisionFilter): unknown {
  const isFiltered = filter.item !== undefined || filter.kind !== undefined;
  const nodes = isFiltered ? revision.nodes.flatMap((node) => keep(node, filter)) : revision.nodes;
  if (isFiltered && nodes.length === 0) return undefined;
  return { ...shownSummary(summaryOf(revision)), nodes: writeNamed(nodes) };
}

const nothing = { orders: [], requirements: [], coverage: [], messages: [] } as const;

function keep(node: NodeDifference, { item, kind }: RevisionFilter): NodeDifference[] {
  if (item !== undefined && node.item !== item) return [];
  if (kind === undefined) return [node];
  return node[kind].length === 0 ? [] : [{ ...node, ...nothing, [kind]: node[kind] }];
}
