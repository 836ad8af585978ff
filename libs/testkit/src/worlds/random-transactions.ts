import type { Bom, StockRecord, Transaction, TransactionStatus } from '../reference/world.js';
import type { TransactionType } from '../reference/world.js';
import { Dice } from './dice.js';
import { randomDimensions, type ItemPlace } from './random-items.js';
import { onlyGiven, pieces } from './random-settings.js';

const issueTypes: readonly TransactionType[] = [
  'salesOrder',
  'salesOrder',
  'salesOrder',
  'inventoryJournal',
  'transferOrder',
  'kanban',
  'forecast',
  'forecast',
];
const issueStatuses: readonly TransactionStatus[] = [
  'onOrder',
  'onOrder',
  'onOrder',
  'onOrder',
  'reservedOrdered',
  'reservedPhysical',
  'picked',
  'deducted',
  'quotationIssue',
];
const receiptTypes: readonly TransactionType[] = [
  'purchaseOrder',
  'purchaseOrder',
  'productionOrder',
  'transferReceipt',
  'kanban',
  'inventoryJournal',
];
const receiptStatuses: readonly TransactionStatus[] = [
  'ordered',
  'ordered',
  'ordered',
  'ordered',
  'arrived',
  'registered',
  'quotationReceipt',
];

/** One world at the writing of its transactions. */
export interface TransactionTray {
  readonly dice: Dice;
  readonly today: number;
  readonly places: readonly ItemPlace[];
  readonly boms: readonly Bom[];
}

function randomQuantity(dice: Dice): number {
  return dice.chance(0.85) ? pieces(dice, 1, 30) : dice.between(1, 60) * 250_000;
}

export function randomIssue(tray: TransactionTray, place: ItemPlace, id: string): Transaction {
  const { dice, today } = tray;
  const type = dice.pick(issueTypes);
  const date = today + dice.between(-4, 45);
  return onlyGiven({
    id,
    item: place.id,
    direction: 'issue',
    type,
    quantity: randomQuantity(dice),
    date,
    confirmedDate: dice.perhaps(type === 'salesOrder' ? 0.3 : 0, () => date),
    status: type === 'forecast' ? 'onOrder' : dice.pick(issueStatuses),
    dimensions: randomDimensions(dice, place),
    hold: dice.perhaps(0.04, () => true),
  });
}

export function randomReceipt(tray: TransactionTray, place: ItemPlace, id: string): Transaction {
  const { dice, today } = tray;
  const date = today + dice.between(-4, 45);
  return onlyGiven({
    id,
    item: place.id,
    direction: 'receipt',
    type: dice.pick(receiptTypes),
    quantity: randomQuantity(dice),
    date,
    status: dice.pick(receiptStatuses),
    dimensions: randomDimensions(dice, place),
    confirmedDate: dice.perhaps(0.15, () => date + dice.between(-3, 6)),
    hold: dice.perhaps(0.04, () => true),
  });
}

/** Some receipts and issues of one item name each other. */
function withMarkings(dice: Dice, given: readonly Transaction[]): readonly Transaction[] {
  return given.map((image) => {
    if (!dice.chance(0.12)) return image;
    const others = given.filter((one) => one.direction !== image.direction);
    return others.length === 0 ? image : { ...image, markedTo: dice.pick(others).id };
  });
}

/** Lines of real production orders, on components that a BOM of the item names. */
function linesOf(tray: TransactionTray, receipt: Transaction): readonly Transaction[] {
  const { dice, places, boms } = tray;
  const lines = boms.filter((bom) => bom.item === receipt.item).flatMap((bom) => bom.lines);
  const below = lines.filter(({ item }) => item !== receipt.item);
  if (receipt.type !== 'productionOrder' || below.length === 0 || dice.chance(0.3)) return [];
  return Array.from({ length: dice.between(1, 2) }, (_, index): Transaction => {
    const component = dice.pick(below);
    const place = places.find(({ id }) => id === component.item);
    if (place === undefined) throw new Error(`${component.item} has no place`);
    return {
      id: `${receipt.id}/${index + 1}`,
      item: place.id,
      direction: 'issue',
      type: 'productionLine',
      quantity: randomQuantity(dice),
      date: receipt.date - dice.between(0, 6),
      status: 'onOrder',
      dimensions: { ...randomDimensions(dice, place), ...component.dimensions },
      order: receipt.id,
    };
  });
}

/** Now and then a line on the item itself, or on any other, as rework has them (LV-5). */
function reworkOf({ places }: TransactionTray, receipt: Transaction): readonly Transaction[] {
  // Dice of its own: all else falls as if there were no rework.
  const dice = new Dice(receipt.date + receipt.quantity);
  if (receipt.type !== 'productionOrder' || !dice.chance(0.25)) return [];
  const own = places.find(({ id }) => id === receipt.item);
  const place = own === undefined || dice.chance(0.5) ? dice.pick(places) : own;
  return [
    {
      id: `${receipt.id}/rework`,
      item: place.id,
      direction: 'issue',
      type: 'productionLine',
      quantity: randomQuantity(dice),
      date: receipt.date - dice.between(0, 6),
      status: 'onOrder',
      dimensions: randomDimensions(dice, place),
      order: receipt.id,
    },
  ];
}

export function randomTransactions(tray: TransactionTray): readonly Transaction[] {
  const { dice, places } = tray;
  return places.flatMap((place) => {
    const issues = Array.from({ length: dice.between(0, 4) }, (_, index) =>
      randomIssue(tray, place, `SO-${place.id}-${index}`),
    );
    const receipts = Array.from({ length: dice.between(0, 3) }, (_, index) => {
      const image = randomReceipt(tray, place, `PO-${place.id}-${index}`);
      return image.type === 'productionOrder' ? { ...image, order: image.id } : image;
    });
    const marked = withMarkings(dice, [...issues, ...receipts]);
    const lines = receipts.flatMap((receipt) => [
      ...linesOf(tray, receipt),
      ...reworkOf(tray, receipt),
    ]);
    return [...marked, ...lines];
  });
}

export function randomStock(tray: TransactionTray): readonly StockRecord[] {
  const { dice, places } = tray;
  return places
    .filter(() => dice.chance(0.6))
    .map((place) => ({
      item: place.id,
      quantity: dice.chance(0.1) ? -pieces(dice, 1, 5) : pieces(dice, 1, 40),
      dimensions: randomDimensions(dice, place),
    }));
}
