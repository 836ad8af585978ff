import type { PerhapsCalendar } from './calendar.js';
import { countOf, includesAll, type PlanNode } from './nodes.js';
import { ceilOf, civilOfDay, roundUpTo, stepOf, unit, type Amount, type Day } from './values.js';
import type { Bom, Calendar, CoverageCode, CoverageSettings, Dimensions } from './world.js';
import type { DimensionCoverage, Fences, Item, OrderType, PlanSettings } from './world.js';

export interface MasterData {
  readonly calendars: Readonly<Record<string, Calendar>>;
  readonly groups: Readonly<Record<string, CoverageSettings>>;
  readonly items: Readonly<Record<string, Item>>;
  readonly boms: readonly Bom[];
}

/** What planning stands on: master data, the plan's own settings, the plan's date. */
export interface Ground {
  readonly master: MasterData;
  readonly plan: PlanSettings;
  readonly today: Day;
}

export interface FenceDays {
  readonly coverage: number;
  readonly freezing: number;
  readonly firming: number;
  readonly explosion: number;
  readonly action: number;
  readonly delay: number;
}

/** Everything a node is planned by, with all defaults filled in. */
export interface Terms {
  readonly node: PlanNode;
  readonly today: Day;
  readonly plan: PlanSettings;
  readonly settings: CoverageSettings;
  readonly calendar: PerhapsCalendar;
  readonly leadTimeCalendar: PerhapsCalendar;
  readonly step: Amount;
  readonly code: CoverageCode;
  /** The seasonal minimum (SS-8); a safety stock for every code but manual and decouplingPoint. */
  readonly minimum: Amount;
  readonly fences: FenceDays;
  readonly receiptMargin: number;
  readonly issueMargin: number;
  readonly reorderMargin: number;
  readonly orderType: OrderType;
  readonly leadTime: number;
  readonly refillFrom: string | undefined;
}

const coverageFenceDefault = 100;

/** The entry of coverageByDimension with most matching dimensions; of equals the first. */
function coverageEntry(
  item: Item | undefined,
  dimensions: Dimensions,
): DimensionCoverage | undefined {
  let best: DimensionCoverage | undefined;
  for (const entry of item?.coverageByDimension ?? []) {
    if (!includesAll(dimensions, entry.for)) continue;
    if (best === undefined || countOf(entry.for) > countOf(best.for)) best = entry;
  }
  return best;
}

/** Entry before item before group, key by key. */
function mergedSettings(master: MasterData, node: PlanNode): CoverageSettings {
  const item = master.items[node.item];
  const group = item?.coverageGroup === undefined ? {} : master.groups[item.coverageGroup];
  return { ...group, ...item?.coverage, ...coverageEntry(item, node.dimensions) };
}

/** TF: plan override before settings; absent explosion, action and delay = coverage fence. */
function fencesOf(plan: PlanSettings, settings: CoverageSettings): FenceDays {
  const given = (name: keyof Fences): number | undefined =>
    plan.overrides?.[name] ?? settings[name];
  const coverage = given('coverageFence') ?? coverageFenceDefault;
  return {
    coverage,
    freezing: given('freezingFence') ?? 0,
    firming: given('firmingFence') ?? 0,
    explosion: given('explosionFence') ?? coverage,
    action: given('actionFence') ?? coverage,
    delay: given('delayFence') ?? coverage,
  };
}

/** SS-8: the factor of the latest month <= the month of T; before the first, the last one. */
function seasonalFactor(settings: CoverageSettings, today: Day): Amount {
  const key = settings.minimumKey;
  if (key === undefined) return unit;
  const months = Object.keys(key)
    .map(Number)
    .sort((left, right) => left - right);
  const month = civilOfDay(today).month;
  const reached = months.filter((start) => start <= month);
  const chosen = reached.at(-1) ?? months.at(-1);
  return chosen === undefined ? unit : (key[String(chosen)] ?? unit);
}

function seasonalMinimum(settings: CoverageSettings, today: Day, step: Amount): Amount {
  const product = BigInt(settings.minimum ?? 0) * BigInt(seasonalFactor(settings, today));
  return roundUpTo(Number(ceilOf(product, BigInt(unit))), step);
}

/** OT-1: whether a BOM fits the dimensions, whatever its dates and quantity. */
function hasFittingBom(master: MasterData, node: PlanNode): boolean {
  return master.boms.some(
    (bom) =>
      bom.item === node.item &&
      includesAll(node.dimensions, bom.dimensions) &&
      (bom.site === undefined || bom.site === node.dimensions.site),
  );
}

/** OT-1: refill, then settings by dimension, item or group, then item, then BOM, else purchase. */
function orderTypeOf(master: MasterData, node: PlanNode, refill: string | undefined): OrderType {
  if (refill !== undefined) return 'transfer';
  const wanted = mergedSettings(master, node).orderType ?? master.items[node.item]?.orderType;
  return wanted ?? (hasFittingBom(master, node) ? 'production' : 'purchase');
}

function calendarOf(master: MasterData, name: string | undefined): PerhapsCalendar {
  return name === undefined ? undefined : master.calendars[name];
}

/** The terms of a node; `type` given: those of an order of another type than the node's own. */
export function termsOf(ground: Ground, node: PlanNode, type?: OrderType): Terms {
  const { master, plan, today } = ground;
  const item = master.items[node.item];
  const settings = mergedSettings(master, node);
  const step = stepOf(item?.decimals ?? 6);
  const refillFrom = coverageEntry(item, node.dimensions)?.refillFrom;
  const orderType = type ?? orderTypeOf(master, node, refillFrom);
  return {
    node,
    today,
    plan,
    settings,
    calendar: calendarOf(master, item?.calendar),
    leadTimeCalendar: calendarOf(master, item?.leadTimeCalendar),
    step,
    code: settings.code ?? 'requirement',
    minimum: seasonalMinimum(settings, today, step),
    fences: fencesOf(plan, settings),
    receiptMargin: (settings.receiptMargin ?? 0) + (plan.margins?.receiptMargin ?? 0),
    issueMargin: (settings.issueMargin ?? 0) + (plan.margins?.issueMargin ?? 0),
    reorderMargin: (settings.reorderMargin ?? 0) + (plan.margins?.reorderMargin ?? 0),
    orderType,
    leadTime: item?.leadTimes?.[orderType] ?? item?.leadTime ?? 0,
    refillFrom,
  };
}

/** CC-5: min/max without minimum and maximum works as requirement. */
export function workingCode(terms: Terms): CoverageCode {
  if (terms.code !== 'minMax') return terms.code;
  const given = (terms.settings.minimum ?? 0) > 0 || terms.settings.maximum !== undefined;
  return given ? 'minMax' : 'requirement';
}

/** SS-1, CC-7: the quantity that is a demand of its own. */
export function safetyStockOf(terms: Terms): Amount {
  return terms.code === 'manual' || terms.code === 'decouplingPoint' ? 0 : terms.minimum;
}
