import type { Command } from 'commander';
import { compareText, formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { MessageRow } from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';
import { withPlans } from './data-command.js';
import { countLine, dimensionsText, listCommand, type ListOptions } from './orders-command.js';
import { say, sayJson, tableOf } from './output.js';
import { foldPublished } from './published/published-plan.js';

export function messagesCommand(): Command {
  return listCommand({
    name: 'messages',
    summary: 'List the action and delay messages of a plan.',
    examples: [
      'messages --data ./data --company acme --limit 10',
      'messages --data ./data --company acme --json',
    ],
  }).action(messages);
}

async function messages(options: ListOptions): Promise<void> {
  await withPlans(options, async (plans) => {
    const { company, item } = options;
    const plan = await plans.planNamed(options);
    const published = await foldPublished(plans.revisions({ company, plan }));
    const found = [...published.nodes()]
      .flatMap(({ lines }) => [...lines.messages.values()])
      .filter((message) => (item ?? message.item) === message.item)
      .toSorted(
        (left, right) =>
          compareText(left.item, right.item) || compareText(subjectOf(left), subjectOf(right)),
      );
    if (options.json === true) return sayJson(writeNamed(found));
    const headings = ['item', 'dimensions', 'message', 'concerns', 'date', 'amount'];
    say(tableOf(headings, found.slice(0, options.limit).map(messageCells)));
    say(countLine(found.length, options.limit, 'messages'));
  });
}

function subjectOf(message: MessageRow): string {
  return message.kind === 'delay' ? message.requirement : message.order;
}

function messageCells(message: MessageRow): string[] {
  const { item, dimensions } = message;
  const head = [item, dimensionsText(dimensions)];
  if (message.kind === 'delay') {
    const late = `${message.days} days late`;
    return [...head, 'delay', message.requirement, formatPlanDay(message.date), late];
  }
  const date = message.date === undefined ? '' : formatPlanDay(message.date);
  const quantity = message.quantity === undefined ? '' : formatQuantity(message.quantity);
  return [...head, message.action, message.order, date, quantity];
}
