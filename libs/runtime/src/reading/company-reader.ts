import { failed, success, type Result } from '@tidemark/kernel';
import {
  headsTable,
  journalsList,
  plans as plansModel,
  requirementsList,
  shownPlans,
  stockList,
  textIn,
  type ListedTable,
  type Shown,
} from '@tidemark/projections';
import {
  comparePositions,
  origin,
  type Position,
  type ReadModelReader,
  type ReadModelShape,
} from '@tidemark/streams';
import type { WireRefusal } from '@tidemark/wire';
import type { PlannerDesk } from '../planner/planner-desk.js';
import { listPage, type ListPage } from './pages.js';
import { PlanMoment, planMoment, type PlanPage, type PlanStand } from './plan-moment.js';
import { planLists, type PlanListName } from './plan-lists.js';
import { overlaidPage } from './profile.js';
import type { ReadModels } from './read-models.js';
import { readingRefusals } from './reading-refusals.js';
import { withinTime } from './within-time.js';

export interface CompanyReaderOptions {
  readonly company: string;
  readonly models: ReadModels;
  readonly desk: PlannerDesk;
  /** How long an answer waits for the position that it must have folded. */
  readonly waitMs?: number;
}

export interface PlanWanted {
  readonly plan: string;
  /** What is looked at: its read model tells the revision. */
  readonly list: PlanListName | ListedTable;
  /** The position that the answer must have folded. */
  readonly minPosition?: Position;
}

/** A profile with what is pending laid over; `position`: the item's last entry (DU-2). */
export interface OverlaidAnswer extends ListPage {
  readonly stand: PlanStand;
  readonly position: Position;
}

const waitMsDefault = 10_000;

/** What readers ask of one company; answered from its read models. */
export class CompanyReader {
  readonly #options: CompanyReaderOptions;
  readonly #waitMs: number;

  constructor(options: CompanyReaderOptions) {
    this.#options = options;
    this.#waitMs = options.waitMs ?? waitMsDefault;
  }

  /**
   * Looks at a plan at one moment, by the read model of a list. Refused with UNKNOWN_PLAN,
   * POSITION_NOT_REACHED.
   */
  async plan<Value>(
    { plan, list, minPosition }: PlanWanted,
    look: (moment: PlanMoment) => Promise<Value>,
  ): Promise<Result<Value, WireRefusal>> {
    const { company, models } = this.#options;
    const of = { company, plan };
    const table = typeof list === 'string' ? planLists[list] : list;
    const waited = await this.#waitForPlans(table.shape, minPosition);
    if (waited !== undefined) return failed(waited);
    const refused = await this.checkPlan(plan);
    if (refused !== undefined) return failed(refused);
    return models.read(async (reader) => success(await look(await planMoment(reader, of, table))));
  }

  /** Why there is no such plan; undefined if there is one. One just defined may be on its way. */
  async checkPlan(plan: string): Promise<WireRefusal | undefined> {
    if ((await this.#planIds()).includes(plan)) return undefined;
    await this.#waitForPlans(plansModel.shape, origin);
    const known = await this.#planIds();
    return known.includes(plan) ? undefined : readingRefusals.plan(plan, known);
  }

  /** Every plan with its revision and tidemark, and the place that this was read at. */
  async plans(
    minPosition?: Position,
  ): Promise<
    Result<{ readonly position: Position; readonly items: readonly Shown[] }, WireRefusal>
  > {
    const { company, models } = this.#options;
    const { shape } = plansModel;
    const waited = await this.#waitForPlans(shape, minPosition);
    if (waited !== undefined) return failed(waited);
    return models.read(async (reader) => {
      const rowsOf = (table: string, orderBy: readonly string[] = []) =>
        reader.select(shape, { table, where: { company }, orderBy });
      const tables = {
        definitions: await rowsOf('definitions', ['position']),
        chosen: await rowsOf('chosen'),
        days: await rowsOf('days'),
        heads: await rowsOf(headsTable.name),
      };
      const { through } = await reader.checkpoint(shape);
      return success({ position: through, items: shownPlans(tables) });
    });
  }

  /** The ids of the plans that are defined. */
  #planIds(): Promise<readonly string[]> {
    const { company, models } = this.#options;
    return models.read((reader) => definedPlans(reader, company));
  }

  /**
   * A list that belongs to no plan. It shows everything up to `minPosition`; refused with
   * POSITION_NOT_REACHED.
   */
  async list(
    list: ListedTable,
    { minPosition, ...page }: PlanPage & { readonly minPosition?: Position },
  ): Promise<Result<ListPage & { readonly position: Position }, WireRefusal>> {
    const { company, models } = this.#options;
    const waited = await this.#waitFor(list.shape, minPosition);
    if (waited !== undefined) return failed(waited);
    return models.read(async (reader) => {
      const query = { ...page, where: { company, ...page.where } };
      const found = await listPage(reader, list, query);
      const { through } = await reader.checkpoint(list.shape);
      return success({ ...found, position: through });
    });
  }

  stock(page: PlanPage & { readonly minPosition?: Position }) {
    return this.list(stockList, page);
  }

  /**
   * The requirement profile of an item as the planner lays pending entries over it, if the item's
   * journal may hold some that the plan has not folded (law 8, DU-2); undefined: there are none.
   * Refused like `plan`.
   */
  async overlaid(
    {
      plan,
      item,
      minPosition,
    }: { readonly plan: string; readonly item: string; readonly minPosition?: Position },
    page: PlanPage,
  ): Promise<Result<OverlaidAnswer | undefined, WireRefusal>> {
    const { company, models, desk } = this.#options;
    const refused =
      (await this.#waitForPlans(requirementsList.shape, minPosition)) ??
      (await this.checkPlan(plan));
    if (refused !== undefined) return failed(refused);
    const position = await models.read(async (reader) => {
      const { stand } = await planMoment(reader, { company, plan }, requirementsList);
      const { shape, table } = journalsList;
      const [journal] = await reader.select(shape, { table, where: { company, item } });
      const last = journal === undefined ? '' : textIn(journal, 'position');
      return comparePositions(last, stand.tidemark) > 0 ? last : undefined;
    });
    if (position === undefined) return success(undefined);
    const profile = await withinTime(desk.profile(plan, item), this.#waitMs);
    if (profile === undefined) return success(undefined);
    const { revision, tidemark } = profile;
    const stand = { plan, revision, tidemark };
    return success({ stand, position, ...overlaidPage(profile, page) });
  }

  /** The plans must have folded the position, and what that led to must have been read. */
  async #waitForPlans(
    shape: ReadModelShape,
    minPosition: Position | undefined,
  ): Promise<WireRefusal | undefined> {
    if (minPosition === undefined) return undefined;
    const { desk, models } = this.#options;
    const published = await withinTime(desk.folded(minPosition), this.#waitMs);
    if (published !== undefined) return this.#waitFor(shape, published, minPosition);
    return readingRefusals.position(minPosition, await models.through(shape));
  }

  async #waitFor(
    shape: ReadModelShape,
    position: Position | undefined,
    asked = position,
  ): Promise<WireRefusal | undefined> {
    if (position === undefined || asked === undefined) return undefined;
    const through = await this.#options.models.reach(shape, position, this.#waitMs);
    if (comparePositions(through, position) >= 0) return undefined;
    return readingRefusals.position(asked, through);
  }
}

async function definedPlans(reader: ReadModelReader, company: string): Promise<readonly string[]> {
  const table = 'definitions';
  const rows = await reader.select(plansModel.shape, {
    table,
    where: { company },
    orderBy: ['position'],
  });
  return [...new Set(rows.map((row) => textIn(row, 'plan')))];
}
