import { isPosted } from './ledger.js';
import type { Demand } from './demands.js';
import type { Terms } from './terms.js';
import { ceilOf, compareText, monthsLater, roundUpTo, sumOf, unit } from './values.js';
import type { Amount, Day } from './values.js';
import { isOpen, nodeAt, type View } from './view.js';
import type { ForecastSettings, Transaction } from './world.js';

/** What forecast of a node is reduced by. */
export interface Reductions {
  readonly view: View;
  readonly terms: Terms;
  readonly derived: readonly Demand[];
}

interface Reducing {
  readonly day: Day;
  readonly quantity: Amount;
}

function settingsOf(terms: Terms): ForecastSettings {
  return terms.settings.forecast ?? {};
}

function imagesAt(reductions: Reductions): readonly Transaction[] {
  const { view, terms } = reductions;
  return [...view.state.images.values()].filter(
    (image) => nodeAt(view, image.item, image.dimensions).key === terms.node.key,
  );
}

/** FC-3: reducing demand: open issues, shipped ones while they count, and derived demand. */
function reducingDemand(reductions: Reductions): readonly Reducing[] {
  const { view, terms, derived } = reductions;
  const { by = 'all', shipped = 'count' } = settingsOf(terms);
  const counts = (image: Transaction): boolean =>
    image.direction === 'issue' &&
    image.type !== 'forecast' &&
    (by === 'all' || image.type === 'salesOrder') &&
    (isPosted(image) ? shipped === 'count' && image.hold !== true : isOpen(view, image));
  const issues = imagesAt(reductions)
    .filter(counts)
    .map((image) => ({ day: image.date, quantity: image.quantity }));
  const ofOrders = by === 'orders' ? [] : derived;
  return [...issues, ...ofOrders.map(({ original, quantity }) => ({ day: original, quantity }))];
}

/** Forecast lines of the node from T on, by date, then id. */
function forecastLines(reductions: Reductions): readonly Transaction[] {
  const { view, terms } = reductions;
  return imagesAt(reductions)
    .filter((image) => image.type === 'forecast' && image.direction === 'issue')
    .filter((image) => isOpen(view, image) && image.date >= terms.today)
    .toSorted((left, right) => left.date - right.date || compareText(left.id, right.id));
}

/** What is left of a line when its period's demand eats the period's lines in date order. */
function remainderInPeriod(
  reductions: Reductions,
  line: Transaction,
  period: { from: Day; until: Day },
): Amount {
  const inside = (day: Day): boolean => period.from <= day && day <= period.until;
  const reducing = reducingDemand(reductions).filter((demand) => inside(demand.day));
  let left = sumOf(reducing.map((demand) => demand.quantity));
  for (const eaten of forecastLines(reductions).filter((one) => inside(one.date))) {
    const taken = Math.min(left, eaten.quantity);
    if (eaten.id === line.id) return eaten.quantity - taken;
    left -= taken;
  }
  return line.quantity;
}

/** FC-3: from the line's date to the day before the next line, the last one to the horizon. */
function dynamicPeriod(reductions: Reductions, line: Transaction): { from: Day; until: Day } {
  const next = forecastLines(reductions).find((other) => other.date > line.date);
  const { today, fences } = reductions.terms;
  return { from: line.date, until: next === undefined ? today + fences.coverage : next.date - 1 };
}

interface KeyPeriod {
  readonly from: Day;
  readonly until: Day;
  readonly percent: Amount;
}

/** FC-4: the rows of the key give consecutive periods from T. */
function keyPeriodOf(terms: Terms, day: Day): KeyPeriod | undefined {
  let from = terms.today;
  for (const row of settingsOf(terms).key ?? []) {
    const until = monthsLater(terms.today, row.months) - 1;
    if (from <= day && day <= until) return { from, until, percent: row.percent ?? 0 };
    from = Math.max(from, until + 1);
  }
  return undefined;
}

/** FC-5: forecast * (1 - percent/100), rounded up. */
function afterPercent(terms: Terms, line: Transaction): Amount {
  const period = keyPeriodOf(terms, line.date);
  if (period === undefined) return line.quantity;
  const hundred = 100n * BigInt(unit);
  const left = BigInt(line.quantity) * (hundred - BigInt(period.percent));
  return Math.max(0, roundUpTo(Number(ceilOf(left, hundred)), terms.step));
}

/** FC-1 to FC-5: what is left of a forecast line. */
export function forecastRemainder(reductions: Reductions, line: Transaction): Amount {
  const { terms } = reductions;
  if (line.date < terms.today) return 0;
  switch (settingsOf(terms).reduce ?? 'none') {
    case 'none':
      return line.quantity;
    case 'percent':
      return afterPercent(terms, line);
    case 'transactions':
      return remainderInPeriod(reductions, line, dynamicPeriod(reductions, line));
    case 'transactionsKey': {
      const period = keyPeriodOf(terms, line.date);
      return period === undefined ? line.quantity : remainderInPeriod(reductions, line, period);
    }
  }
}
