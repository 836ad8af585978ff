import {
  coverageList,
  ordersList,
  PegIndex,
  pegsMax,
  requirementsList,
  stockOnHand,
  textIn,
  type ListedTable,
  type PeggingTree,
  type Shown,
} from '@tidemark/projections';
import { readModelLimits, type ReadModelReader, type Row } from '@tidemark/streams';
import { compareKeys, keyOf } from './pages.js';

interface OfPlan {
  readonly company: string;
  readonly plan: string;
}

export interface OrderPegging extends PeggingTree {
  readonly order: Shown;
}

/**
 * The pegging of a planned order: up to the demands that no order causes, down to stock, receipts
 * and bought parts. Level by level, so that one question serves all orders of a level.
 *
 * @returns undefined if the plan has no such order.
 */
export async function readPegging(
  reader: ReadModelReader,
  of: OfPlan,
  order: string,
): Promise<OrderPegging | undefined> {
  const walk = new PegWalk(reader, of);
  const [found] = await walk.find(ordersList, 'id', [order]);
  if (found === undefined) return undefined;
  await walk.up(order);
  await walk.down(order);
  return { order: ordersList.show(found), ...walk.index().treeOf(order) };
}

/** Gathers the rows that hang together. */
class PegWalk {
  readonly #reader: ReadModelReader;
  readonly #of: OfPlan;
  readonly #orders = new Set<string>();
  readonly #requirements = new Map<string, Row>();
  readonly #coverage = new Map<string, Row>();

  constructor(reader: ReadModelReader, of: OfPlan) {
    this.#reader = reader;
    this.#of = of;
  }

  index(): PegIndex {
    return new PegIndex({
      orders: this.#orders,
      requirements: inOrder(this.#requirements.values(), requirementsList),
      coverage: inOrder(this.#coverage.values(), coverageList),
    });
  }

  async up(order: string): Promise<void> {
    const seen = new Set([order]);
    for (let level = [order]; level.length > 0 && this.#hasRoom();) {
      const pegs = await this.#pegs('supply', level);
      const demands = await this.#requirementsNamed(distinct(pegs, 'demand'));
      level = distinct(demands, 'parent').filter((parent) => isNew(seen, parent));
    }
  }

  async down(order: string): Promise<void> {
    const seen = new Set([order]);
    this.#orders.add(order);
    for (let level = [order]; level.length > 0 && this.#hasRoom();) {
      const needs = await this.find(requirementsList, 'parent', level);
      for (const need of needs) this.#keepRequirement(need);
      const pegs = await this.#pegs('demand', distinct(needs, 'id'));
      const supplies = distinct(pegs, 'supply').filter((name) => name !== stockOnHand);
      await this.#requirementsNamed(supplies);
      const orders = distinct(await this.find(ordersList, 'id', supplies), 'id');
      for (const id of orders) this.#orders.add(id);
      level = orders.filter((id) => isNew(seen, id));
    }
  }

  /** Rows of the plan with one of these values. */
  async find(list: ListedTable, column: string, values: readonly string[]): Promise<Row[]> {
    const found: Row[] = [];
    const { shape, table, orderBy } = list;
    for (let at = 0; at < values.length; at += readModelLimits.listedValues) {
      const some = values.slice(at, at + readModelLimits.listedValues);
      const where = { ...this.#of, [column]: some };
      found.push(...(await this.#reader.select(shape, { table, where, orderBy, limit: pegsMax })));
    }
    return found;
  }

  async #pegs(side: 'demand' | 'supply', names: readonly string[]): Promise<Row[]> {
    const pegs = await this.find(coverageList, side, names);
    for (const peg of pegs) this.#coverage.set(nameOf(peg, coverageList), peg);
    return pegs;
  }

  async #requirementsNamed(ids: readonly string[]): Promise<Row[]> {
    const rows = await this.find(requirementsList, 'id', ids);
    for (const row of rows) this.#keepRequirement(row);
    return rows;
  }

  #keepRequirement(row: Row): void {
    this.#requirements.set(nameOf(row, requirementsList), row);
  }

  /** A tree shows no more pegs than this, whatever else hangs on it. */
  #hasRoom(): boolean {
    return this.#coverage.size <= pegsMax;
  }
}

function distinct(rows: readonly Row[], column: string): string[] {
  const names = new Set(rows.map((row) => textIn(row, column)));
  names.delete('');
  return [...names];
}

function isNew(seen: Set<string>, name: string): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}

function nameOf(row: Row, { orderBy }: ListedTable): string {
  return orderBy.map((column) => textIn(row, column)).join('\u0000');
}

function inOrder(rows: Iterable<Row>, list: ListedTable): readonly Row[] {
  const { orderBy } = list;
  return [...rows].sort((left, right) => compareKeys(keyOf(left, orderBy), keyOf(right, orderBy)));
}
