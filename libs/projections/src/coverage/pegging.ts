import { formatPlanDay, formatQuantity, type Dimensions } from '@tidemark/kernel';
import { numberIn, textIn } from '../cells.js';
import { shownNode } from '../nodes.js';
import { noDay } from '../requirements/requirements.js';
import type { Row } from '../tables.js';

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

/** Rows of the requirements and of the coverage that a tree is made of; more do no harm. */
export interface PegRows {
  readonly orders: ReadonlySet<string>;
  readonly requirements: readonly Row[];
  readonly coverage: readonly Row[];
}

/** Stock on hand has this name at every node: no way leads up from it. */
export const stockOnHand = 'onHand';

/** Coverage of one revision by demand and by supply. */
export class PegIndex {
  readonly #orders: ReadonlySet<string>;
  readonly #requirements = new Map<string, Row>();
  readonly #byDemand = new Map<string, Row[]>();
  readonly #bySupply = new Map<string, Row[]>();
  readonly #needsOfOrder = new Map<string, Row[]>();

  constructor({ orders, requirements, coverage }: PegRows) {
    this.#orders = orders;
    for (const row of requirements) {
      this.#requirements.set(textIn(row, 'id'), row);
      const parent = textIn(row, 'parent');
      if (parent !== '') addTo(this.#needsOfOrder, parent, row);
    }
    for (const row of coverage) {
      addTo(this.#byDemand, textIn(row, 'demand'), row);
      addTo(this.#bySupply, textIn(row, 'supply'), row);
    }
  }

  treeOf(order: string): PeggingTree {
    const walk = { left: pegsMax };
    const demands = this.#demandsOf(order, walk);
    const supplies = this.#componentsOf(order, walk);
    return { demands, supplies, isCut: walk.left <= 0 };
  }

  #demandsOf(order: string, walk: Walk): Peg[] {
    return this.#pegsOf(this.#bySupply.get(order), walk, (row) => {
      const demand = textIn(row, 'demand');
      const parent = textIn(this.#requirements.get(demand) ?? {}, 'parent');
      const above = parent === '' ? [] : this.#demandsOf(parent, walk);
      return this.#pegOf(demand, row, { order: parent, pegs: above });
    });
  }

  #componentsOf(order: string, walk: Walk): Peg[] {
    const pegs: Peg[] = [];
    for (const need of this.#needsOfOrder.get(order) ?? []) {
      if ((walk.left -= 1) < 0) break;
      const id = textIn(need, 'id');
      const supplies = this.#pegsOf(this.#byDemand.get(id), walk, (row) => {
        const supply = textIn(row, 'supply');
        const planned = this.#orders.has(supply) ? supply : '';
        const below = planned === '' ? [] : this.#componentsOf(planned, walk);
        return this.#pegOf(supply, row, { order: planned, pegs: below });
      });
      pegs.push(this.#pegOf(id, need, { order, pegs: supplies }));
    }
    return pegs;
  }

  #pegsOf(rows: readonly Row[] = [], walk: Walk, peg: (row: Row) => Peg): Peg[] {
    const pegs: Peg[] = [];
    for (const row of rows) {
      if ((walk.left -= 1) < 0) break;
      pegs.push(peg(row));
    }
    return pegs;
  }

  #pegOf(
    id: string,
    peg: Row,
    { order, pegs }: { readonly order: string; readonly pegs: readonly Peg[] },
  ): Peg {
    const row = id === stockOnHand ? undefined : this.#requirements.get(id);
    const quantity = formatQuantity(numberIn(peg, 'quantity'));
    return {
      id,
      ...shownNode(peg),
      quantity,
      ...(id === stockOnHand ? { kind: stockOnHand } : {}),
      ...(row === undefined ? {} : factsOf(row)),
      ...(order === '' ? {} : { order }),
      pegs,
    };
  }
}

interface Walk {
  left: number;
}

function factsOf(row: Row): Pick<Peg, 'kind' | 'type' | 'date'> {
  const type = textIn(row, 'type');
  const day = numberIn(row, 'day');
  return {
    kind: textIn(row, 'kind'),
    ...(type === '' ? {} : { type }),
    ...(day === noDay ? {} : { date: formatPlanDay(day) }),
  };
}

function addTo(rows: Map<string, Row[]>, key: string, row: Row): void {
  const kept = rows.get(key);
  if (kept === undefined) rows.set(key, [row]);
  else kept.push(row);
}
