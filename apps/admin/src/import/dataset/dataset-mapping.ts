import { parsePlanDay } from '@tidemark/kernel';
import type { ImportEvent, ImportStep, RowFault, RowPlace } from '../import-step.js';
import { dayFact, planFact } from '../planning-facts.js';
import { Fields } from './fields.js';

/** What a row of a dataset file comes to: steps, or the fault it is refused for. */
export type RowSteps = readonly ImportStep[] | RowFault;

type ReadRow = (row: Fields, at: RowAt) => readonly ImportStep[];

interface RowAt {
  readonly place: RowPlace;
  readonly seq: number;
}

interface BomGathered {
  readonly lines: { readonly item: string; readonly quantity: number }[];
  readonly places: RowPlace[];
  version: number;
  isNew: boolean;
}

/**
 * Rows of the generator's files as events, by the mapping of its README: the version of a row is
 * its `seq`. BOM lines are gathered; a BOM is told when the file goes on with something else.
 */
export class DatasetMapping {
  readonly #boms = new Map<string, BomGathered>();
  /** Date of each open purchase order, which its receipt does not repeat. */
  readonly #due = new Map<string, string>();
  #today = '';
  #seq = 0;
  #hasEnded = false;

  row(values: Readonly<Record<string, unknown>>, place: RowPlace): RowSteps {
    const row = new Fields(values);
    const type = row.text('type');
    const seq = row.number('seq');
    const read = Object.hasOwn(this.#readers, type) ? this.#readers[type] : undefined;
    if (row.fault !== undefined) return row.fault;
    if (read === undefined) return { code: 'UNKNOWN_TYPE', reason: `No row of type ${type}.` };
    const gap = this.#gapBefore(seq, place);
    this.#seq = seq;
    const boms = type === 'BomLineCreated' ? [] : this.#bomSteps();
    const steps = read(row, { place, seq });
    return row.fault ?? [...gap, ...boms, ...steps];
  }

  /** What is left at the end of the file. */
  end(place: RowPlace): readonly ImportStep[] {
    const boms = this.#bomSteps();
    if (this.#hasEnded) return [...boms, planFact];
    const cutOff = 'The file has no DatasetEnded: it may be cut off.';
    return [...boms, remark(place, 'CUT_OFF', cutOff), planFact];
  }

  readonly #readers: Readonly<Record<string, ReadRow>> = {
    DatasetStarted: (row) => this.#started(row),
    ItemCreated: (row, at) => [itemEvent(row, at)],
    BomLineCreated: (row, at) => this.#bomLine(row, at),
    OnHandCounted: (row, at) => [countEvent(row, at)],
    OnHandAdjusted: (row, at) => [adjustmentEvent(row, at)],
    SalesOrderPlaced: (row, at) => [orderEvent(row, at, salesOrder)],
    SalesOrderChanged: (row, at) => [orderEvent(row, at, salesOrder)],
    SalesOrderCancelled: (row, at) => [cancelledEvent(row, at)],
    PurchaseOrderPlaced: (row, at) => this.#purchase(row, at),
    PurchaseOrderChanged: (row, at) => this.#purchase(row, at),
    PurchaseOrderReceived: (row, at) => [this.#received(row, at)],
    SnapshotEnded: () => [],
    DatasetEnded: () => this.#ended(),
  };

  #gapBefore(seq: number, place: RowPlace): readonly ImportStep[] {
    if (seq === this.#seq + 1) return [];
    return [remark(place, 'SEQ_GAP', `seq ${seq} follows ${this.#seq}: rows are missing.`)];
  }

  #started(row: Fields): readonly ImportStep[] {
    this.#today = row.text('today');
    const day = parsePlanDay(this.#today);
    if (day.ok) return [dayFact(day.value)];
    row.refuse(day.failure.code, day.failure.message);
    return [];
  }

  #ended(): readonly ImportStep[] {
    this.#hasEnded = true;
    return [];
  }

  #bomLine(row: Fields, { place, seq }: RowAt): readonly ImportStep[] {
    const item = row.text('item');
    const line = { item: row.text('component'), quantity: row.number('qty') };
    if (row.fault !== undefined) return [];
    const bom = this.#boms.get(item) ?? { lines: [], places: [], version: 0, isNew: false };
    this.#boms.set(item, bom);
    bom.lines.push(line);
    bom.places.push(place);
    bom.version = seq;
    bom.isNew = true;
    return [];
  }

  #bomSteps(): readonly ImportStep[] {
    const steps: ImportStep[] = [];
    for (const [item, bom] of this.#boms) {
      if (!bom.isNew) continue;
      bom.isNew = false;
      const data = { id: `BOM-${item}`, item, lines: [...bom.lines] };
      const event: ImportEvent = { type: 'bom.changed.v1', version: bom.version, data };
      steps.push({ kind: 'event', event, places: [...bom.places] });
    }
    return steps;
  }

  #purchase(row: Fields, at: RowAt): readonly ImportStep[] {
    this.#due.set(row.text('order'), row.text('due'));
    return [orderEvent(row, at, purchaseOrder)];
  }

  #received(row: Fields, at: RowAt): ImportStep {
    const order = row.text('order');
    const date = this.#due.get(order) ?? this.#today;
    this.#due.delete(order);
    return transactionEvent(row, at, { ...purchaseOrder, status: 'received', date });
  }
}

interface OrderKind {
  readonly direction: 'issue' | 'receipt';
  readonly type: string;
  readonly status: string;
}

const salesOrder: OrderKind = { direction: 'issue', type: 'salesOrder', status: 'onOrder' };
const purchaseOrder: OrderKind = { direction: 'receipt', type: 'purchaseOrder', status: 'ordered' };

function orderEvent(row: Fields, at: RowAt, kind: OrderKind): ImportStep {
  return transactionEvent(row, at, { ...kind, date: row.text('due') });
}

function transactionEvent(
  row: Fields,
  at: RowAt,
  kind: OrderKind & { readonly date: string },
): ImportStep {
  const data = {
    id: row.text('order'),
    item: row.text('item'),
    ...kind,
    quantity: row.number('qty'),
  };
  return eventOf('inventory.transaction.changed.v1', at, data);
}

function cancelledEvent(row: Fields, at: RowAt): ImportStep {
  const data = { id: row.text('order'), item: row.text('item') };
  return eventOf('inventory.transaction.removed.v1', at, data);
}

function countEvent(row: Fields, at: RowAt): ImportStep {
  const item = row.text('item');
  return eventOf('stock.counted.v1', at, {
    id: `count-${item}`,
    item,
    quantity: row.number('qty'),
  });
}

/** A posted inventory journal: each row is a journal of its own. */
function adjustmentEvent(row: Fields, at: RowAt): ImportStep {
  const data = { id: `journal-${at.seq}`, item: row.text('item'), quantity: row.number('delta') };
  return eventOf('stock.adjusted.v1', at, data);
}

/** Coverage as the README maps it: nothing is cut, the minimum is wanted today. */
function itemEvent(row: Fields, at: RowAt): ImportStep {
  const safetyStock = row.number('safetyStock');
  const periodDays = row.number('periodDays');
  const coverage = {
    code: row.choice('coverage', ['requirement', 'period']),
    ...(periodDays > 0 ? { periodDays } : {}),
    orderMinimum: row.number('minQty'),
    orderMultiple: row.number('multiple'),
    ...(safetyStock > 0 ? { minimum: safetyStock, fulfilMinimum: 'today' } : {}),
    negativeDays: 0,
    coverageFence: 10_000,
  };
  const data = {
    id: row.text('item'),
    orderType: orderTypes[row.choice('source', ['make', 'buy']) ?? 'buy'],
    leadTime: row.number('leadTime'),
    coverage,
  };
  return eventOf('item.changed.v1', at, data);
}

const orderTypes = { make: 'production', buy: 'purchase' } as const;

function eventOf(type: ImportEvent['type'], { place, seq }: RowAt, data: object): ImportStep {
  return { kind: 'event', event: { type, version: seq, data }, places: [place] };
}

function remark(place: RowPlace, code: string, reason: string): ImportStep {
  return { kind: 'remark', place, fault: { code, reason } };
}
