import type { CoverageRow, NodeRows, OrderRow, RequirementRow } from '@tidemark/planning';
import { formatPlanDay, formatQuantity, type Dimensions } from '@tidemark/kernel';

/** What stands on one side of a peg: a demand or a supply, with what it hangs on in turn. */
export interface Peg {
  readonly id: string;
  readonly item: string;
  readonly dimensions: Dimensions;
  /** The part of it that this peg is about. */
  readonly quantity: string;
  readonly kind?: string;
  readonly type?: string;
  readonly date?: string;
  /** The planned order behind it. */
  readonly order?: string;
  readonly pegs: readonly Peg[];
}

export interface PeggingTree {
  /** Up to the demands that no order causes. */
  readonly demands: readonly Peg[];
  /** Down to stock, real receipts and bought parts. */
  readonly supplies: readonly Peg[];
  /** More pegs than are shown hang on this order. */
  readonly isCut: boolean;
}

/** Most pegs of one tree, over both sides. */
export const pegsMax = 2_000;

/** Coverage of one revision by demand and by supply. */
export class PegIndex {
  readonly #orders = new Map<string, OrderRow>();
  readonly #requirements = new Map<string, RequirementRow>();
  readonly #byDemand = new Map<string, CoverageRow[]>();
  readonly #bySupply = new Map<string, CoverageRow[]>();
  readonly #needsOfOrder = new Map<string, RequirementRow[]>();

  constructor(nodes: readonly NodeRows[]) {
    for (const { orders, requirements, coverage } of nodes) {
      for (const order of orders) this.#orders.set(order.id, order);
      for (const row of requirements) {
        this.#requirements.set(row.id, row);
        const parent = parentOf(row);
        if (parent !== undefined) addTo(this.#needsOfOrder, parent, row);
      }
      for (const row of coverage) {
        addTo(this.#byDemand, row.demand, row);
        addTo(this.#bySupply, row.supply, row);
      }
    }
  }

  /** The tree of a planned order; undefined if there is none of this id. */
  treeOf(order: string): PeggingTree | undefined {
    if (!this.#orders.has(order)) return undefined;
    const walk = { left: pegsMax };
    const demands = this.#demandsOf(order, walk);
    const supplies = this.#componentsOf(order, walk);
    return { demands, supplies, isCut: walk.left <= 0 };
  }

  #demandsOf(order: string, walk: Walk): Peg[] {
    return this.#pegsOf(this.#bySupply.get(order), walk, (row) => {
      const demand = this.#requirements.get(row.demand);
      const parent = demand === undefined ? undefined : parentOf(demand);
      const above = parent === undefined ? [] : this.#demandsOf(parent, walk);
      return this.#pegOf(row.demand, row, { order: parent, pegs: above });
    });
  }

  #componentsOf(order: string, walk: Walk): Peg[] {
    const pegs: Peg[] = [];
    for (const need of this.#needsOfOrder.get(order) ?? []) {
      if ((walk.left -= 1) < 0) break;
      const supplies = this.#pegsOf(this.#byDemand.get(need.id), walk, (row) => {
        const planned = this.#orders.has(row.supply) ? row.supply : undefined;
        const below = planned === undefined ? [] : this.#componentsOf(planned, walk);
        return this.#pegOf(row.supply, row, { order: planned, pegs: below });
      });
      pegs.push(this.#pegOf(need.id, need, { order, pegs: supplies }));
    }
    return pegs;
  }

  #pegsOf(rows: readonly CoverageRow[] = [], walk: Walk, peg: (row: CoverageRow) => Peg): Peg[] {
    const pegs: Peg[] = [];
    for (const row of rows) {
      if ((walk.left -= 1) < 0) break;
      pegs.push(peg(row));
    }
    return pegs;
  }

  #pegOf(
    id: string,
    { item, dimensions, quantity }: Pick<CoverageRow, 'item' | 'dimensions' | 'quantity'>,
    { order, pegs }: { readonly order: string | undefined; readonly pegs: readonly Peg[] },
  ): Peg {
    // Stock on hand has the same name at every node.
    const row = id === 'onHand' ? undefined : this.#requirements.get(id);
    return {
      id,
      item,
      dimensions,
      quantity: formatQuantity(quantity),
      ...(id === 'onHand' ? { kind: 'onHand' } : {}),
      ...(row === undefined ? {} : { kind: row.kind }),
      ...(row?.type === undefined ? {} : { type: row.type }),
      ...(row?.date === undefined ? {} : { date: formatPlanDay(row.date) }),
      ...(order === undefined ? {} : { order }),
      pegs,
    };
  }
}

interface Walk {
  left: number;
}

/** The order whose component need this is: needs are named `<order>/<line>`. */
function parentOf({ id, kind }: RequirementRow): string | undefined {
  if (kind !== 'derived') return undefined;
  const slash = id.lastIndexOf('/');
  return slash < 0 ? undefined : id.slice(0, slash);
}

function addTo<Row>(rows: Map<string, Row[]>, key: string, row: Row): void {
  const kept = rows.get(key);
  if (kept === undefined) rows.set(key, [row]);
  else kept.push(row);
}
