import type {
  Change,
  CoverageRow,
  MessageRow,
  NodeDifference,
  NodeName,
  OrderRow,
  PlanRevision,
  RequirementRow,
} from '@tidemark/planning';
import { nodeKeyOf, type LineKind, type PlanLine } from './row-keys.js';

/** What a plan says of one node, by kind of line and key. */
export interface PublishedNode extends NodeName {
  readonly lines: {
    readonly orders: Map<string, OrderRow>;
    readonly requirements: Map<string, RequirementRow>;
    readonly coverage: Map<string, CoverageRow>;
    readonly messages: Map<string, MessageRow>;
  };
}

type RevisionHead = Omit<PlanRevision, 'nodes'>;

/** A plan as readers of its stream see it: all its revisions, folded. */
export class PublishedPlan {
  readonly #nodes = new Map<string, PublishedNode>();
  last: RevisionHead | undefined;

  apply(revision: PlanRevision): void {
    const { nodes, ...head } = revision;
    this.last = head;
    for (const difference of nodes) {
      const { lines } = this.#nodeOf(difference);
      applyChanges(lines.orders, difference.orders);
      applyChanges(lines.requirements, difference.requirements);
      applyChanges(lines.coverage, difference.coverage);
      applyChanges(lines.messages, difference.messages);
    }
  }

  nodes(): Iterable<PublishedNode> {
    return this.#nodes.values();
  }

  node(name: NodeName): PublishedNode | undefined {
    return this.#nodes.get(nodeKeyOf(name));
  }

  orders(): OrderRow[] {
    return [...this.#nodes.values()].flatMap(({ lines }) => [...lines.orders.values()]);
  }

  /** All lines of a kind; those of a node stand together. */
  *lines(kind: LineKind): Generator<PlanLine, void, void> {
    for (const { lines } of this.#nodes.values()) yield* lines[kind].values();
  }

  #nodeOf({ item, dimensions }: NodeDifference): PublishedNode {
    const key = nodeKeyOf({ item, dimensions });
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const lines = {
      orders: new Map(),
      requirements: new Map(),
      coverage: new Map(),
      messages: new Map(),
    };
    const node: PublishedNode = { item, dimensions, lines };
    this.#nodes.set(key, node);
    return node;
  }
}

function applyChanges<Row>(rows: Map<string, Row>, changes: readonly Change<Row>[]): void {
  for (const { key, after } of changes) {
    if (after === undefined) rows.delete(key);
    else rows.set(key, after);
  }
}

export interface FoldOptions {
  /** Stops after this revision. */
  readonly revision?: number;
  readonly onRevision?: (revision: PlanRevision) => void;
}

/** Folds the revisions of a plan. */
export async function foldPublished(
  revisions: AsyncIterable<PlanRevision>,
  { revision: until, onRevision }: FoldOptions = {},
): Promise<PublishedPlan> {
  const published = new PublishedPlan();
  for await (const revision of revisions) {
    published.apply(revision);
    onRevision?.(revision);
    if (revision.revision === until) break;
  }
  return published;
}
