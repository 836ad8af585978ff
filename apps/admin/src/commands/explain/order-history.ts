import type {
  Change,
  NodeCause,
  NodeDifference,
  NodeName,
  OrderRow,
  PlanRevision,
} from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';
import { nodeKeyOf } from '../published/row-keys.js';

/** What a cause says, and at which node it was applied. */
export interface RootCause extends NodeCause {
  readonly item: string;
}

/** A revision that made, changed or removed an order, and why. */
export interface OrderChange {
  readonly revision: number;
  readonly mode: string;
  readonly tidemark: string;
  readonly change: 'came' | 'went' | 'changed';
  readonly replaces?: string;
  /** Fields that differ, before and after. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly causes: readonly RootCause[];
  readonly causesFound: number;
}

const causesKept = 10;

/** The changes of one order in a revision (law 9: every line names what made it). */
export function changesOfOrder(revision: PlanRevision, id: string): readonly OrderChange[] {
  const { revision: number, mode, tidemark, nodes } = revision;
  return nodes.flatMap((node) =>
    node.orders.flatMap((change): OrderChange[] => {
      if (change.key !== id && change.replaces !== id) return [];
      const causes = rootCauses(node, nodes);
      const { replaces } = change;
      return [
        {
          revision: number,
          mode,
          tidemark,
          change: kindOf(change),
          ...(replaces === undefined ? {} : { replaces }),
          fields: fieldsOf(change),
          causes: causes.slice(0, causesKept),
          causesFound: causes.length,
        },
      ];
    }),
  );
}

function kindOf({ before, after }: Change<OrderRow>): OrderChange['change'] {
  if (before === undefined) return 'came';
  return after === undefined ? 'went' : 'changed';
}

function fieldsOf({ before, after }: Change<OrderRow>): OrderChange['fields'] {
  if (before === undefined || after === undefined) return {};
  const was = textsOf(before);
  const now = textsOf(after);
  const names = [...new Set([...was.keys(), ...now.keys()])];
  return Object.fromEntries(
    names.flatMap((name): [string, readonly [unknown, unknown]][] => {
      const pair = [was.get(name), now.get(name)] as const;
      return JSON.stringify(pair[0]) === JSON.stringify(pair[1]) ? [] : [[name, pair]];
    }),
  );
}

function textsOf(row: OrderRow): Map<string, unknown> {
  const written: unknown = writeNamed(row);
  const entries: [string, unknown][] =
    typeof written === 'object' && written !== null ? Object.entries(written) : [];
  return new Map(entries);
}

/** What was applied at the node, and at the nodes along whose edges the change came. */
function rootCauses(start: NodeDifference, nodes: readonly NodeDifference[]): RootCause[] {
  const byName = new Map(nodes.map((node) => [nodeKeyOf(node), node]));
  const seen = new Set<string>();
  const causes: RootCause[] = [];
  const waiting: NodeName[] = [start];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const key = nodeKeyOf(next);
    const node = byName.get(key);
    if (node === undefined || seen.has(key)) continue;
    seen.add(key);
    const { item } = node;
    causes.push(...node.causes.map((cause) => ({ ...cause, item })));
    waiting.push(...node.reachedFrom);
  }
  return causes;
}
