import type { ActionRow, DelayRow, NodeRows, PlanView } from '@tidemark/planning';
import { decimalOf, textOfDay, type PlanReading } from '@tidemark/testkit';
import { nodeName, OrderNames, type Place } from './order-names.js';

function ofNode(node: Place, id: string): string {
  if (id === 'onHand') return `onHand:${nodeName(node)}`;
  return id === `safetyStock:${node.item}` ? `safetyStock:${nodeName(node)}` : id;
}

interface OrderFigures extends Place {
  readonly type: string;
  readonly quantity: number;
}

function orderLine(
  name: string,
  order: OrderFigures,
  days: { required: number; order: number; start: number; delivery: number },
): string {
  const texts = [days.required, days.order, days.start, days.delivery].map(textOfDay);
  const [required, ordered, start, delivery] = texts;
  const what = `${nodeName(order)} ${order.type} ${decimalOf(order.quantity)}`;
  const when = `required ${required} order ${ordered} start ${start} delivery ${delivery}`;
  return `order ${name}: ${what} ${when}`;
}

interface MessageFigures {
  readonly day: number | undefined;
  readonly quantity: number | undefined;
}

function actionLine(order: string, action: string, { day, quantity }: MessageFigures): string {
  const by = quantity === undefined ? '' : ` by ${decimalOf(quantity)}`;
  const to = day === undefined ? '' : ` to ${textOfDay(day)}`;
  return `action ${order}: ${action}${by}${to}`;
}

function linesOfNode(rows: NodeRows, names: OrderNames): string[] {
  const name = (node: Place, id: string): string => ofNode(node, names.nameOf(id));
  const delays = rows.messages.filter((row): row is DelayRow => row.kind === 'delay');
  const actions = rows.messages.filter((row): row is ActionRow => row.kind === 'action');
  return [
    ...rows.orders.map((order) =>
      orderLine(names.nameOf(order.id), order, {
        required: order.requirementDate,
        order: order.orderDate,
        start: order.startDate,
        delivery: order.deliveryDate,
      }),
    ),
    ...rows.coverage.map(
      (peg) =>
        `peg ${name(peg, peg.demand)} <- ${name(peg, peg.supply)}: ${decimalOf(peg.quantity)}`,
    ),
    ...delays.map(
      (row) => `delay ${name(row, row.requirement)}: ${textOfDay(row.date)} (${row.days} days)`,
    ),
    ...actions.map((row) =>
      actionLine(name(row, row.order), row.action, { day: row.date, quantity: row.quantity }),
    ),
    ...rows.requirements
      .filter((row) => (row.uncovered ?? 0) > 0)
      .map((row) => `uncovered ${name(row, row.id)}: ${decimalOf(row.uncovered ?? 0)}`),
  ];
}

/** What a plan of the engine says, a line each, in the names of the reference. */
export function linesOfView(view: PlanView, names = new OrderNames()): readonly string[] {
  const rows = view.rowsOf();
  names.learn(rows);
  return rows.flatMap((node) => linesOfNode(node, names)).toSorted();
}

/** What the reference says, in the same words. */
export function linesOfReference(plan: PlanReading): readonly string[] {
  return [
    ...plan.orders.map((order) =>
      orderLine(order.id, order, {
        required: order.requirementDay,
        order: order.orderDay,
        start: order.startDay,
        delivery: order.deliveryDay,
      }),
    ),
    ...plan.coverage.map((peg) => `peg ${peg.demand} <- ${peg.supply}: ${decimalOf(peg.quantity)}`),
    ...plan.delays.map(
      (row) => `delay ${row.requirement}: ${textOfDay(row.day)} (${row.days} days)`,
    ),
    ...plan.actions.map((row) =>
      actionLine(row.order, row.action, { day: row.day, quantity: row.quantity }),
    ),
    ...[...plan.uncovered].map(([demand, open]) => `uncovered ${demand}: ${decimalOf(open)}`),
  ].toSorted();
}

/** The lines that one side has and the other has not, marked - (expected) and + (got). */
export function differenceOf(
  expected: readonly string[],
  got: readonly string[],
): readonly string[] {
  const missing = expected.filter((line) => !got.includes(line)).map((line) => `- ${line}`);
  const extra = got.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`);
  return [...missing, ...extra];
}
