import { Type, type Static } from '@sinclair/typebox';
import { productDimensionNames, stockDimensionNames } from '@tidemark/kernel';
import { weekdays } from '@tidemark/master-data';
import {
  choice,
  closed,
  Day,
  DimensionValues,
  Id,
  LeadTimeDays,
  Quantity,
  rowsOf,
  wireLimits,
} from './primitives.js';
import { OrderTypeName, SettingsData, settingsProperties } from './settings.js';

const leadTime = Type.Optional(LeadTimeDays);

export const ItemData = closed({
  id: Id,
  unit: Type.Optional(Id),
  decimals: Type.Optional(Type.Integer({ 'x-value': 'length', minimum: 0, maximum: 6 })),
  coverageGroup: Type.Optional(Id),
  orderType: Type.Optional(OrderTypeName),
  leadTime,
  leadTimes: Type.Optional(
    closed({ purchase: leadTime, production: leadTime, transfer: leadTime, kanban: leadTime }),
  ),
  leadTimeCalendar: Type.Optional(Id),
  calendar: Type.Optional(Id),
  productDimensions: Type.Optional(
    Type.Array(choice(productDimensionNames), { maxItems: 4, uniqueItems: true }),
  ),
  coverageDimensions: Type.Optional(
    Type.Array(choice(stockDimensionNames), { maxItems: 2, uniqueItems: true }),
  ),
  coverage: Type.Optional(SettingsData),
  coverageByDimension: Type.Optional(
    rowsOf(closed({ for: DimensionValues, refillFrom: Type.Optional(Id), ...settingsProperties })),
  ),
});
export type ItemData = Static<typeof ItemData>;

export const CoverageGroupData = closed({ id: Id, settings: SettingsData });
export type CoverageGroupData = Static<typeof CoverageGroupData>;

export const CalendarData = closed({
  id: Id,
  workingDays: Type.Optional(Type.Array(choice(weekdays), { maxItems: 7, uniqueItems: true })),
  holidays: Type.Optional(Type.Array(Day, { maxItems: wireLimits.rowsMax, uniqueItems: true })),
});
export type CalendarData = Static<typeof CalendarData>;

export const BillOfMaterialLineData = closed({
  item: Id,
  quantity: Quantity,
  dimensions: Type.Optional(DimensionValues),
  warehouse: Type.Optional(Id),
  scrapPercent: Type.Optional(Quantity),
  scrapConstant: Type.Optional(Quantity),
  rounding: Type.Optional(closed({ multiple: Quantity })),
  consumption: Type.Optional(choice(['variable', 'constant'])),
  type: Type.Optional(choice(['item', 'phantom', 'pegged'])),
  flushing: Type.Optional(choice(['start', 'finish', 'manual'])),
  leadTimeOffset: Type.Optional(
    Type.Integer({
      'x-value': 'length',
      minimum: -wireLimits.leadTimeDaysMax,
      maximum: wireLimits.leadTimeDaysMax,
    }),
  ),
});
export type BillOfMaterialLineData = Static<typeof BillOfMaterialLineData>;

export const BillOfMaterialData = closed({
  id: Id,
  item: Id,
  dimensions: Type.Optional(DimensionValues),
  site: Type.Optional(Id),
  validFrom: Type.Optional(Day),
  validTo: Type.Optional(Day),
  fromQuantity: Type.Optional(Quantity),
  perSeries: Type.Optional(Quantity),
  lines: rowsOf(BillOfMaterialLineData),
});
export type BillOfMaterialData = Static<typeof BillOfMaterialData>;

export const BillOfMaterialRemovedData = closed({ id: Id });
export type BillOfMaterialRemovedData = Static<typeof BillOfMaterialRemovedData>;
