import type { CoverageSettings, Item, OpenDays, OrderType } from '@tidemark/master-data';
import type { MasterDataIndex } from '../world/master-data-index.js';

/** The open days of a node, by what falls on them. */
export interface NodeCalendars {
  /** Requirement dates of supply, availability, margins: when goods can be used. */
  readonly itemDays: OpenDays;
  /** Deliveries of the default order type. */
  readonly receiptDays: OpenDays;
  /** Requirement dates of issues. */
  readonly issueDays: OpenDays;
  /** What lead times count. */
  readonly leadDays: OpenDays;
  /** Days on which orders can be placed. */
  readonly orderDays: OpenDays;
  /** Calendar that reorder margins count in working days on (MG-5). */
  readonly reorderDays: OpenDays;
}

/**
 * Which calendar counts for what (D:po/safety-margins, "Calendar that is used"): the item's own
 * first; of the others the coverage group's before the warehouse's for durations, availability and
 * receipts, the vendor's before both for what is bought, the warehouse's before the group's for
 * issues. Lead times and reorder margins know the group's only; orders are placed on days open for
 * the group and, of what is bought, the vendor. A warehouse counts where it is planned apart.
 */
export function calendarsOf(
  master: MasterDataIndex,
  item: Item,
  { settings, orderType }: { readonly settings: CoverageSettings; readonly orderType: OrderType },
): NodeCalendars {
  const group = settings.coverageCalendar;
  const byWarehouse = item.coverageDimensions.includes('warehouse');
  const warehouse = byWarehouse ? settings.warehouseCalendar : undefined;
  const vendor = orderType === 'purchase' ? settings.vendorCalendar : undefined;
  const itemDays = master.openDays(item.calendar ?? group ?? warehouse);
  const lead = item.leadTimeCalendar ?? group;
  return {
    itemDays,
    receiptDays: master.openDays(item.calendar ?? vendor ?? group ?? warehouse),
    issueDays: master.openDays(item.calendar ?? warehouse ?? group),
    leadDays: master.openDays(lead),
    orderDays: master.openDaysOfBoth(lead, vendor),
    reorderDays: lead === undefined ? itemDays : master.openDays(lead),
  };
}
