import { noDimensions, planDayOf, quantityOf, type Dimensions } from '@tidemark/kernel';
import type { PlannerCommand } from '@tidemark/planning';
import type { Change } from '@tidemark/testkit';
import type { OrderNames } from './order-names.js';

type Of<Key extends string> = Extract<Change, Record<Key, unknown>>;
type Choice = Of<'approve'>['approve'];
type GivenDays = Pick<Of<'edit'>['edit'], 'requirementDate' | 'deliveryDate' | 'orderDate'>;

/** The planner's command that a change of a history is; undefined: it is a fact. */
export function commandOf(change: Change, names: OrderNames): PlannerCommand | undefined {
  const order = (choice: Choice) => names.idOf(typeof choice === 'string' ? choice : choice.order);
  if ('approve' in change) return { kind: 'approve', order: order(change.approve) };
  if ('unapprove' in change) return { kind: 'unapprove', order: order(change.unapprove) };
  if ('delete' in change) return { kind: 'delete', order: order(change.delete) };
  if ('firm' in change) {
    const chain = typeof change.firm !== 'string' && change.firm.chain === true;
    return { kind: 'firm', order: order(change.firm), chain };
  }
  if ('create' in change) return createCommand(change.create);
  if ('edit' in change) {
    const { quantity } = change.edit;
    const edit = { kind: 'edit', order: order(change.edit.order), ...daysOf(change.edit) } as const;
    return quantity === undefined ? edit : { ...edit, quantity: quantityOf(quantity) };
  }
  if ('mark' in change) return markCommand(change, names);
  if ('autoReserve' in change) return reserveCommand(change.autoReserve);
  return undefined;
}

function createCommand({ id, item, quantity, dimensions, ...days }: Of<'create'>['create']) {
  const named = JSON.parse(JSON.stringify(dimensions ?? noDimensions)) as Dimensions;
  return {
    kind: 'create' as const,
    id,
    item,
    quantity: quantityOf(quantity),
    dimensions: named,
    ...daysOf(days),
  };
}

function markCommand({ mark }: Of<'mark'>, names: OrderNames): PlannerCommand {
  const issue = names.idOf(mark.issue);
  const receipt = names.idOf(mark.receipt);
  return { kind: 'mark', issue, receipt, quantity: quantityOf(mark.quantity ?? 0) };
}

function reserveCommand({ items, until }: Of<'autoReserve'>['autoReserve']): PlannerCommand {
  return {
    kind: 'autoReserve',
    ...(items === undefined ? {} : { items }),
    ...(until === undefined ? {} : { until: planDayOf(until) }),
  };
}

function daysOf({ requirementDate, deliveryDate, orderDate }: GivenDays) {
  return {
    ...(requirementDate === undefined ? {} : { requirementDate: planDayOf(requirementDate) }),
    ...(deliveryDate === undefined ? {} : { deliveryDate: planDayOf(deliveryDate) }),
    ...(orderDate === undefined ? {} : { orderDate: planDayOf(orderDate) }),
  };
}
