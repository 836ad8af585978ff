import { formatPlanDay, formatQuantity, type PlanDay } from '@tidemark/kernel';
import type { ImportEvent, ImportStep } from '../import-step.js';
import { doubled, type BomVersion } from './bom-versions.js';
import type { BomLineRow, ItemRow, ItemVendorRow, Placed } from './tables.js';

type PlacedItem = ItemRow & Placed;
type PlacedVendor = ItemVendorRow & Placed;

/** The item's unit in the source, which names none for items: each. */
export const itemUnit = 'EA';

/**
 * An item: make becomes production, buy purchase; the safety stock the minimum. A made item takes
 * its days to manufacture, a bought one the lead time and least quantity of its quickest vendor.
 */
export function* itemSteps(
  row: PlacedItem,
  vendors: readonly PlacedVendor[],
  hasBom: boolean,
): Generator<ImportStep> {
  yield* oddities(row, vendors, hasBom);
  const vendor = row.source === 'buy' ? quickest(vendors) : undefined;
  const coverage = {
    code: 'requirement',
    minimum: formatQuantity(row.safetyStock),
    reorderPoint: formatQuantity(row.reorderPoint),
    ...(vendor === undefined ? {} : { orderMinimum: formatQuantity(vendor.minOrderQuantity) }),
    actions: { advance: true, postpone: true, increase: true, decrease: true, cancel: true },
  };
  const data = {
    id: row.item,
    unit: itemUnit,
    decimals: 0,
    orderType: row.source === 'make' ? 'production' : 'purchase',
    leadTime: vendor?.leadTimeDays ?? row.daysToManufacture,
    coverage,
  };
  const event = { type: 'item.changed.v1', version: 1, data } satisfies ImportEvent;
  const places = vendor === undefined ? [row.place] : [row.place, vendor.place];
  yield { kind: 'event', event, places };
}

/** The vendor with the shortest lead time; of equal ones the least quantity, then the lowest id. */
export function quickest(vendors: readonly PlacedVendor[]): PlacedVendor | undefined {
  return vendors.toSorted(
    (left, right) =>
      left.leadTimeDays - right.leadTimeDays ||
      left.minOrderQuantity - right.minOrderQuantity ||
      Number(left.vendor) - Number(right.vendor),
  )[0];
}

function* oddities(
  row: PlacedItem,
  vendors: readonly PlacedVendor[],
  hasBom: boolean,
): Generator<ImportStep> {
  const { item, place, source } = row;
  const say = (code: string, reason: string): ImportStep => remark({ place }, code, reason);
  if (source === 'make' && !hasBom) {
    yield say('MADE_WITHOUT_BOM', `Item ${item} is made, but no BOM line names it as parent.`);
  }
  if (source === 'buy' && hasBom) {
    yield say('BOUGHT_WITH_BOM', `Item ${item} is bought, but has a BOM. It stays bought.`);
  }
  if (source === 'buy' && vendors.length === 0) {
    yield say('NO_VENDOR', `Item ${item} is bought, but has no vendor. Its lead time is as made.`);
  }
  if (source === 'buy' && row.daysToManufacture > 0) {
    yield say(
      'DAYS_TO_MANUFACTURE',
      `Item ${item} is bought; its days to manufacture are not used.`,
    );
  }
  if (row.sellEnd !== undefined) {
    const end = formatPlanDay(row.sellEnd);
    yield say('NO_LONGER_SOLD', `Item ${item} is sold until ${end}; its minimum stays.`);
  }
  const chosen = source === 'buy' ? quickest(vendors) : undefined;
  for (const vendor of vendors) {
    if (vendor !== chosen) {
      yield remark(
        vendor,
        'VENDOR_NOT_USED',
        `Item ${item} is planned by ${quickestName(chosen)}.`,
      );
    } else if (vendor.unit !== itemUnit) {
      const reason = `Least quantity of item ${item} is in ${vendor.unit}; taken as ${itemUnit}.`;
      yield remark(vendor, 'UNIT_TAKEN_AS_IS', reason);
    }
  }
}

function quickestName(vendor: PlacedVendor | undefined): string {
  return vendor === undefined ? 'its days to manufacture' : `vendor ${vendor.vendor}`;
}

/** A version of a BOM, valid as long as its set of lines is. */
export function* bomSteps(version: BomVersion): Generator<ImportStep> {
  const { id, parent, validFrom, validTo, lines } = version;
  for (const line of doubled(version)) {
    const reason = `${id} has component ${line.component} twice at a time; both lines count.`;
    yield remark(line, 'LINE_TWICE', reason);
  }
  const data = {
    id,
    item: parent,
    validFrom: formatPlanDay(validFrom),
    ...validUntil(validTo),
    lines: lines.map((line) => ({
      item: line.component,
      quantity: formatQuantity(line.quantityPer),
    })),
  };
  const event = { type: 'bom.changed.v1', version: 1, data } satisfies ImportEvent;
  yield { kind: 'event', event, places: lines.map(({ place }) => place) };
}

function validUntil(validTo: PlanDay | undefined): { validTo?: string } {
  return validTo === undefined ? {} : { validTo: formatPlanDay(validTo) };
}

export function* bomLineRemarks(line: BomLineRow & Placed): Generator<ImportStep> {
  if (line.unit === itemUnit) return;
  const reason =
    `Line ${line.parent} < ${line.component} is in ${line.unit}; taken as` + ` ${itemUnit}.`;
  yield remark(line, 'UNIT_TAKEN_AS_IS', reason);
}

export function remark({ place }: Placed, code: string, reason: string): ImportStep {
  return { kind: 'remark', place, fault: { code, reason } };
}
