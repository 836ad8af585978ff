import {
  ceilTo,
  civilOf,
  dimensionCount,
  dimensionsInclude,
  floorTo,
  multiplyDivideCeil,
  quantityMax,
  stepOfDecimals,
  unit,
  type Dimensions,
} from '@tidemark/kernel';
import type {
  ActionSettings,
  AvailableToPromiseSettings,
  CoverageCode,
  CoverageSettings,
  DimensionCoverage,
  ForecastSettings,
  FulfilMinimum,
  Item,
  OnHandConsumption,
  OrderType,
} from '@tidemark/master-data';
import type { PlanDefinition } from '../api/plan-definition.js';
import type { MasterDataIndex } from '../world/master-data-index.js';
import { calendarsOf, type NodeCalendars } from './calendars.js';

/** No limit, of positive days and of order maximum. */
export const unlimited = Number.POSITIVE_INFINITY;
const coverageFenceDefault = 100;

/**
 * What a node is planned by: every setting resolved (dimension entry, item, group, default; fences
 * by plan override first), quantities in millionths, days as numbers, on the plan's day.
 */
export interface NodeParameters extends NodeCalendars {
  readonly today: number;
  readonly code: CoverageCode;
  readonly orderType: OrderType;
  readonly refillFrom: string | undefined;
  readonly periodDays: number;
  /** Times the factor of the minimum key (SS-8); 0: none. */
  readonly minimum: number;
  readonly maximum: number | undefined;
  readonly reorderPoint: number;
  readonly spikeThreshold: number | undefined;
  readonly spikeHorizon: number | undefined;
  readonly fulfilMinimum: FulfilMinimum;
  readonly positiveDays: number;
  readonly negativeDays: number;
  readonly dynamicNegativeDays: boolean;
  readonly dynamicPositiveDays: boolean;
  readonly coverageFence: number;
  readonly freezingFence: number;
  readonly firmingFence: number;
  readonly explosionFence: number;
  readonly actionFence: number;
  readonly delayFence: number;
  readonly receiptMargin: number;
  readonly issueMargin: number;
  readonly reorderMargin: number;
  readonly softIssueMargin: boolean;
  readonly marginsInWorkingDays: boolean;
  readonly orderMultiple: number;
  readonly orderMinimum: number;
  /** At most the largest quantity there is: more is split into lots. */
  readonly orderMaximum: number;
  /** Smallest step of a planned quantity, from the item's decimals. */
  readonly step: number;
  readonly onHandConsumption: OnHandConsumption;
  /** Open receipts that are supply: those made by firming here are never ignored (CO-2, law 6). */
  readonly receiptsCounted: 'all' | 'firmed' | 'none';
  readonly actions: ActionSettings | undefined;
  readonly actionBasis: PlanDefinition['actionBasis'];
  readonly forecast: ForecastSettings | undefined;
  readonly atp: AvailableToPromiseSettings | undefined;
  readonly includeQuotations: boolean;
  readonly showDelayedRequirementDate: boolean;
  readonly leadTimes: Readonly<Record<OrderType, number>>;
}

/** Settings of a node, key by key: the most specific dimension entry, the item, its group. */
export function settingsOf(
  master: MasterDataIndex,
  item: Item,
  dimensions: Dimensions,
): { settings: CoverageSettings; entry: DimensionCoverage | undefined } {
  let entry: DimensionCoverage | undefined;
  for (const candidate of item.coverageByDimension) {
    if (!dimensionsInclude(dimensions, candidate.for)) continue;
    if (entry === undefined || dimensionCount(candidate.for) > dimensionCount(entry.for)) {
      entry = candidate;
    }
  }
  const group = master.group(item.coverageGroup)?.settings;
  return { settings: { ...group, ...item.coverage, ...entry?.settings }, entry };
}

export function resolveParameters(
  master: MasterDataIndex,
  plan: PlanDefinition,
  node: { item: Item; dimensions: Dimensions; today: number },
): NodeParameters {
  const { item, today } = node;
  const { settings, entry } = settingsOf(master, item, node.dimensions);
  const step = stepOfDecimals(item.decimals ?? 6);
  const minimum = seasonalMinimum(settings, { today, step });
  const orderType = orderTypeOf(master, node, { settings, refill: entry?.refillFrom });
  return {
    today,
    code: settings.code ?? 'requirement',
    orderType,
    refillFrom: entry?.refillFrom,
    periodDays: settings.periodDays ?? 1,
    minimum,
    maximum: settings.maximum,
    reorderPoint: settings.reorderPoint ?? minimum,
    spikeThreshold: settings.spikeThreshold,
    spikeHorizon: settings.spikeHorizon,
    fulfilMinimum: settings.fulfilMinimum ?? 'todayPlusLeadTime',
    ...windowsOf(plan, settings),
    ...fencesOf(plan, settings),
    ...marginsOf(plan, settings),
    orderMultiple: settings.orderMultiple ?? 0,
    orderMinimum: settings.orderMinimum ?? 0,
    orderMaximum: Math.min(settings.orderMaximum ?? unlimited, floorTo(quantityMax, step)),
    step,
    onHandConsumption: settings.onHandConsumption ?? 'beforeReceipts',
    receiptsCounted: settings.openReceipts === 'ignore' ? 'firmed' : 'all',
    actions: settings.actions,
    actionBasis: plan.actionBasis,
    forecast: settings.forecast,
    atp: settings.atp,
    includeQuotations: plan.includeQuotations,
    showDelayedRequirementDate: plan.setRequirementDateToDelayedDate,
    ...calendarsOf(master, item, { settings, orderType }),
    leadTimes: leadTimesOf(item),
  };
}

function windowsOf(
  plan: PlanDefinition,
  settings: CoverageSettings,
): Pick<
  NodeParameters,
  'positiveDays' | 'negativeDays' | 'dynamicNegativeDays' | 'dynamicPositiveDays'
> {
  return {
    positiveDays: settings.positiveDays ?? unlimited,
    negativeDays: settings.negativeDays ?? 0,
    dynamicNegativeDays: plan.dynamicNegativeDays,
    dynamicPositiveDays: plan.dynamicPositiveDays,
  };
}

type Fences =
  | 'coverageFence'
  | 'freezingFence'
  | 'firmingFence'
  | 'explosionFence'
  | 'actionFence'
  | 'delayFence';

function fencesOf(plan: PlanDefinition, settings: CoverageSettings): Pick<NodeParameters, Fences> {
  const { overrides } = plan;
  const coverageFence = overrides.coverageFence ?? settings.coverageFence ?? coverageFenceDefault;
  return {
    coverageFence,
    freezingFence: overrides.freezingFence ?? settings.freezingFence ?? 0,
    firmingFence: overrides.firmingFence ?? settings.firmingFence ?? 0,
    explosionFence: overrides.explosionFence ?? settings.explosionFence ?? coverageFence,
    actionFence: overrides.actionFence ?? settings.actionFence ?? coverageFence,
    delayFence: overrides.delayFence ?? settings.delayFence ?? coverageFence,
  };
}

type Margins =
  'receiptMargin' | 'issueMargin' | 'reorderMargin' | 'softIssueMargin' | 'marginsInWorkingDays';

/** Margins of the plan and of the settings add up (MG-1). */
function marginsOf(
  plan: PlanDefinition,
  settings: CoverageSettings,
): Pick<NodeParameters, Margins> {
  return {
    receiptMargin: plan.margins.receipt + (settings.receiptMargin ?? 0),
    issueMargin: plan.margins.issue + (settings.issueMargin ?? 0),
    reorderMargin: plan.margins.reorder + (settings.reorderMargin ?? 0),
    softIssueMargin: settings.softIssueMargin ?? false,
    marginsInWorkingDays: plan.marginsInWorkingDays,
  };
}

/** The order type of a node (OT-1). */
function orderTypeOf(
  master: MasterDataIndex,
  node: { item: Item; dimensions: Dimensions },
  given: { settings: CoverageSettings; refill: string | undefined },
): OrderType {
  if (given.refill !== undefined) return 'transfer';
  const set = given.settings.orderType ?? node.item.orderType;
  if (set !== undefined) return set;
  return master.hasBomFor(node.item.id, node.dimensions) ? 'production' : 'purchase';
}

function leadTimesOf(item: Item): Record<OrderType, number> {
  const general = item.leadTime ?? 0;
  return {
    purchase: item.leadTimes.purchase ?? general,
    production: item.leadTimes.production ?? general,
    transfer: item.leadTimes.transfer ?? general,
    kanban: item.leadTimes.kanban ?? general,
  };
}

/** The minimum times the factor of the latest key month up to today's month (SS-8). */
function seasonalMinimum(settings: CoverageSettings, on: { today: number; step: number }): number {
  const minimum = settings.minimum ?? 0;
  const key = settings.minimumKey;
  if (key === undefined || minimum === 0) return minimum;
  const months = Object.keys(key)
    .map(Number)
    .sort((left, right) => left - right);
  const { month } = civilOf(on.today);
  const from = months.filter((candidate) => candidate <= month).at(-1) ?? months.at(-1);
  const factor = from === undefined ? unit : (key[from] ?? unit);
  return ceilTo(multiplyDivideCeil(minimum, factor, unit), on.step);
}
