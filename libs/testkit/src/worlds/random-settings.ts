import { unit, type Amount } from '../reference/values.js';
import type { ActionSettings, CoverageCode, CoverageSettings } from '../reference/world.js';
import type { ForecastSettings, PlanSettings } from '../reference/world.js';
import type { Dice } from './dice.js';

const codes: readonly CoverageCode[] = [
  'requirement',
  'requirement',
  'requirement',
  'period',
  'period',
  'minMax',
  'minMax',
  'manual',
  'decouplingPoint',
];

export function pieces(dice: Dice, from: number, to: number): Amount {
  return dice.between(from, to) * unit;
}

/** The same settings without the keys that were not given. */
export function onlyGiven<Settings extends object>(settings: Settings): Settings {
  const copy = { ...settings };
  for (const [key, value] of Object.entries(copy)) {
    if (value === undefined) Reflect.deleteProperty(copy, key);
  }
  return copy;
}

function randomActions(dice: Dice): ActionSettings {
  return onlyGiven({
    advance: dice.chance(0.8),
    postpone: dice.chance(0.8),
    increase: dice.chance(0.5),
    decrease: dice.chance(0.7),
    cancel: dice.chance(0.7),
    advanceMargin: dice.perhaps(0.3, () => dice.between(0, 3)),
    postponeMargin: dice.perhaps(0.3, () => dice.between(0, 3)),
    derived: dice.perhaps(0.4, () => true),
  });
}

function randomForecast(dice: Dice): ForecastSettings {
  return onlyGiven({
    reduce: dice.pick(['none', 'transactions', 'percent', 'transactionsKey'] as const),
    by: dice.perhaps(0.5, () => dice.pick(['orders', 'all'] as const)),
    shipped: dice.perhaps(0.5, () => dice.pick(['count', 'ignore'] as const)),
    key: [
      { months: 1, percent: pieces(dice, 0, 100) },
      { months: 2, percent: pieces(dice, 0, 100) },
    ],
  });
}

function randomFences(dice: Dice): CoverageSettings {
  return {
    coverageFence: dice.perhaps(0.15, () => dice.between(5, 60)),
    freezingFence: dice.perhaps(0.08, () => dice.between(1, 10)),
    firmingFence: dice.perhaps(0.05, () => dice.between(1, 10)),
    explosionFence: dice.perhaps(0.12, () => dice.between(0, 30)),
    actionFence: dice.perhaps(0.15, () => dice.between(0, 30)),
    delayFence: dice.perhaps(0.15, () => dice.between(0, 30)),
  };
}

function randomLots(dice: Dice): CoverageSettings {
  const orderMultiple = dice.perhaps(0.3, () => pieces(dice, 2, 12));
  return {
    orderMultiple,
    orderMinimum: dice.perhaps(0.25, () => pieces(dice, 2, 25)),
    orderMaximum: dice.perhaps(0.2, () => (orderMultiple ?? 0) + pieces(dice, 10, 40)),
  };
}

function randomMinimum(dice: Dice, code: CoverageCode): CoverageSettings {
  const minimum = dice.perhaps(code === 'minMax' ? 0.9 : 0.35, () => pieces(dice, 1, 25));
  const buffer = code === 'minMax' || code === 'decouplingPoint';
  const likely = code === 'decouplingPoint' ? 1 : 0.8;
  return {
    minimum,
    maximum: buffer
      ? dice.perhaps(likely, () => 4 * (minimum ?? 0) + pieces(dice, 5, 60))
      : undefined,
    fulfilMinimum: dice.perhaps(0.6, () =>
      dice.pick(['today', 'todayPlusLeadTime', 'firstIssue', 'coverageFence'] as const),
    ),
    minimumKey: dice.perhaps(0.15, () => ({ 1: unit, 3: 2 * unit, 4: 1.5 * unit })),
  };
}

/** Coverage settings of an item, a group or a dimension entry. */
export function randomSettings(dice: Dice): CoverageSettings {
  const code = dice.pick(codes);
  return onlyGiven({
    code,
    periodDays: code === 'period' ? dice.between(1, 14) : undefined,
    ...randomMinimum(dice, code),
    ...randomLots(dice),
    ...randomFences(dice),
    positiveDays: dice.perhaps(0.5, () => dice.pick([0, 2, 5, 10, 100])),
    negativeDays: dice.perhaps(0.5, () => dice.pick([0, 1, 2, 5, 20])),
    receiptMargin: dice.perhaps(0.2, () => dice.between(0, 3)),
    issueMargin: dice.perhaps(0.2, () => dice.between(0, 3)),
    reorderMargin: dice.perhaps(0.2, () => dice.between(0, 3)),
    softIssueMargin: dice.perhaps(0.1, () => true),
    reorderPoint: dice.perhaps(0.3, () => pieces(dice, 5, 40)),
    spikeThreshold: dice.perhaps(0.3, () => pieces(dice, 5, 30)),
    spikeHorizon: dice.perhaps(0.3, () => dice.between(0, 15)),
    onHandConsumption: dice.perhaps(0.2, () =>
      dice.pick(['beforeReceipts', 'inDateOrder', 'none'] as const),
    ),
    openReceipts: dice.perhaps(0.1, () => dice.pick(['use', 'ignore'] as const)),
    actions: dice.perhaps(0.7, () => randomActions(dice)),
    forecast: dice.perhaps(0.5, () => randomForecast(dice)),
  });
}

/** Settings of the plan. */
export function randomPlan(dice: Dice): PlanSettings {
  const margins = {
    receiptMargin: dice.between(0, 1),
    issueMargin: dice.between(0, 1),
    reorderMargin: dice.between(0, 1),
  };
  return onlyGiven({
    actionBasis: dice.perhaps(0.3, () => 'delayedDate' as const),
    dynamicNegativeDays: dice.perhaps(0.5, () => true),
    dynamicPositiveDays: dice.perhaps(0.3, () => true),
    setRequirementDateToDelayedDate: dice.perhaps(0.15, () => true),
    margins: dice.perhaps(0.2, () => margins),
    marginsInWorkingDays: dice.perhaps(0.25, () => true),
    firmingBasis: dice.perhaps(0.3, () => 'requirementDate' as const),
    firmingMarking: dice.perhaps(0.4, () => dice.pick(['none', 'extended'] as const)),
    includeQuotations: dice.perhaps(0.2, () => true),
  });
}
