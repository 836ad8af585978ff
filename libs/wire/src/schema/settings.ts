import { Type, type Static } from '@sinclair/typebox';
import { choice, closed, Days, Id, LeadTimeDays, Quantity, rowsOf } from './primitives.js';

const days = Type.Optional(Days);
const margin = Type.Optional(LeadTimeDays);
const quantity = Type.Optional(Quantity);
const flag = Type.Optional(Type.Boolean());
const orderTypes = ['purchase', 'production', 'transfer', 'kanban'] as const;

export const OrderTypeName = choice(orderTypes);

export const ActionsData = closed({
  advance: flag,
  postpone: flag,
  increase: flag,
  decrease: flag,
  cancel: flag,
  advanceMargin: days,
  postponeMargin: days,
  derived: flag,
});

export const ForecastData = closed({
  reduce: Type.Optional(choice(['none', 'transactions', 'percent', 'transactionsKey'])),
  by: Type.Optional(choice(['orders', 'all'])),
  shipped: Type.Optional(choice(['count', 'ignore'])),
  key: Type.Optional(
    rowsOf(
      closed({
        months: Type.Integer({ 'x-value': 'length', minimum: 1, maximum: 1200 }),
        percent: quantity,
      }),
    ),
  ),
});

export const AtpData = closed({
  backwardDemand: days,
  backwardSupply: days,
  offset: days,
  horizon: days,
});

const months = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;
const monthFactors = Object.fromEntries(months.map((month) => [month, quantity])) as Record<
  (typeof months)[number],
  typeof quantity
>;

/** The keys of coverage settings, as FORMAT names them. */
export const settingsProperties = {
  code: Type.Optional(choice(['requirement', 'period', 'minMax', 'manual', 'decouplingPoint'])),
  periodDays: Type.Optional(Type.Integer({ 'x-value': 'length', minimum: 1, maximum: 9_999 })),
  minimum: quantity,
  maximum: quantity,
  fulfilMinimum: Type.Optional(
    choice(['today', 'todayPlusLeadTime', 'firstIssue', 'coverageFence']),
  ),
  positiveDays: days,
  negativeDays: days,
  coverageFence: days,
  freezingFence: days,
  firmingFence: days,
  explosionFence: days,
  actionFence: days,
  delayFence: days,
  receiptMargin: margin,
  issueMargin: margin,
  reorderMargin: margin,
  orderMultiple: quantity,
  orderMinimum: quantity,
  orderMaximum: quantity,
  standardOrderQuantity: quantity,
  minimumKey: Type.Optional(closed(monthFactors)),
  reorderPoint: quantity,
  spikeThreshold: quantity,
  spikeHorizon: days,
  softIssueMargin: flag,
  orderType: Type.Optional(OrderTypeName),
  onHandConsumption: Type.Optional(choice(['beforeReceipts', 'inDateOrder', 'none'])),
  openReceipts: Type.Optional(choice(['use', 'ignore'])),
  actions: Type.Optional(ActionsData),
  forecast: Type.Optional(ForecastData),
  atp: Type.Optional(AtpData),
  coverageCalendar: Type.Optional(Id),
  warehouseCalendar: Type.Optional(Id),
  vendorCalendar: Type.Optional(Id),
};

export const SettingsData = closed(settingsProperties);
export type SettingsData = Static<typeof SettingsData>;

/** Keys of the settings whose values are decimal numbers of the item's unit. */
export const settingsQuantityKeys = [
  'minimum',
  'maximum',
  'orderMultiple',
  'orderMinimum',
  'orderMaximum',
  'standardOrderQuantity',
  'reorderPoint',
  'spikeThreshold',
] as const;
