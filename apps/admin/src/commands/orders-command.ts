import type { Command } from 'commander';
import { compareText, dimensionNames, formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { Dimensions } from '@tidemark/kernel';
import type { OrderRow } from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';
import { placeCommand, planCommand, withPlans, type PlanPlaceOptions } from './data-command.js';
import { say, sayJson, tableOf } from './output.js';
import { foldPublished } from './published/published-plan.js';
import { wholeNumber } from './data-command.js';

/** What listings of plan lines take besides the plan. */
export interface ListOptions extends PlanPlaceOptions {
  readonly item?: string;
  readonly limit: number;
}

export function listCommand(text: Parameters<typeof planCommand>[0]): Command {
  return planCommand(text, placeCommand)
    .option('--item <id>', 'only of this item')
    .option('--limit <rows>', 'most rows of the table; --json has all', wholeNumber, 100);
}

export function ordersCommand(): Command {
  return listCommand({
    name: 'orders',
    summary: 'List the planned orders of a plan.',
    examples: [
      'orders --data ./data --company acme --limit 10',
      'orders --data ./data --company acme --item 316 --json',
      'orders --url http://127.0.0.1:7400 --company example',
    ],
  }).action(orders);
}

async function orders(options: ListOptions): Promise<void> {
  await withPlans(options, async (plans) => {
    const { company, item } = options;
    const plan = await plans.planNamed(options);
    const published = await foldPublished(plans.revisions({ company, plan }));
    const found = published
      .orders()
      .filter((order) => (item ?? order.item) === order.item)
      .toSorted(
        (left, right) =>
          left.orderDate - right.orderDate ||
          compareText(left.item, right.item) ||
          compareText(left.id, right.id),
      );
    if (options.json === true) return sayJson(writeNamed(found));
    say(tableOf(headings, found.slice(0, options.limit).map(orderCells)));
    say(countLine(found.length, options.limit, 'planned orders'));
  });
}

const headings = 'id,item,dimensions,type,status,quantity,order,required,delivered'.split(',');

export function orderCells(order: OrderRow): string[] {
  const { id, item, dimensions, type, status, quantity } = order;
  const days = [order.orderDate, order.requirementDate, order.deliveryDate].map(formatPlanDay);
  return [id, item, dimensionsText(dimensions), type, status, formatQuantity(quantity), ...days];
}

export function dimensionsText(dimensions: Dimensions): string {
  return dimensionNames
    .flatMap((name) => dimensions[name] ?? [])
    .filter((value) => value !== '')
    .join('/');
}

export function countLine(count: number, limit: number, what: string): string {
  return count > limit ? `${limit} of ${count} ${what}` : `${count} ${what}`;
}
