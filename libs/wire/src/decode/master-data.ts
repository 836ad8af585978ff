import { productDimensionNames, stockDimensionNames } from '@tidemark/kernel';
import {
  weekdays,
  type BillOfMaterial,
  type BillOfMaterialLine,
  type Calendar,
  type CoverageGroup,
  type DimensionCoverage,
  type Item,
} from '@tidemark/master-data';
import type {
  BillOfMaterialData,
  BillOfMaterialLineData,
  CalendarData,
  CoverageGroupData,
  ItemData,
} from '../schema/master-data.js';
import { readDimensions, withoutAbsent, type Reading } from './reading.js';
import { readSettings } from './settings.js';

const unitMillionths = 1_000_000;
const hundredPercent = 100 * unitMillionths;

export function readItem(data: ItemData, reading: Reading): Item {
  const { id, unit, decimals, coverageGroup, orderType, leadTime } = data;
  const { leadTimeCalendar, calendar } = data;
  const given = { unit, decimals, coverageGroup, orderType, leadTime, leadTimeCalendar, calendar };
  const coverage = { field: 'data/coverage', of: `coverage settings of item ${id}` };
  return {
    id,
    ...withoutAbsent(given),
    leadTimes: withoutAbsent(data.leadTimes ?? {}),
    productDimensions: productDimensionNames.filter((name) =>
      data.productDimensions?.includes(name),
    ),
    coverageDimensions: stockDimensionNames.filter((name) =>
      data.coverageDimensions?.includes(name),
    ),
    coverage: readSettings(data.coverage ?? {}, coverage, reading),
    coverageByDimension: (data.coverageByDimension ?? []).map((entry, index) =>
      readDimensionCoverage(entry, { item: id, index }, reading),
    ),
  };
}

function readDimensionCoverage(
  entry: NonNullable<ItemData['coverageByDimension']>[number],
  { item, index }: { readonly item: string; readonly index: number },
  reading: Reading,
): DimensionCoverage {
  const { for: dimensions, refillFrom, ...settings } = entry;
  const place = {
    field: `data/coverageByDimension/${index}`,
    of: `coverage settings by dimension (${index + 1}) of item ${item}`,
  };
  const read = {
    for: readDimensions(dimensions),
    settings: readSettings(settings, place, reading),
  };
  return refillFrom === undefined ? read : { ...read, refillFrom };
}

export function readCoverageGroup(data: CoverageGroupData, reading: Reading): CoverageGroup {
  const place = { field: 'data/settings', of: `settings of coverage group ${data.id}` };
  return { id: data.id, settings: readSettings(data.settings, place, reading) };
}

export function readCalendar(data: CalendarData, reading: Reading): Calendar {
  const given = data.workingDays;
  const workingDays = weekdays.filter((day) => given === undefined || given.includes(day));
  const holidays = (data.holidays ?? [])
    .map((text, index) => reading.day(text, `data/holidays/${index}`))
    .toSorted((left, right) => left - right);
  if (workingDays.length === 0) {
    const message = `Calendar ${data.id} has no working day; dates on it are taken as they are.`;
    reading.warn('NO_CAPACITY_DAYS', 'data/workingDays', message);
  }
  return { id: data.id, workingDays, holidays };
}

export function readBillOfMaterial(data: BillOfMaterialData, reading: Reading): BillOfMaterial {
  const { id, item, site, validFrom, validTo } = data;
  const from = validFrom === undefined ? undefined : reading.day(validFrom, 'data/validFrom');
  const to = validTo === undefined ? undefined : reading.day(validTo, 'data/validTo');
  if (from !== undefined && to !== undefined && from > to) {
    reading.refuse({
      rule: 'DATE_ORDER',
      code: 'INVALID_DATE',
      field: 'data/validTo',
      message:
        `BOM ${id} of item ${item} is valid to ${validTo}, before it is valid from` +
        ` ${validFrom}.`,
      remedy: 'Correct the dates of the version.',
      mentions: [id, item],
    });
  }
  const perSeries = reading.quantityOr(data.perSeries, 'data/perSeries', unitMillionths);
  if (perSeries === 0) {
    refuseQuantity({ id, field: 'data/perSeries', what: 'is for a quantity of 0' }, reading);
  }
  return {
    id,
    item,
    dimensions: readDimensions(data.dimensions),
    ...withoutAbsent({ site, validFrom: from, validTo: to }),
    fromQuantity: reading.quantityOr(data.fromQuantity, 'data/fromQuantity', 0),
    perSeries,
    lines: data.lines.map((line, index) => readLine(line, { id, index }, reading)),
  };
}

function readLine(
  line: BillOfMaterialLineData,
  { id, index }: { readonly id: string; readonly index: number },
  reading: Reading,
): BillOfMaterialLine {
  const field = `data/lines/${index}`;
  const quantity = reading.quantity(line.quantity, `${field}/quantity`);
  const scrapPercent = reading.quantityOr(line.scrapPercent, `${field}/scrapPercent`, 0);
  const { rounding } = line;
  const multiple =
    rounding === undefined ? undefined : reading.quantity(rounding.multiple, `${field}/rounding`);
  const which = `has line ${index + 1} (${line.item})`;
  if (quantity === 0) {
    refuseQuantity({ id, field: `${field}/quantity`, what: `${which} of quantity 0` }, reading);
  }
  if (scrapPercent >= hundredPercent) {
    const what = `${which} with scrap of ${line.scrapPercent} %`;
    refuseQuantity({ id, field: `${field}/scrapPercent`, what, rule: 'SCRAP_PERCENT' }, reading);
  }
  if (multiple === 0) {
    const what = `${which} rounded to a multiple of 0`;
    refuseQuantity({ id, field: `${field}/rounding/multiple`, what }, reading);
  }
  return {
    item: line.item,
    quantity,
    dimensions: readDimensions(line.dimensions),
    ...withoutAbsent({ warehouse: line.warehouse, roundingMultiple: multiple }),
    scrapPercent,
    scrapConstant: reading.quantityOr(line.scrapConstant, `${field}/scrapConstant`, 0),
    consumption: line.consumption ?? 'variable',
    type: line.type ?? 'item',
    flushing: line.flushing ?? 'finish',
    leadTimeOffset: line.leadTimeOffset ?? 0,
  };
}

interface BadQuantity {
  readonly id: string;
  readonly field: string;
  readonly what: string;
  readonly rule?: string;
}

function refuseQuantity({ id, field, what, rule }: BadQuantity, reading: Reading): void {
  reading.refuse({
    rule: rule ?? 'QTY_ZERO',
    code: 'INVALID_QUANTITY',
    field,
    message: `BOM ${id} ${what}.`,
    remedy: 'Quantities are above 0, scrap is below 100 %; leave a line out that needs nothing.',
    mentions: [id],
  });
}
