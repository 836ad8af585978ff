import { explosionEdges, WalkDown, WalkUp } from '@tidemark/projections';
import { readModelLimits, type ReadModelReader, type Row } from '@tidemark/streams';
import { rowsOfPage } from './pages.js';

interface OfPlan {
  readonly company: string;
  readonly plan: string;
}

/** Both directions of the static explosion (MO-20). */
export interface StaticExplosion {
  /** Of a demand: all orders, planned and real, that must be completed for it. */
  readonly orders: readonly string[];
  /** Of an order: all independent demands that hang on it. */
  readonly demands: readonly string[];
  /** More edges hang on it than one answer goes along. */
  readonly isCut: boolean;
}

/** Most edges of one answer, each way. */
export const explosionEdgesMost = 100_000;

/** Reads level by level, so that one question serves all orders of a level. */
export async function readExplosion(
  reader: ReadModelReader,
  ofPlan: OfPlan,
  of: string,
): Promise<StaticExplosion> {
  const down = new WalkDown(of);
  const up = new WalkUp(of);
  const edges = new EdgeReader(reader, ofPlan);
  const cutBelow = await edges.along(down, 'above');
  const cutAbove = await edges.along(up, 'below');
  return { orders: down.orders, demands: up.demands, isCut: cutBelow || cutAbove };
}

class EdgeReader {
  readonly #reader: ReadModelReader;
  readonly #of: OfPlan;

  constructor(reader: ReadModelReader, of: OfPlan) {
    this.#reader = reader;
    this.#of = of;
  }

  /** True if the walk was given up. */
  async along(walk: WalkDown | WalkUp, side: 'above' | 'below'): Promise<boolean> {
    let gone = 0;
    while (walk.ask.length > 0) {
      const found = await this.#edges(side, walk.ask);
      gone += found.length;
      walk.take(found);
      if (gone > explosionEdgesMost) return true;
    }
    return false;
  }

  async #edges(side: 'above' | 'below', names: readonly string[]): Promise<Row[]> {
    const found: Row[] = [];
    const limit = readModelLimits.rows - 1;
    for (let at = 0; at < names.length; at += readModelLimits.listedValues) {
      const some = names.slice(at, at + readModelLimits.listedValues);
      const query = { where: { ...this.#of, [side]: some }, limit };
      let page = await rowsOfPage(this.#reader, explosionEdges, query);
      found.push(...page.rows);
      while (page.next !== undefined) {
        page = await rowsOfPage(this.#reader, explosionEdges, { ...query, after: page.next });
        found.push(...page.rows);
      }
    }
    return found;
  }
}
