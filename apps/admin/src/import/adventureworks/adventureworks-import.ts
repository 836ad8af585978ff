import { formatPlanDay, formatQuantity, parsePlanDay, planDayOf } from '@tidemark/kernel';
import type { PlanDay } from '@tidemark/kernel';
import { dayFact, planFact } from '../planning-facts.js';
import type { ImportSource, ImportStep, RowPlace } from '../import-step.js';
import { cutVersions, type BomVersion } from './bom-versions.js';
import { bomLineRemarks, bomSteps, itemSteps, remark } from './master-data-events.js';
import {
  inTimeOrder,
  purchaseMoments,
  salesMoments,
  workOrderMoments,
  type Moment,
} from './moments.js';
import { leastOpeningStock } from './opening-stock.js';
import {
  faultOfPurchase,
  faultOfWorkOrder,
  purchaseRemarks,
  salesRemarks,
  workOrderRemarks,
} from './order-oddities.js';
import { readTable } from './read-tables.js';
import { tables, type OnHandRow, type Placed } from './tables.js';

/** The end of the history: the day of on_hand.csv. */
export const historyEnd = '2014-08-08';

export interface AdventureWorksOptions {
  readonly folder: string;
  /** Orders are open that are not closed by then. Default: the end of the history. */
  readonly day?: PlanDay;
}

export interface AdventureWorksImport extends ImportSource {
  /** Sums of on_hand.csv by item, in millionths; complete once the steps have ended. */
  readonly counted: ReadonlyMap<string, number>;
}

/** The eight tables of AdventureWorks as events, in event-time order. */
export function adventureWorksImport(options: AdventureWorksOptions): AdventureWorksImport {
  const reading = new Reading(options);
  return {
    source: 'adventureworks',
    steps: reading.steps(),
    counted: reading.counted,
    fractionDone: () => reading.done,
  };
}

class Reading {
  readonly counted = new Map<string, number>();
  done = 0;
  readonly #folder: string;
  readonly #today: PlanDay;
  readonly #told: ImportStep[] = [];
  readonly #versions = new Map<string, readonly BomVersion[]>();

  constructor({ folder, day }: AdventureWorksOptions) {
    this.#folder = folder;
    this.#today = day ?? dayOf(historyEnd);
  }

  async *steps(): AsyncGenerator<ImportStep> {
    yield* this.#masterData();
    yield* this.#drain();
    yield dayFact(this.#today);
    await this.#readOnHand();
    yield* this.#drain();
    const ordered = inTimeOrder(await this.#moments());
    yield* this.#drain();
    yield* this.#opening(ordered);
    for (const [at, { place, events }] of ordered.entries()) {
      this.done = at / ordered.length;
      for (const event of events()) yield { kind: 'event', event, places: [place] };
    }
    yield planFact;
    this.done = 1;
  }

  *#drain(): Generator<ImportStep> {
    yield* this.#told.splice(0);
  }

  async *#masterData(): AsyncGenerator<ImportStep> {
    const items = await readTable(this.#folder, tables.items, this.#told);
    const vendors = await readTable(this.#folder, tables.vendors, this.#told);
    const lines = await readTable(this.#folder, tables.bomLines, this.#told);
    const linesOf = groupBy(lines, ({ parent }) => parent);
    const vendorsOf = groupBy(vendors, ({ item }) => item);
    for (const [parent, own] of linesOf) this.#versions.set(parent, cutVersions(parent, own));
    yield* this.#drain();
    for (const item of items) {
      yield* itemSteps(item, vendorsOf.get(item.item) ?? [], linesOf.has(item.item));
    }
    for (const line of lines) yield* bomLineRemarks(line);
    for (const versions of this.#versions.values()) {
      for (const version of versions) yield* bomSteps(version);
    }
  }

  /** Counts at the end are compared with, never posted. */
  async #readOnHand(): Promise<void> {
    const locations = await readTable(this.#folder, tables.locations, this.#told);
    const known = new Set(locations.map(({ location }) => location));
    for (const row of await readTable(this.#folder, tables.onHand, this.#told)) {
      this.counted.set(row.item, (this.counted.get(row.item) ?? 0) + row.quantity);
      if (!known.has(row.location)) this.#told.push(unknownLocation(row));
    }
  }

  async #moments(): Promise<Moment[]> {
    const today = this.#today;
    const moments: Moment[] = [];
    for (const row of await readTable(this.#folder, tables.sales, this.#told)) {
      this.#told.push(...salesRemarks(row, today));
      moments.push(...salesMoments(row, today));
    }
    for (const row of await readTable(this.#folder, tables.purchases, this.#told)) {
      if (this.#isRefused(row, faultOfPurchase(row))) continue;
      this.#told.push(...purchaseRemarks(row, today));
      moments.push(...purchaseMoments(row, today));
    }
    for (const row of await readTable(this.#folder, tables.workOrders, this.#told)) {
      const versions = this.#versions.get(row.item);
      if (this.#isRefused(row, faultOfWorkOrder(row))) continue;
      this.#told.push(...workOrderRemarks(row, versions, today));
      moments.push(...workOrderMoments(row, versions, today));
    }
    return moments;
  }

  #isRefused({ place }: Placed, fault: ReturnType<typeof faultOfPurchase>): boolean {
    if (fault === undefined) return false;
    this.#told.push({ kind: 'refused', place, fault });
    return true;
  }

  /** One count per item, on the day before the first order. */
  *#opening(ordered: readonly Moment[]): Generator<ImportStep> {
    const first = ordered[0];
    if (first === undefined) return;
    const time = `${formatPlanDay(planDayOf(first.day - 1))}T00:00:00Z`;
    for (const [item, millionths] of leastOpeningStock(ordered)) {
      const quantity = formatQuantity(millionths);
      const data = { id: `opening-${item}`, item, quantity, asOf: time };
      const place: RowPlace = { file: 'opening stock', line: 0 };
      yield {
        kind: 'event',
        event: { type: 'stock.counted.v1', version: 1, time, data },
        places: [],
      };
      const reason = `Item ${item} opens with ${quantity}: the least its own history allows.`;
      yield remark({ place }, 'OPENING_STOCK_ASSUMED', reason);
    }
  }
}

function unknownLocation({ place, location }: OnHandRow & Placed): ImportStep {
  return remark({ place }, 'UNKNOWN_LOCATION', `Location ${location} is not in locations.csv.`);
}

function dayOf(text: string): PlanDay {
  const day = parsePlanDay(text);
  return day.ok ? day.value : planDayOf(0);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
