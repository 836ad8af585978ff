import {
  causesList,
  coverageList,
  headsTable,
  numberIn,
  ordersList,
  planHeadOf,
  requirementsList,
  type ListedTable,
  type PlanHead,
  type Shown,
} from '@tidemark/projections';
import {
  ReadModelNotReady,
  type Cell,
  type ReadModelReader,
  type RowRange,
} from '@tidemark/streams';
import { readExplosion, type StaticExplosion } from './explosion.js';
import { listPage, rowsOfPage, totalOf, type ListPage, type PageQuery } from './pages.js';
import { readPegging, type OrderPegging } from './pegging.js';
import { countedLists, planLists, type PlanListName } from './plan-lists.js';
import { profilePage } from './profile.js';

/** What every answer about a plan tells of itself. */
export interface PlanStand {
  readonly plan: string;
  readonly revision: number;
  readonly tidemark: string;
}

/** Rows of a plan's list that are wanted. */
export interface PlanPage {
  /** Values that columns must have. */
  readonly where?: Readonly<Record<string, Cell>>;
  readonly ranges?: readonly RowRange[];
  readonly limit: number;
  readonly after?: readonly Cell[];
}

interface OfPlan {
  readonly company: string;
  readonly plan: string;
}

/** A plan at one moment: everything read here is of the same revision. */
export class PlanMoment {
  readonly stand: PlanStand;
  readonly #of: OfPlan;
  readonly #head: PlanHead;
  readonly #reader: ReadModelReader;

  constructor(reader: ReadModelReader, of: OfPlan, head: PlanHead) {
    this.#reader = reader;
    this.#of = of;
    this.#head = head;
    this.stand = { plan: of.plan, revision: head.revision, tidemark: head.tidemark };
  }

  async page(name: PlanListName, page: PlanPage): Promise<ListPage> {
    const list = planLists[name];
    const { where = {}, ranges = [], limit, after } = page;
    const query: PageQuery = {
      where: { ...this.#of, ...where },
      ranges,
      limit,
      ...(after === undefined ? {} : { after }),
    };
    const isWhole = Object.keys(where).length === 0 && ranges.length === 0;
    if (isWhole && countedLists.has(name)) {
      const total = this.#head.lines;
      if (name === 'requirements') return { ...(await profilePage(this.#reader, query)), total };
      const { rows, ...next } = await rowsOfPage(this.#reader, list, query);
      return { items: rows.map((row) => list.show(row)), total, ...next };
    }
    if (name !== 'requirements') return listPage(this.#reader, list, query);
    const total = await totalOf(this.#reader, list, query);
    return { ...(await profilePage(this.#reader, query)), total };
  }

  /** Revisions, oldest first, each with what was applied at its first nodes. */
  async revisions(page: PlanPage): Promise<ListPage> {
    const { items, ...more } = await this.page('revisions', page);
    const revisions = items.map((item) => item['revision']).filter((one) => isNumber(one));
    const { shape, table, orderBy } = causesList;
    const where = { ...this.#of, revision: revisions };
    const rows = await this.#reader.select(shape, { table, where, orderBy });
    const causes = new Map<number, Shown[]>();
    for (const row of rows) {
      const revision = numberIn(row, 'revision');
      causes.set(revision, [...(causes.get(revision) ?? []), causesList.show(row)]);
    }
    const withCauses = items.map((item) => ({
      ...item,
      causes: causes.get(Number(item['revision'])) ?? [],
    }));
    return { items: withCauses, ...more };
  }

  /** Of a moment in the read model of explosions; nothing hangs on what the plan does not know. */
  explosion(of: string): Promise<StaticExplosion> {
    return readExplosion(this.#reader, this.#of, of);
  }

  /**
   * Undefined if the plan has no such order.
   *
   * @throws ReadModelNotReady while one of the models that it joins is behind the others.
   */
  async pegging(order: string): Promise<OrderPegging | undefined> {
    for (const list of [ordersList, requirementsList, coverageList]) {
      const { revision } = await headOf(this.#reader, this.#of, list);
      if (revision !== this.stand.revision) throw new ReadModelNotReady(list.shape.name);
    }
    return readPegging(this.#reader, this.#of, order);
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** The moment of a plan in the read model that a list belongs to. */
export async function planMoment(
  reader: ReadModelReader,
  of: OfPlan,
  list: ListedTable,
): Promise<PlanMoment> {
  return new PlanMoment(reader, of, await headOf(reader, of, list));
}

async function headOf(
  reader: ReadModelReader,
  { company, plan }: OfPlan,
  { shape }: ListedTable,
): Promise<PlanHead> {
  const [head] = await reader.select(shape, { table: headsTable.name, where: { company, plan } });
  return planHeadOf(head);
}
