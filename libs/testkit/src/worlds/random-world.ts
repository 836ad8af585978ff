import { dayOf } from '../reference/values.js';
import type { ReferenceWorld } from '../reference/world.js';
import type { Dice } from './dice.js';
import { randomBoms, randomItem, randomPlaces } from './random-items.js';
import { randomPlan, randomSettings } from './random-settings.js';
import { randomStock, randomTransactions } from './random-transactions.js';

/** A world of items, BOMs and transactions; the dice decide all of it. */
export function randomWorld(dice: Dice, itemsMax = 15): ReferenceWorld {
  const today = dayOf(2026, 3, 2) + dice.between(0, 60);
  const places = randomPlaces(dice, itemsMax);
  const boms = places.flatMap((place) => randomBoms(dice, place, places, today));
  const tray = { dice, today, places, boms };
  return {
    today,
    calendars: {
      week: { workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [today + 3, today + 10] },
      odd: { workingDays: ['mon', 'tue', 'thu', 'sat'] },
    },
    plans: { dynamic: randomPlan(dice) },
    coverageGroups: { G1: randomSettings(dice) },
    items: Object.fromEntries(places.map((place) => [place.id, randomItem(dice, place)])),
    boms,
    onHand: randomStock(tray),
    transactions: randomTransactions(tray),
  };
}
