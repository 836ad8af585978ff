import { productDimensionNames, stockDimensionNames } from '@tidemark/kernel';
import type { Column, ColumnKind } from './columns.js';

/** A file that `import csv` reads, and its columns. */
export interface CsvFile {
  readonly file: string;
  readonly oneRowIs: string;
  readonly columns: readonly Column[];
}

function required(column: string, path: string, meaning: string): Column {
  return { column, path, kind: 'text', meaning, isRequired: true };
}

function optional(column: string, path: string, meaning: string, kind: ColumnKind = 'text') {
  return { column, path, kind, meaning } satisfies Column;
}

const version = optional('version', 'version', 'raised when the row changes; 1 if empty', 'whole');

function dimensionColumns(names: readonly string[]): Column[] {
  return names.map((name) => optional(name, `dimensions.${name}`, `${name} dimension`));
}

const productColumns = dimensionColumns(productDimensionNames);
const allDimensionColumns = [...productColumns, ...dimensionColumns(stockDimensionNames)];

/** Settings of coverage, of a group or of an item. */
function settingsColumns(group: string): Column[] {
  const setting = (column: string, meaning: string, kind: ColumnKind = 'text'): Column => {
    const leaf = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return optional(column, `${group}.${leaf}`, meaning, kind);
  };
  const fences = ['coverage', 'freezing', 'firming', 'explosion', 'action', 'delay'];
  const margins = ['receipt', 'issue', 'reorder'];
  return [
    setting('code', 'requirement, period, minMax, manual or decouplingPoint'),
    setting('period_days', 'days of a period, of code period', 'whole'),
    setting('minimum', 'least stock'),
    setting('maximum', 'stock to fill up to, of code minMax'),
    setting('fulfil_minimum', 'today, todayPlusLeadTime, firstIssue or coverageFence'),
    setting('positive_days', 'days', 'whole'),
    setting('negative_days', 'days', 'whole'),
    ...fences.map((fence) => setting(`${fence}_fence`, 'days', 'whole')),
    ...margins.map((margin) => setting(`${margin}_margin`, 'days', 'whole')),
    setting('order_multiple', 'quantities of orders are multiples of it'),
    setting('order_minimum', 'least quantity of an order'),
    setting('order_maximum', 'largest quantity of an order'),
    setting('standard_order_quantity', 'quantity of an order where nothing else says'),
    setting('reorder_point', 'stock that opens an order, of code decouplingPoint'),
    setting('on_hand_consumption', 'beforeReceipts, inDateOrder or none'),
    setting('open_receipts', 'use or ignore'),
    optional(
      'action_messages',
      `${group}.actions`,
      'words of advance, postpone, increase, decrease, cancel',
      'switches',
    ),
  ];
}

export const csvFiles = {
  calendars: {
    file: 'calendars.csv',
    oneRowIs: 'a calendar',
    columns: [
      required('calendar', 'id', 'its id'),
      optional('working_days', 'workingDays', 'words such as mon tue wed thu fri', 'list'),
      optional('holidays', 'holidays', 'dates YYYY-MM-DD, with blanks between', 'list'),
      version,
    ],
  },
  coverageGroups: {
    file: 'coverage-groups.csv',
    oneRowIs: 'a coverage group',
    columns: [required('coverage_group', 'id', 'its id'), ...settingsColumns('settings'), version],
  },
  items: {
    file: 'items.csv',
    oneRowIs: 'an item',
    columns: [
      required('item', 'id', 'its id'),
      optional('unit', 'unit', 'inventory unit, of every quantity of the item'),
      optional('decimals', 'decimals', 'decimals of its quantities, 0 to 6', 'whole'),
      optional('coverage_group', 'coverageGroup', 'group whose settings it takes'),
      optional('order_type', 'orderType', 'purchase, production, transfer or kanban'),
      optional('lead_time', 'leadTime', 'days', 'whole'),
      optional('lead_time_calendar', 'leadTimeCalendar', 'calendar that its lead time counts by'),
      optional('calendar', 'calendar', 'calendar on whose days its goods come and go'),
      optional('product_dimensions', 'productDimensions', 'words: its variants', 'list'),
      optional('coverage_dimensions', 'coverageDimensions', 'words of site, warehouse', 'list'),
      ...settingsColumns('coverage'),
      version,
    ],
  },
  boms: {
    file: 'boms.csv',
    oneRowIs: 'a version of a bill of material',
    columns: [
      required('bom', 'id', 'its id'),
      required('item', 'item', 'the item that is made'),
      ...productColumns,
      optional('site', 'site', 'site it holds for'),
      optional('valid_from', 'validFrom', 'first day'),
      optional('valid_to', 'validTo', 'last day'),
      optional('from_quantity', 'fromQuantity', 'least quantity of an order it holds for'),
      optional('per_series', 'perSeries', 'the lines are for so many; 1 if empty'),
      version,
    ],
  },
  bomLines: {
    file: 'bom-lines.csv',
    oneRowIs: 'a line of a bill of material, in the order of the file',
    columns: [
      required('bom', 'bom', 'id of boms.csv'),
      required('item', 'item', 'the component'),
      required('quantity', 'quantity', 'for one series'),
      ...productColumns,
      optional('warehouse', 'warehouse', 'warehouse it is drawn from'),
      optional('scrap_percent', 'scrapPercent', 'percent'),
      optional('scrap_constant', 'scrapConstant', 'quantity'),
      optional('consumption', 'consumption', 'variable or constant'),
      optional('type', 'type', 'item, phantom or pegged'),
      optional('flushing', 'flushing', 'start, finish or manual'),
      optional('lead_time_offset', 'leadTimeOffset', 'days', 'whole'),
    ],
  },
  counts: {
    file: 'counts.csv',
    oneRowIs: 'a stock count',
    columns: [
      required('count', 'id', 'its id'),
      required('item', 'item', 'the item'),
      required('quantity', 'quantity', 'what was found'),
      optional('as_of', 'asOf', 'moment, such as 2026-05-01T08:00:00Z'),
      ...allDimensionColumns,
      version,
    ],
  },
  transactions: {
    file: 'transactions.csv',
    oneRowIs: 'an inventory transaction: an order line, a receipt, an issue',
    columns: [
      required('transaction', 'id', 'its id'),
      required('item', 'item', 'the item'),
      required('direction', 'direction', 'issue or receipt'),
      required('type', 'type', 'salesOrder, purchaseOrder, productionOrder, ...'),
      required('quantity', 'quantity', 'in the unit of the item'),
      required('date', 'date', 'required or expected day, YYYY-MM-DD'),
      optional('status', 'status', 'onOrder, ordered, sold, received, ...'),
      optional('confirmed_date', 'confirmedDate', 'confirmed day'),
      ...allDimensionColumns,
      optional('document_type', 'document.type', 'type of the document'),
      optional('document_id', 'document.id', 'number of the document'),
      optional('document_line', 'document.line', 'line of the document'),
      optional('order', 'order', 'production order that a line belongs to'),
      optional('marked_to', 'markedTo', 'transaction it is marked to'),
      optional('reservation_mode', 'reservationMode', 'manual, explosion or onSchedule'),
      optional('hold', 'hold', 'yes or no', 'flag'),
      version,
    ],
  },
} as const satisfies Readonly<Record<string, CsvFile>>;

/** The files and their columns, for the help of the command; * is required. */
export function describeCsvFiles(): string {
  return Object.values<CsvFile>(csvFiles)
    .map(({ file, oneRowIs, columns }) => {
      const width = Math.max(...columns.map(({ column }) => column.length)) + 1;
      const lines = columns.map(({ column, meaning, isRequired }) => {
        const name = isRequired === true ? `${column}*` : column;
        return `    ${name.padEnd(width)}  ${meaning}`;
      });
      return [`  ${file}: one row is ${oneRowIs}`, ...lines].join('\n');
    })
    .join('\n');
}
