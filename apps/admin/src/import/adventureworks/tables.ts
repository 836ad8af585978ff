import type { PlanDay, Quantity } from '@tidemark/kernel';
import type { Cells } from '../cells.js';
import type { RowPlace } from '../import-step.js';
import type { CsvTable } from '../read-csv.js';

/** A row and where it stands, so that what comes of it can be told. */
export interface Placed {
  readonly place: RowPlace;
}

export interface ItemRow {
  readonly item: string;
  readonly source: 'make' | 'buy';
  readonly safetyStock: Quantity;
  readonly reorderPoint: Quantity;
  readonly daysToManufacture: number;
  readonly sellEnd: PlanDay | undefined;
}

export interface BomLineRow {
  readonly parent: string;
  readonly component: string;
  readonly validFrom: PlanDay;
  readonly validTo: PlanDay | undefined;
  readonly unit: string;
  readonly quantityPer: Quantity;
}

export interface LocationRow {
  readonly location: string;
}

export interface OnHandRow {
  readonly item: string;
  readonly location: string;
  readonly quantity: Quantity;
}

export interface ItemVendorRow {
  readonly item: string;
  readonly vendor: string;
  readonly leadTimeDays: number;
  readonly minOrderQuantity: Quantity;
  readonly unit: string;
}

export interface SalesRow {
  readonly order: string;
  readonly line: string;
  readonly item: string;
  readonly orderDate: PlanDay;
  readonly dueDate: PlanDay;
  readonly shipDate: PlanDay;
  readonly quantity: Quantity;
}

export type PurchaseStatus = (typeof purchaseStatuses)[number];
export const purchaseStatuses = ['complete', 'pending', 'approved', 'rejected'] as const;

export interface PurchaseRow {
  readonly order: string;
  readonly line: string;
  readonly item: string;
  readonly orderDate: PlanDay;
  readonly dueDate: PlanDay;
  readonly shipDate: PlanDay;
  readonly ordered: Quantity;
  readonly received: Quantity;
  readonly rejected: Quantity;
  readonly status: PurchaseStatus;
}

export interface WorkOrderRow {
  readonly order: string;
  readonly item: string;
  readonly startDate: PlanDay;
  readonly dueDate: PlanDay;
  readonly endDate: PlanDay | undefined;
  readonly ordered: Quantity;
  readonly scrapped: Quantity;
}

function table<Row>(file: string, columns: string, read: (cells: Cells) => Row): CsvTable<Row> {
  return { file, columns: columns.split(' '), read };
}

/** The tables of the folder, in the order in which they are read. */
export const tables = {
  items: table(
    'items.csv',
    'item_id product_number name source finished_goods color size class style product_line' +
      ' safety_stock reorder_point days_to_manufacture sell_start sell_end',
    (cells): ItemRow => ({
      item: cells.text('item_id'),
      source: cells.choice('source', ['make', 'buy']),
      safetyStock: cells.quantity('safety_stock'),
      reorderPoint: cells.quantity('reorder_point'),
      daysToManufacture: cells.whole('days_to_manufacture'),
      sellEnd: cells.dayIfAny('sell_end'),
    }),
  ),
  vendors: table(
    'item_vendors.csv',
    'item_id vendor_id lead_time_days min_order_quantity max_order_quantity on_order_quantity unit',
    (cells): ItemVendorRow => ({
      item: cells.text('item_id'),
      vendor: cells.text('vendor_id'),
      leadTimeDays: cells.whole('lead_time_days'),
      minOrderQuantity: cells.quantity('min_order_quantity'),
      unit: cells.text('unit'),
    }),
  ),
  bomLines: table(
    'bom_lines.csv',
    'parent_item_id component_item_id valid_from valid_to unit bom_level quantity_per',
    (cells): BomLineRow => ({
      parent: cells.text('parent_item_id'),
      component: cells.text('component_item_id'),
      validFrom: cells.day('valid_from'),
      validTo: cells.dayIfAny('valid_to'),
      unit: cells.text('unit'),
      quantityPer: cells.quantity('quantity_per'),
    }),
  ),
  locations: table('locations.csv', 'location_id name', (cells): LocationRow => ({
    location: cells.text('location_id'),
  })),
  onHand: table('on_hand.csv', 'item_id location_id quantity', (cells): OnHandRow => ({
    item: cells.text('item_id'),
    location: cells.text('location_id'),
    quantity: cells.quantity('quantity'),
  })),
  sales: table(
    'sales_order_lines.csv',
    'sales_order_id line_id item_id customer_id order_date due_date ship_date quantity',
    (cells): SalesRow => ({
      order: cells.text('sales_order_id'),
      line: cells.text('line_id'),
      item: cells.text('item_id'),
      orderDate: cells.day('order_date'),
      dueDate: cells.day('due_date'),
      shipDate: cells.day('ship_date'),
      quantity: cells.quantity('quantity'),
    }),
  ),
  purchases: table(
    'purchase_order_lines.csv',
    'purchase_order_id line_id item_id vendor_id order_date due_date ship_date ordered_quantity' +
      ' received_quantity rejected_quantity status',
    (cells): PurchaseRow => ({
      order: cells.text('purchase_order_id'),
      line: cells.text('line_id'),
      item: cells.text('item_id'),
      orderDate: cells.day('order_date'),
      dueDate: cells.day('due_date'),
      shipDate: cells.day('ship_date'),
      ordered: cells.quantity('ordered_quantity'),
      received: cells.quantity('received_quantity'),
      rejected: cells.quantity('rejected_quantity'),
      status: cells.choice('status', purchaseStatuses),
    }),
  ),
  workOrders: table(
    'work_orders.csv',
    'work_order_id item_id start_date due_date end_date ordered_quantity scrapped_quantity',
    (cells): WorkOrderRow => ({
      order: cells.text('work_order_id'),
      item: cells.text('item_id'),
      startDate: cells.day('start_date'),
      dueDate: cells.day('due_date'),
      endDate: cells.dayIfAny('end_date'),
      ordered: cells.quantity('ordered_quantity'),
      scrapped: cells.quantity('scrapped_quantity'),
    }),
  ),
};
