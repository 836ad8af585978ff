import { compareDimensions, compareText } from '@tidemark/kernel';
import {
  keyOfLine,
  type Change,
  type NodeDifference,
  type NodeName,
  type NodeRows,
  type PlanView,
} from '@tidemark/planning';
import { lineText } from '../published/line-text.js';
import type { PublishedNode, PublishedPlan } from '../published/published-plan.js';
import { lineKinds, nodeKeyOf, type PlanLine } from '../published/row-keys.js';

type NodeLines = Pick<NodeDifference, (typeof lineKinds)[number]>;

/** A node whose published lines are not those of the refolded plan: `before` published. */
export interface DifferingNode extends NodeName, NodeLines {}

export interface PlanComparison {
  /** Lines of the refolded plan. */
  readonly lines: number;
  readonly nodes: number;
  /** In the order of node names. */
  readonly differences: readonly DifferingNode[];
}

/** Compares every published line with the refolded plan, node by node. */
export function comparePlans(published: PublishedPlan, refolded: PlanView): PlanComparison {
  const rest = new Map([...published.nodes()].map((node) => [nodeKeyOf(node), node]));
  const differences: DifferingNode[] = [];
  let lines = 0;
  const nodes = refolded.nodes();
  const rowsOf = refolded.rowsOf();
  for (const [at, name] of nodes.entries()) {
    const rows = rowsOf[at];
    if (rows === undefined) continue;
    for (const kind of lineKinds) lines += rows[kind].length;
    const key = nodeKeyOf(name);
    note(differences, { name, published: rest.get(key), rows });
    rest.delete(key);
  }
  for (const node of rest.values()) note(differences, { name: node, published: node, rows: none });
  const ordered = differences.toSorted(
    (left, right) =>
      compareText(left.item, right.item) || compareDimensions(left.dimensions, right.dimensions),
  );
  return { lines, nodes: nodes.length, differences: ordered };
}

const none: NodeRows = { orders: [], requirements: [], coverage: [], messages: [] };
const nothing: ReadonlyMap<string, never> = new Map<string, never>();

interface NodePair {
  readonly name: NodeName;
  readonly published: PublishedNode | undefined;
  readonly rows: NodeRows;
}

function note(differences: DifferingNode[], { name, published, rows }: NodePair): void {
  const before = published?.lines;
  const { item, dimensions } = name;
  const node: DifferingNode = {
    item,
    dimensions,
    orders: changesOf(before?.orders ?? nothing, rows.orders, keyOfLine.orders),
    requirements: changesOf(
      before?.requirements ?? nothing,
      rows.requirements,
      keyOfLine.requirements,
    ),
    coverage: changesOf(before?.coverage ?? nothing, rows.coverage, keyOfLine.coverage),
    messages: changesOf(before?.messages ?? nothing, rows.messages, keyOfLine.messages),
  };
  if (lineKinds.some((kind) => node[kind].length > 0)) differences.push(node);
}

function changesOf<Row extends PlanLine>(
  published: ReadonlyMap<string, Row>,
  refolded: readonly Row[],
  keyOf: (row: Row) => string,
): Change<Row>[] {
  const rest = new Map(published);
  const changes: Change<Row>[] = [];
  for (const after of refolded) {
    const key = keyOf(after);
    const before = rest.get(key);
    rest.delete(key);
    if (before === undefined) changes.push({ key, after });
    else if (lineText(before) !== lineText(after)) changes.push({ key, before, after });
  }
  for (const [key, before] of rest) changes.push({ key, before });
  return changes;
}
