import { formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { PlanView } from '@tidemark/planning';
import type { ScenarioExpectation } from '@tidemark/wire';
import { matchRows } from '../match.js';
import { listOf, millionths, type Scene } from '../scene.js';
import { fitsQuantity } from './expect-orders.js';
import { rowsIn } from './rows-of-plan.js';

type Block<Key extends keyof ScenarioExpectation> = NonNullable<ScenarioExpectation[Key]>;

/** Compares whole tables of rows: texts of the plan's rows are shown where they differ. */
function compare<Expected, Actual>(
  what: string,
  tables: { readonly expected: readonly Expected[]; readonly actual: readonly Actual[] },
  fits: (expected: Expected, actual: Actual) => boolean,
  show: (actual: Actual) => string,
  bind: (expected: Expected, actual: Actual) => void = () => undefined,
): string[] {
  const matching = matchRows(tables.expected, tables.actual, fits);
  if (matching.ok) {
    for (const [wanted, row] of matching.pairs) bind(wanted, row);
    return [];
  }
  return [
    ...matching.missing.map((row) => `no ${what} fits ${JSON.stringify(row)}`),
    ...matching.extra.map((row) => `${what} nobody expected: ${show(row)}`),
  ];
}

export function expectCoverage(scene: Scene, view: PlanView, block: Block<'coverage'>): string[] {
  const { names } = scene;
  const demands = new Set(listOf(block.of).map((name) => names.resolve(name)));
  const sums = new Map<string, { demand: string; supply: string; quantity: number }>();
  for (const { demand, supply, quantity } of rowsIn(view, 'coverage')) {
    if (!demands.has(demand)) continue;
    const key = `${demand}\u0000${supply}`;
    const sum = (sums.get(key)?.quantity ?? 0) + quantity;
    sums.set(key, { demand, supply, quantity: sum });
  }
  return compare(
    'coverage',
    { expected: block.are, actual: [...sums.values()] },
    (wanted, row) =>
      names.resolve(wanted.demand) === row.demand &&
      names.means(wanted.supply, row.supply) &&
      fitsQuantity(wanted.quantity, row.quantity),
    (row) =>
      `${names.show(row.demand)} by ${names.show(row.supply)} ${formatQuantity(row.quantity)}`,
    (wanted, row) => names.bindOpen(wanted.supply, row.supply),
  );
}

export function expectUncovered(_: Scene, view: PlanView, block: Block<'uncovered'>): string[] {
  let total = 0;
  for (const row of rowsIn(view, 'requirements', listOf(block.of))) {
    if (row.direction === 'issue') total += row.uncovered ?? 0;
  }
  if (total === millionths(block.quantity)) return [];
  return [`uncovered is ${formatQuantity(total)}, expected ${block.quantity}`];
}

export function expectActions(scene: Scene, view: PlanView, block: Block<'actions'>): string[] {
  const { names } = scene;
  const actual = rowsIn(view, 'messages', listOf(block.of)).filter((row) => row.kind === 'action');
  return compare(
    'action',
    { expected: block.are, actual },
    (wanted, row) =>
      names.means(wanted.order, row.order) &&
      wanted.action === row.action &&
      (wanted.item === undefined || wanted.item === row.item) &&
      (wanted.date === undefined ||
        (row.date !== undefined && formatPlanDay(row.date) === wanted.date)) &&
      fitsQuantity(wanted.quantity, row.quantity ?? -1),
    ({ order, action, date, quantity }) =>
      `${action} ${names.show(order)}` +
      (date === undefined ? '' : ` to ${formatPlanDay(date)}`) +
      (quantity === undefined ? '' : ` by ${formatQuantity(quantity)}`),
    (wanted, row) => names.bindOpen(wanted.order, row.order),
  );
}

export function expectDelays(scene: Scene, view: PlanView, block: Block<'delays'>): string[] {
  const { names } = scene;
  const actual = rowsIn(view, 'messages', listOf(block.of)).filter((row) => row.kind === 'delay');
  return compare(
    'delay',
    { expected: block.are, actual },
    (wanted, row) =>
      names.resolve(wanted.requirement) === row.requirement &&
      (wanted.item === undefined || wanted.item === row.item) &&
      (wanted.date === undefined || formatPlanDay(row.date) === wanted.date) &&
      (wanted.days === undefined || wanted.days === row.days),
    ({ requirement, date, days }) =>
      `${names.show(requirement)} on ${formatPlanDay(date)}, ${days} days`,
  );
}

export function expectMarkings(scene: Scene, view: PlanView, block: Block<'markings'>): string[] {
  const { names } = scene;
  const actual = listOf(block.of).flatMap((name) => view.markingsOf(names.resolve(name)));
  return compare(
    'marking',
    { expected: block.are, actual },
    (wanted, row) =>
      names.resolve(wanted.issue) === row.issue &&
      names.resolve(wanted.receipt) === row.receipt &&
      fitsQuantity(wanted.quantity, row.quantity),
    (row) =>
      `${names.show(row.issue)} to ${names.show(row.receipt)} ${formatQuantity(row.quantity)}`,
  );
}

export function expectShortages(scene: Scene, view: PlanView, block: Block<'shortages'>): string[] {
  const demands = listOf(block.of).map((name) => scene.names.resolve(name));
  return compare(
    'shortage',
    { expected: block.are, actual: view.shortagesOf(demands) },
    (wanted, row) => wanted.item === row.item && fitsQuantity(wanted.quantity, row.quantity),
    (row) => `${row.item} ${formatQuantity(row.quantity)}`,
  );
}

export function expectNames(
  scene: Scene,
  expected: Readonly<Record<string, readonly string[]>>,
  found: (name: string) => readonly string[],
): string[] {
  const { names } = scene;
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const actual = [...found(names.resolve(name))].toSorted();
    const resolved = wanted.map((one) => names.resolve(one)).toSorted();
    if (JSON.stringify(actual) === JSON.stringify(resolved)) return [];
    return [`${name}: ${actual.map((id) => names.show(id)).join(', ')}; expected ${wanted.join()}`];
  });
}
