import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import { noDimensions, noQuantity, parsePlanDay, quantityOf, unit } from '@tidemark/kernel';
import type { PlanDay, Quantity } from '@tidemark/kernel';
import type { BillOfMaterialLine, CoverageCode } from '@tidemark/master-data';
import { definePlan, type PlanningInput } from '@tidemark/planning';
import type { DatasetEvent } from './gen-dataset.mjs';

type EntryInput = PlanningInput & { readonly kind: 'entry' };

/** Turns the generator's events into planning inputs, by the mapping of its README. */
export class DatasetInputs {
  readonly #open = new Map<string, InventoryTransaction>();
  readonly #sequences = new Map<string, number>();
  readonly #lines = new Map<string, BillOfMaterialLine[]>();

  /** Inputs of one snapshot event; BOMs and the plan come with `end`. */
  snapshot(event: DatasetEvent): PlanningInput[] {
    switch (event.type) {
      case 'DatasetStarted':
        return [{ kind: 'day', day: dayOf(event.today) }];
      case 'ItemCreated':
        return [itemOf(event)];
      case 'BomLineCreated':
        this.#addLine(event);
        return [];
      default:
        return this.change(event);
    }
  }

  /** The BOMs gathered, and one exact plan. */
  end(): PlanningInput[] {
    const boms = [...this.#lines].map(([item, lines]): PlanningInput => ({
      kind: 'billOfMaterial',
      bom: {
        id: `BOM-${item}`,
        item,
        dimensions: noDimensions,
        fromQuantity: noQuantity,
        perSeries: quantityOf(unit),
        lines,
      },
    }));
    const plan = definePlan('dynamic', { continuity: 'exact' });
    return [...boms, { kind: 'planDefined', plan }];
  }

  change(event: DatasetEvent): EntryInput[] {
    const item = String(event.item);
    const order = String(event.order);
    switch (event.type) {
      case 'OnHandCounted':
      case 'OnHandAdjusted':
        return [this.#entry(item, { post: quantity(event.qty ?? event.delta) })];
      case 'SalesOrderPlaced':
      case 'SalesOrderChanged':
        return [this.#put(transactionOf(event, 'issue'))];
      case 'PurchaseOrderPlaced':
      case 'PurchaseOrderChanged':
        return [this.#put(transactionOf(event, 'receipt'))];
      case 'SalesOrderCancelled':
        return [this.#take(item, order, noQuantity)];
      case 'PurchaseOrderReceived':
        return [this.#take(item, order, quantity(event.qty))];
      default:
        return [];
    }
  }

  #addLine(event: DatasetEvent): void {
    const lines = this.#lines.get(String(event.item)) ?? [];
    lines.push({
      item: String(event.component),
      quantity: quantity(event.qty),
      dimensions: noDimensions,
      scrapPercent: 0,
      scrapConstant: noQuantity,
      consumption: 'variable',
      type: 'item',
      flushing: 'finish',
      leadTimeOffset: 0,
    });
    this.#lines.set(String(event.item), lines);
  }

  #put(assert: InventoryTransaction): EntryInput {
    const retract = this.#open.get(assert.id);
    this.#open.set(assert.id, assert);
    return this.#entry(assert.item, retract === undefined ? { assert } : { assert, retract });
  }

  #take(item: string, id: string, post: Quantity): EntryInput {
    const retract = this.#open.get(id);
    this.#open.delete(id);
    return this.#entry(item, retract === undefined ? { post } : { retract, post });
  }

  #entry(
    item: string,
    what: { retract?: InventoryTransaction; assert?: InventoryTransaction; post?: Quantity },
  ): EntryInput {
    const sequence = (this.#sequences.get(item) ?? 0) + 1;
    this.#sequences.set(item, sequence);
    const { post, ...images } = what;
    const moved = post === undefined || post === 0 ? [] : [{ dimensions: {}, quantity: post }];
    const entry: JournalEntry = {
      company: 'demo',
      item,
      sequence,
      ...images,
      postings: moved,
      cause: { kind: 'transaction', source: 'dataset', id: `${item}/${sequence}`, version: 1 },
    };
    return { kind: 'entry', entry };
  }
}

function dayOf(text: unknown): PlanDay {
  const day = parsePlanDay(String(text));
  if (!day.ok) throw new Error(day.failure.message);
  return day.value;
}

function quantity(value: unknown): Quantity {
  return quantityOf(Math.round(Number(value) * unit));
}

function itemOf(event: DatasetEvent): PlanningInput {
  const safetyStock = Number(event.safetyStock);
  return {
    kind: 'item',
    item: {
      id: String(event.item),
      orderType: event.source === 'make' ? 'production' : 'purchase',
      leadTime: Number(event.leadTime),
      leadTimes: {},
      productDimensions: [],
      coverageDimensions: [],
      coverageByDimension: [],
      coverage: {
        code: event.coverage as CoverageCode,
        ...(event.coverage === 'period' ? { periodDays: Number(event.periodDays) } : {}),
        orderMinimum: quantity(event.minQty),
        orderMultiple: quantity(event.multiple),
        ...(safetyStock > 0 ? { minimum: quantity(safetyStock), fulfilMinimum: 'today' } : {}),
        negativeDays: 0,
        coverageFence: 10_000,
      },
    },
  };
}

function transactionOf(event: DatasetEvent, direction: 'issue' | 'receipt'): InventoryTransaction {
  return {
    company: 'demo',
    id: String(event.order),
    item: String(event.item),
    direction,
    type: direction === 'issue' ? 'salesOrder' : 'purchaseOrder',
    status: direction === 'issue' ? 'onOrder' : 'ordered',
    quantity: quantity(event.qty),
    date: dayOf(event.due),
    dimensions: noDimensions,
    reservationMode: 'manual',
    hold: false,
  };
}
