import { compareText, formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { CoverageRow, OrderRow, RequirementRow } from '@tidemark/planning';
import type { PublishedPlan } from '../published/published-plan.js';

/** A line of the pegging tree, deeper lines below the one they belong to. */
export interface TreeLine {
  readonly depth: number;
  readonly id: string;
  readonly item: string;
  /** What of the upper line it is for, in the unit of the item. */
  readonly quantity: string;
  readonly what: string;
  readonly date?: string;
}

/** Most lines of one tree; a screw may serve thousands of demands. */
export interface TreeLimits {
  readonly lines: number;
}

/** The pegging of a plan, by demand and by supply. */
export class PlanGraph {
  readonly #orders = new Map<string, OrderRow>();
  readonly #requirements = new Map<string, RequirementRow>();
  readonly #bySupply = new Map<string, CoverageRow[]>();
  readonly #byDemand = new Map<string, CoverageRow[]>();
  /** Needs of the lines of an order. */
  readonly #needsOf = new Map<string, RequirementRow[]>();

  constructor(plan: PublishedPlan) {
    for (const { lines } of plan.nodes()) {
      for (const order of lines.orders.values()) this.#orders.set(order.id, order);
      for (const row of lines.requirements.values()) {
        if (row.kind !== 'onHand') this.#requirements.set(row.id, row);
        if (row.kind === 'derived') add(this.#needsOf, parentOf(row.id), row);
      }
      for (const peg of lines.coverage.values()) {
        if (peg.supply !== 'onHand') add(this.#bySupply, peg.supply, peg);
        add(this.#byDemand, peg.demand, peg);
      }
    }
  }

  order(id: string): OrderRow | undefined {
    return this.#orders.get(id);
  }

  /** Upwards: the demands that the order covers, and those behind them, to the top. */
  demandsOf(order: string, limits: TreeLimits): readonly TreeLine[] {
    const lines: TreeLine[] = [];
    this.#climb(order, { depth: 0, lines, limits, path: new Set() });
    return lines;
  }

  /** Downwards: the needs of the order's lines, and what covers them, to the bought parts. */
  suppliesOf(order: string, limits: TreeLimits): readonly TreeLine[] {
    const lines: TreeLine[] = [];
    this.#descend(order, { depth: 0, lines, limits, path: new Set() });
    return lines;
  }

  #climb(supply: string, walk: Walk): void {
    const path = new Set([...walk.path, supply]);
    for (const { demand, item, quantity } of this.#bySupply.get(supply) ?? []) {
      if (walk.lines.length >= walk.limits.lines) return;
      const row = this.#requirements.get(demand);
      const base = { depth: walk.depth, id: demand, item, quantity: formatQuantity(quantity) };
      walk.lines.push({ ...base, ...factsOf(row) });
      const parent = row?.kind === 'derived' ? parentOf(demand) : undefined;
      if (parent !== undefined && !path.has(parent)) {
        this.#climb(parent, { ...walk, depth: walk.depth + 1, path });
      }
    }
  }

  #descend(order: string, walk: Walk): void {
    const path = new Set([...walk.path, order]);
    const needs = (this.#needsOf.get(order) ?? []).toSorted((left, right) =>
      compareText(left.id, right.id),
    );
    for (const need of needs) {
      if (walk.lines.length >= walk.limits.lines) return;
      const { id, item } = need;
      const quantity = formatQuantity(need.quantity);
      walk.lines.push({ depth: walk.depth, id, item, quantity, ...factsOf(need) });
      for (const peg of this.#byDemand.get(id) ?? []) {
        if (walk.lines.length >= walk.limits.lines) return;
        const own = { depth: walk.depth + 1, id: peg.supply, item: peg.item };
        const supply =
          peg.supply === 'onHand' ? onHand : factsOf(this.#requirements.get(peg.supply));
        walk.lines.push({ ...own, quantity: formatQuantity(peg.quantity), ...supply });
        if (!this.#orders.has(peg.supply) || path.has(peg.supply)) continue;
        this.#descend(peg.supply, { ...walk, depth: walk.depth + 2, path });
      }
    }
  }
}

interface Walk {
  readonly depth: number;
  readonly lines: TreeLine[];
  readonly limits: TreeLimits;
  readonly path: ReadonlySet<string>;
}

const onHand = { what: 'stock on hand' } as const;

function factsOf(row: RequirementRow | undefined): { what: string; date?: string } {
  if (row === undefined) return { what: 'not in the plan' };
  const what = row.kind === 'transaction' ? (row.type ?? row.kind) : row.kind;
  return row.date === undefined ? { what } : { what, date: formatPlanDay(row.date) };
}

/** The order of a need `<order>/<line>`. */
function parentOf(demand: string): string {
  return demand.slice(0, demand.lastIndexOf('/'));
}

function add<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [row]);
  else group.push(row);
}
