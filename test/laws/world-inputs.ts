import type { InventoryTransaction } from '@tidemark/inventory';
import { applyEntry, emptyItemJournal, foldChange, type ItemChange } from '@tidemark/journal';
import type { ItemJournal, JournalEntry } from '@tidemark/journal';
import type { Dimensions as EngineDimensions } from '@tidemark/kernel';
import {
  dimensionsKey,
  noDimensions,
  noQuantity,
  planDayOf,
  quantityOf,
  unit,
} from '@tidemark/kernel';
import { weekdays, type BillOfMaterial, type CoverageSettings } from '@tidemark/master-data';
import type { Item as EngineItem } from '@tidemark/master-data';
import { definePlan, type PlanDefinition, type PlanningInput } from '@tidemark/planning';
import type { Bom, Calendar, Dice, Item, PlanSettings, ReferenceWorld } from '@tidemark/testkit';
import type {
  CoverageSettings as WorldSettings,
  StockRecord,
  Transaction,
} from '@tidemark/testkit';

const company = 'demo';

/** Turns a world, and what happens to it, into the inputs of a planning engine. */
export class WorldFeed {
  readonly #journals = new Map<string, ItemJournal>();
  readonly #itemOf = new Map<string, string>();
  readonly #sent: ItemChange[] = [];
  #version = 0;

  /** The opening state: master data, transactions, then counts, and the plan last. */
  opening(world: ReferenceWorld, continuity: PlanDefinition['continuity']): PlanningInput[] {
    const { plans = {}, coverageGroups = {}, calendars = {}, items = {} } = world;
    return [
      { kind: 'day', day: planDayOf(world.today) },
      ...Object.entries(calendars).map(([id, calendar]) => calendarInput(id, calendar)),
      ...Object.entries(coverageGroups).map(([id, group]) => groupInput(id, group)),
      ...Object.entries(items).map(([id, item]) => itemInput(id, item)),
      ...(world.boms ?? []).map(bomInput),
      ...(world.transactions ?? []).flatMap((image) => this.upsert(image)),
      ...totals(world.onHand ?? []).flatMap((record) => this.count(record)),
      ...this.#uncounted(world),
      ...Object.entries(plans).map(([id, plan]) => planInput(id, plan, continuity)),
    ];
  }

  upsert(image: Transaction): PlanningInput[] {
    const { item, id } = image;
    this.#itemOf.set(id, item);
    return this.#fold({ ...this.#head(item, id), kind: 'transaction', image: imageOf(image) });
  }

  remove({ id }: Pick<Transaction, 'id'>): PlanningInput[] {
    const item = this.#itemOf.get(id);
    if (item === undefined) throw new Error(`${id} is not known`);
    return this.#fold({ ...this.#head(item, id), kind: 'removal' });
  }

  /** A count of exactly these dimensions. */
  count(record: StockRecord): PlanningInput[] {
    const dimensions = record.dimensions ?? noDimensions;
    const count = {
      dimensions: plain<EngineDimensions>(dimensions),
      quantity: quantityOf(record.quantity),
    };
    const id = `count/${JSON.stringify(dimensions)}`;
    return this.#fold({ ...this.#head(record.item, id), kind: 'count', count });
  }

  /** What posted transactions of the opening state did to stock is in its counts already. */
  #uncounted(world: ReferenceWorld): PlanningInput[] {
    const counted = new Set(totals(world.onHand ?? []).map(placeOf));
    const touched = (world.transactions ?? []).map(({ item, dimensions }) => ({
      item,
      dimensions: dimensions ?? noDimensions,
      quantity: 0,
    }));
    return totals(touched)
      .filter((record) => !counted.has(placeOf(record)))
      .flatMap((record) => this.count(record));
  }

  #head(item: string, id: string) {
    this.#version += 1;
    return { company, item, source: 'world', id, version: this.#version };
  }

  /** Sends a change once more that was sent before: the last of its thing, or an older one. */
  repeat(dice: Dice): PlanningInput[] {
    const [first, ...others] = this.#sent;
    return first === undefined ? [] : this.#fold(dice.pick([first, ...others]));
  }

  /** What firming made goes into the journals, too. */
  takeFirmed(entries: readonly JournalEntry[]): void {
    for (const entry of entries) applyEntry(this.#journalOf(entry.item), entry);
  }

  #journalOf(item: string): ItemJournal {
    const journal = this.#journals.get(item) ?? emptyItemJournal(company, item);
    this.#journals.set(item, journal);
    return journal;
  }

  #fold(change: ItemChange): PlanningInput[] {
    const folded = foldChange(this.#journalOf(change.item), change);
    this.#sent.push(change);
    if (folded.outcome === 'refused') throw new Error(folded.refusal.message);
    if (folded.outcome !== 'entry') return [];
    return folded.records.flatMap((record): PlanningInput[] =>
      record.kind === 'entry' ? [{ kind: 'entry', entry: record.entry }] : [],
    );
  }
}

function placeOf({ item, dimensions }: StockRecord): string {
  return `${item} ${dimensionsKey(plain<EngineDimensions>(dimensions ?? noDimensions))}`;
}

/** One record a place: several records of the opening state add up. */
function totals(records: readonly StockRecord[]): readonly StockRecord[] {
  const sums = new Map<string, StockRecord>();
  for (const record of records) {
    const before = sums.get(placeOf(record))?.quantity ?? 0;
    sums.set(placeOf(record), { ...record, quantity: before + record.quantity });
  }
  return [...sums.values()];
}

/** The same value for a type that has absent keys where the world has undefined ones. */
function plain<Target>(value: object): Target {
  return JSON.parse(JSON.stringify(value)) as Target;
}

function settingsOf(settings: WorldSettings | undefined): CoverageSettings {
  return plain<CoverageSettings>(settings ?? {});
}

export function calendarInput(id: string, calendar: Calendar): PlanningInput {
  const { workingDays = weekdays, holidays = [] } = calendar;
  return { kind: 'calendar', calendar: { id, workingDays, holidays } };
}

export function groupInput(id: string, settings: WorldSettings): PlanningInput {
  return { kind: 'coverageGroup', group: { id, settings: settingsOf(settings) } };
}

export function itemInput(id: string, item: Item): PlanningInput {
  const { coverage, coverageByDimension = [], ...rest } = item;
  const entries = coverageByDimension.map(({ for: dimensions, refillFrom, ...settings }) => ({
    for: plain<EngineItem['coverageByDimension'][number]['for']>(dimensions),
    ...(refillFrom === undefined ? {} : { refillFrom }),
    settings: settingsOf(settings),
  }));
  return {
    kind: 'item',
    item: {
      leadTimes: {},
      productDimensions: [],
      coverageDimensions: [],
      ...plain<Partial<EngineItem>>(rest),
      id,
      coverage: settingsOf(coverage),
      coverageByDimension: entries,
    },
  };
}

export function bomInput(bom: Bom): PlanningInput {
  const lines = bom.lines.map(({ rounding, ...line }) => ({
    dimensions: noDimensions,
    scrapPercent: 0,
    scrapConstant: noQuantity,
    consumption: 'variable',
    type: 'item',
    flushing: 'finish',
    leadTimeOffset: 0,
    ...line,
    roundingMultiple: rounding?.multiple,
  }));
  const defaults = { dimensions: noDimensions, fromQuantity: noQuantity, perSeries: unit };
  return { kind: 'billOfMaterial', bom: plain<BillOfMaterial>({ ...defaults, ...bom, lines }) };
}

export function planInput(
  id: string,
  plan: PlanSettings,
  continuity: PlanDefinition['continuity'],
): PlanningInput {
  const { margins, ...rest } = plan;
  const definition = definePlan(id, {
    ...plain<Partial<PlanDefinition>>(rest),
    margins: {
      receipt: margins?.receiptMargin ?? 0,
      issue: margins?.issueMargin ?? 0,
      reorder: margins?.reorderMargin ?? 0,
    },
    continuity,
  });
  return { kind: 'planDefined', plan: definition };
}

function imageOf(image: Transaction): InventoryTransaction {
  const status = image.direction === 'issue' ? 'onOrder' : 'ordered';
  const defaults = { company, status, dimensions: noDimensions, reservationMode: 'manual' };
  return plain<InventoryTransaction>({ ...defaults, hold: false, ...image });
}
