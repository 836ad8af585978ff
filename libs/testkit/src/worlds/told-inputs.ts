import { unit } from '../reference/values.js';
import type { Change } from '../reference/steps.js';
import type { Transaction } from '../reference/world.js';
import { randomDimensions, randomItem } from './random-items.js';
import { onlyGiven, randomSettings } from './random-settings.js';
import { randomIssue, randomReceipt, type TransactionTray } from './random-transactions.js';
import type { Teller, Telling } from './story.js';

function trayOf({ story, dice }: Telling): TransactionTray {
  return { dice, today: story.today, places: story.places, boms: [] };
}

function upsert({ story }: Telling, image: Transaction): Change {
  story.open.set(image.id, image);
  return { upsert: image };
}

function pickOpen({ story, dice }: Telling): Transaction | undefined {
  const images = [...story.open.values()];
  return images.length === 0 ? undefined : dice.pick(images);
}

/** A transaction of a source, now and then marked to another of its item. */
function fresh(telling: Telling, make: typeof randomIssue, prefix: string): Change | undefined {
  const { story, dice } = telling;
  if (story.places.length === 0) return undefined;
  const image = make(trayOf(telling), dice.pick(story.places), story.nextName(prefix));
  const others = [...story.open.values()].filter(
    (other) => other.item === image.item && other.direction !== image.direction,
  );
  if (others.length === 0 || !dice.chance(0.1)) return upsert(telling, image);
  return upsert(telling, { ...image, markedTo: dice.pick(others).id });
}

/** Another quantity or date, or both; of a real order's line its order stays. */
const changed: Teller = (telling) => {
  const known = pickOpen(telling);
  if (known === undefined) return undefined;
  const { story, dice } = telling;
  const place = story.places.find(({ id }) => id === known.item);
  if (place === undefined) return undefined;
  const make = known.direction === 'issue' ? randomIssue : randomReceipt;
  const { quantity, date } = make(trayOf(telling), place, known.id);
  if (dice.chance(0.4)) return upsert(telling, { ...known, quantity });
  if (dice.chance(0.5)) return upsert(telling, { ...known, date });
  return upsert(telling, onlyGiven({ ...known, quantity, date, confirmedDate: undefined }));
};

/** Other dimensions, where the item has some. */
const moved: Teller = (telling) => {
  const known = pickOpen(telling);
  const place = telling.story.places.find(({ id }) => id === known?.item);
  if (known === undefined || place === undefined) return undefined;
  return upsert(telling, { ...known, dimensions: randomDimensions(telling.dice, place) });
};

const posted: Teller = (telling) => {
  const known = pickOpen(telling);
  if (known === undefined || known.type === 'forecast') return undefined;
  const issued = telling.dice.pick(['deducted', 'sold'] as const);
  const got = telling.dice.pick(['received', 'purchased'] as const);
  return upsert(telling, { ...known, status: known.direction === 'issue' ? issued : got });
};

const removed: Teller = (telling) => {
  const known = pickOpen(telling);
  if (known === undefined) return undefined;
  telling.story.open.delete(known.id);
  return { remove: known.id };
};

const counted: Teller = ({ story, dice }) => {
  const place = dice.pick(story.places);
  const quantity = dice.between(0, 40) * unit;
  return { onHand: { item: place.id, quantity, dimensions: randomDimensions(dice, place) } };
};

/** The whole record anew, but for the dimensions that the item is planned by. */
const itemChanged: Teller = ({ story, dice }) => {
  const place = dice.pick(story.places);
  const { productDimensions, coverageDimensions, ...rest } = randomItem(dice, place);
  const kept = story.world.items?.[place.id];
  const item = onlyGiven({
    ...rest,
    productDimensions: kept?.productDimensions && productDimensions,
    coverageDimensions: kept?.coverageDimensions && coverageDimensions,
  });
  story.world = { ...story.world, items: { ...story.world.items, [place.id]: item } };
  return { item: { [place.id]: item } };
};

const bomChanged: Teller = ({ story, dice }) => {
  const boms = story.world.boms ?? [];
  if (boms.length === 0) return undefined;
  const old = dice.pick(boms);
  const lines = old.lines.map((line) => ({ ...line, quantity: dice.between(1, 5) * unit }));
  const validFrom = dice.perhaps(0.3, () => story.today + dice.between(-5, 30));
  const bom = onlyGiven({ ...old, lines, validFrom: validFrom ?? old.validFrom });
  story.world = { ...story.world, boms: boms.map((one) => (one.id === old.id ? bom : one)) };
  return { bom };
};

const groupChanged: Teller = ({ dice }) => ({ group: { G1: randomSettings(dice) } });

const calendarChanged: Teller = ({ story, dice }) => {
  const holidays = [story.today + dice.between(0, 9), story.today + dice.between(10, 30)];
  const workingDays = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const).filter(
    (day) => day === 'mon' || dice.chance(0.7),
  );
  return { calendar: { [dice.pick(['week', 'odd'])]: { workingDays, holidays } } };
};

/** What sources and administrators send. */
export const inputTellers = {
  newIssue: (telling: Telling) => fresh(telling, randomIssue, 'SO'),
  newReceipt: (telling: Telling) => fresh(telling, randomReceipt, 'PO'),
  changed,
  posted,
  moved,
  removed,
  counted,
  itemChanged,
  groupChanged,
  calendarChanged,
  bomChanged,
};
