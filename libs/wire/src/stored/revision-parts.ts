import { dimensionsKey } from '@tidemark/kernel';
import type { NodeDifference } from '@tidemark/planning';

/** Node differences in one stored event. */
const nodesPerChunk = 200;
/** Bound of the rows in one chunk, so that its text stays below what one append takes. */
const rowsPerChunk = 500;

/** The differences of a revision in chunks; a node of very many rows goes over several. */
export function cutIntoChunks(nodes: readonly NodeDifference[]): NodeDifference[][] {
  const chunks: NodeDifference[][] = [];
  let rows = 0;
  for (const part of nodes.flatMap(partsOf)) {
    const size = sizeOf(part);
    const open = chunks.at(-1);
    if (open === undefined || rows + size > rowsPerChunk || open.length >= nodesPerChunk) {
      chunks.push([part]);
      rows = size;
    } else {
      open.push(part);
      rows += size;
    }
  }
  return chunks;
}

/** The differences of the chunks, the parts of a node put together. */
export function joinParts(parts: readonly NodeDifference[]): readonly NodeDifference[] {
  const nodes: NodeDifference[] = [];
  let open: NodeDifference[] = [];
  for (const part of parts) {
    const first = open[0];
    if (first !== undefined && !isSameNode(first, part)) {
      nodes.push(joined(open, first));
      open = [];
    }
    open.push(part);
  }
  const last = open[0];
  if (last !== undefined) nodes.push(joined(open, last));
  return nodes;
}

function sizeOf(node: NodeDifference): number {
  const { orders, requirements, coverage, messages, causes, reachedFrom } = node;
  return (
    orders.length +
    requirements.length +
    coverage.length +
    messages.length +
    causes.length +
    reachedFrom.length
  );
}

function partsOf(node: NodeDifference): readonly NodeDifference[] {
  if (sizeOf(node) <= rowsPerChunk) return [node];
  const { item, dimensions } = node;
  const lists = { orders: [], requirements: [], coverage: [], messages: [] };
  const empty: NodeDifference = { item, dimensions, ...lists, causes: [], reachedFrom: [] };
  return [
    ...slices(node.orders).map((orders) => ({ ...empty, orders })),
    ...slices(node.requirements).map((requirements) => ({ ...empty, requirements })),
    ...slices(node.coverage).map((coverage) => ({ ...empty, coverage })),
    ...slices(node.messages).map((messages) => ({ ...empty, messages })),
    ...slices(node.causes).map((causes) => ({ ...empty, causes })),
    ...slices(node.reachedFrom).map((reachedFrom) => ({ ...empty, reachedFrom })),
  ];
}

function slices<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const count = Math.ceil(rows.length / rowsPerChunk);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * rowsPerChunk, (index + 1) * rowsPerChunk),
  );
}

function joined(parts: readonly NodeDifference[], first: NodeDifference): NodeDifference {
  if (parts.length === 1) return first;
  return {
    item: first.item,
    dimensions: first.dimensions,
    orders: parts.flatMap(({ orders }) => orders),
    requirements: parts.flatMap(({ requirements }) => requirements),
    coverage: parts.flatMap(({ coverage }) => coverage),
    messages: parts.flatMap(({ messages }) => messages),
    causes: parts.flatMap(({ causes }) => causes),
    reachedFrom: parts.flatMap(({ reachedFrom }) => reachedFrom),
  };
}

function isSameNode(left: NodeDifference, right: NodeDifference): boolean {
  if (left.item !== right.item) return false;
  return dimensionsKey(left.dimensions) === dimensionsKey(right.dimensions);
}
