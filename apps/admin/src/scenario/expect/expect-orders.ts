import { formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { OrderRow, PlanView } from '@tidemark/planning';
import type { ScenarioExpectation } from '@tidemark/wire';
import { matchRows } from '../match.js';
import { listOf, millionths, type Scene } from '../scene.js';
import { rowsIn } from './rows-of-plan.js';

type Orders = NonNullable<ScenarioExpectation['plannedOrders']>;
type ExpectedOrder = Orders['are'][number];

/** The whole set of planned orders; refs are bound to the orders they fit. */
export function expectOrders(scene: Scene, view: PlanView, expected: Orders): string[] {
  const { names } = scene;
  const actual = rowsIn(
    view,
    'orders',
    expected.of === undefined ? undefined : listOf(expected.of),
  );
  const ids = new Set(actual.map(({ id }) => id));
  const fits = (wanted: ExpectedOrder, order: OrderRow): boolean => {
    const { ref } = wanted;
    if (ref !== undefined) {
      const known = names.boundTo(ref) ?? (ids.has(ref) ? ref : undefined);
      if (known !== undefined && known !== order.id) return false;
    }
    return fitsFigures(wanted, order);
  };
  const matching = matchRows(expected.are, actual, fits);
  if (matching.ok) {
    for (const [{ ref }, { id }] of matching.pairs) if (ref !== undefined) names.bind(ref, id);
    return [];
  }
  return [
    ...matching.missing.map((row) => `no planned order fits ${JSON.stringify(row)}`),
    ...matching.extra.map((row) => `planned order nobody expected: ${showOrder(scene, row)}`),
  ];
}

function fitsFigures(wanted: ExpectedOrder, order: OrderRow): boolean {
  const days = ['requirementDate', 'orderDate', 'startDate', 'deliveryDate'] as const;
  return (
    fits(wanted.item, order.item) &&
    fits(wanted.type, order.type) &&
    fits(wanted.status, order.status === 'frozen' ? 'planned' : order.status) &&
    fitsQuantity(wanted.quantity, order.quantity) &&
    fitsQuantity(wanted.priority, order.priority ?? -1) &&
    days.every((key) => fits(wanted[key], formatPlanDay(order[key]))) &&
    fitsDimensions(wanted.dimensions, order.dimensions)
  );
}

function fits<Value>(wanted: Value | undefined, actual: Value): boolean {
  return wanted === undefined || wanted === actual;
}

export function fitsQuantity(wanted: number | undefined, actual: number): boolean {
  return wanted === undefined || millionths(wanted) === actual;
}

export function fitsDimensions(
  wanted: Readonly<Record<string, string>> | undefined,
  actual: object,
): boolean {
  const values = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(wanted ?? {}).every(([name, value]) => (values.get(name) ?? '') === value);
}

export function showOrder({ names }: Scene, order: OrderRow): string {
  const { id, item, type, quantity, status, dimensions } = order;
  const days = [order.requirementDate, order.orderDate, order.deliveryDate].map(formatPlanDay);
  const [required, ordered, delivered] = days;
  const where = Object.values(dimensions).join('/');
  const place = where === '' ? '' : ` at ${where}`;
  return (
    `${names.show(id)} ${type} ${item}${place} ${formatQuantity(quantity)} ${status}, ` +
    `required ${required}, ordered ${ordered}, delivered ${delivered}`
  );
}
