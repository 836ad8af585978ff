import { addMonths, ceilTo, multiplyDivideCeil, unit } from '@tidemark/kernel';
import type { ForecastSettings, ReductionRow } from '@tidemark/master-data';
import type { NettingDesk } from '../netting/desk.js';
import type { Handle } from '../state/transaction-table.js';

const hundredPercent = 100;
const forecastRank = 6;
const salesOrderRank = 1;

/** A forecast line of the node, from today on (FC-1). */
interface ForecastLine {
  readonly handle: Handle;
  readonly day: number;
  readonly quantity: number;
}

/** Issues that eat forecast, by day. */
interface Consumption {
  readonly day: number;
  readonly quantity: number;
}

type Reduction = (
  lines: readonly ForecastLine[],
  desk: NettingDesk,
  settings: ForecastSettings,
) => Map<Handle, number>;

/** How orders reduce forecast, by principle (FC-2 to FC-5). */
const reductions: Readonly<Record<NonNullable<ForecastSettings['reduce']>, Reduction>> = {
  none: (lines) => new Map(lines.map((line) => [line.handle, line.quantity])),
  transactions: reduceByPeriodOfLine,
  transactionsKey: reduceByKeyPeriods,
  percent: reduceByPercent,
};

/** What is left of each forecast line of the node; undefined when it has none. */
export function forecastRemainders(desk: NettingDesk): Map<Handle, number> | undefined {
  const lines = forecastLines(desk);
  if (lines.length === 0) return undefined;
  const settings = desk.parameters.forecast ?? {};
  return reductions[settings.reduce ?? 'none'](lines, desk, settings);
}

function forecastLines(desk: NettingDesk): ForecastLine[] {
  const { table } = desk.state;
  const lines: ForecastLine[] = [];
  for (const handle of desk.node.issues) {
    if (table.rank[handle] !== forecastRank) continue;
    const day = table.day[handle] ?? 0;
    if (day < desk.parameters.today) continue;
    if (!table.takesPart(handle, desk.parameters.includeQuotations)) continue;
    lines.push({ handle, day, quantity: table.quantity[handle] ?? 0 });
  }
  return lines.sort((left, right) => left.day - right.day);
}

/** The node's reducing demand: issues, shipped ones too, and component needs (FC-3). */
function consumptionOf(desk: NettingDesk, settings: ForecastSettings): Consumption[] {
  const { node, state } = desk;
  const { table } = state;
  const ordersOnly = settings.by === 'orders';
  const found: Consumption[] = [];
  const shipped = settings.shipped === 'ignore' ? [] : node.shipped;
  for (const handle of [...node.issues, ...shipped]) {
    const rank = table.rank[handle] ?? 0;
    if (rank === forecastRank || (ordersOnly && rank !== salesOrderRank)) continue;
    if (!table.takesPart(handle, desk.parameters.includeQuotations)) continue;
    found.push({ day: table.day[handle] ?? 0, quantity: table.quantity[handle] ?? 0 });
  }
  if (ordersOnly) return found;
  for (const segment of node.incoming) {
    for (let row = 0; row < segment.day.length; row += 1) {
      found.push({ day: segment.day[row] ?? 0, quantity: segment.quantity[row] ?? 0 });
    }
  }
  return found;
}

function totalWithin(found: readonly Consumption[], from: number, until: number): number {
  let total = 0;
  for (const row of found) if (row.day >= from && row.day <= until) total += row.quantity;
  return total;
}

/**
 * A line's period runs to the day before the next line, that of the last one to the coverage fence;
 * excess is not carried on (FC-3).
 */
function reduceByPeriodOfLine(
  lines: readonly ForecastLine[],
  desk: NettingDesk,
  settings: ForecastSettings,
): Map<Handle, number> {
  const found = consumptionOf(desk, settings);
  const left = new Map<Handle, number>();
  const days = [...new Set(lines.map((line) => line.day))];
  const { today, coverageFence } = desk.parameters;
  days.forEach((day, index) => {
    const next = days[index + 1];
    const until = next === undefined ? today + coverageFence : next - 1;
    eat(
      lines.filter((line) => line.day === day),
      totalWithin(found, day, until),
      left,
    );
  });
  return left;
}

/** The demand of each key period eats the lines of the period in date order (FC-4). */
function reduceByKeyPeriods(
  lines: readonly ForecastLine[],
  desk: NettingDesk,
  settings: ForecastSettings,
): Map<Handle, number> {
  const found = consumptionOf(desk, settings);
  const left = new Map<Handle, number>(lines.map((line) => [line.handle, line.quantity]));
  let from = desk.parameters.today;
  for (const row of settings.key ?? []) {
    const until = periodEnd(desk, row);
    const within = lines.filter((line) => line.day >= from && line.day <= until);
    eat(within, totalWithin(found, from, until), left);
    from = until + 1;
  }
  return left;
}

/** `forecast * (1 - percent / 100)` by the row of the line's date, rounded up (FC-5). */
function reduceByPercent(
  lines: readonly ForecastLine[],
  desk: NettingDesk,
  settings: ForecastSettings,
): Map<Handle, number> {
  const left = new Map<Handle, number>();
  for (const line of lines) {
    const row = (settings.key ?? []).find((candidate) => line.day <= periodEnd(desk, candidate));
    const percent = row?.percent ?? 0;
    const kept = hundredPercent * unit - percent;
    const reduced = multiplyDivideCeil(line.quantity, kept, hundredPercent * unit);
    left.set(line.handle, ceilTo(reduced, desk.parameters.step));
  }
  return left;
}

function periodEnd(desk: NettingDesk, row: ReductionRow): number {
  return addMonths(desk.parameters.today, row.months) - 1;
}

function eat(lines: readonly ForecastLine[], consumed: number, left: Map<Handle, number>): void {
  let rest = consumed;
  for (const line of lines) {
    const eaten = Math.min(rest, line.quantity);
    left.set(line.handle, line.quantity - eaten);
    rest -= eaten;
  }
}
