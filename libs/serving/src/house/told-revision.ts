import type { NodeDifference, PlanRevision } from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';

export const changeKinds = ['orders', 'requirements', 'coverage', 'messages'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a reader wants to be told of; absent: all of it. */
export interface RevisionFilter {
  readonly item?: string;
  readonly kind?: ChangeKind;
}

/** A revision without its lines: what it was made by, and how much of it there is. */
export function headOf(revision: PlanRevision): Readonly<Record<string, unknown>> {
  const { nodes, decisions, findings, day, plan, mode, tidemark, counters, skipped } = revision;
  const changes = Object.fromEntries(
    changeKinds.map((kind) => [kind, nodes.reduce((sum, node) => sum + node[kind].length, 0)]),
  );
  const { requested, processed, position, step } = revision;
  const written = writeNamed({ day });
  return {
    plan,
    revision: revision.revision,
    mode,
    ...(typeof written === 'object' ? written : {}),
    tidemark,
    position,
    step,
    counters,
    requested,
    processed,
    changes,
    findings,
    skipped,
    decisions: decisions.length,
  };
}

/** The revision with its lines before and after and their causes; undefined if none is wanted. */
export function toldRevision(revision: PlanRevision, filter: RevisionFilter): unknown {
  const isFiltered = filter.item !== undefined || filter.kind !== undefined;
  const nodes = isFiltered ? revision.nodes.flatMap((node) => keep(node, filter)) : revision.nodes;
  if (isFiltered && nodes.length === 0) return undefined;
  return { ...headOf(revision), nodes: writeNamed(nodes) };
}

const nothing = { orders: [], requirements: [], coverage: [], messages: [] } as const;

function keep(node: NodeDifference, { item, kind }: RevisionFilter): NodeDifference[] {
  if (item !== undefined && node.item !== item) return [];
  if (kind === undefined) return [node];
  return node[kind].length === 0 ? [] : [{ ...node, ...nothing, [kind]: node[kind] }];
}
