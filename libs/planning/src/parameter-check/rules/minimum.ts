import { coveragePolicies } from '../../coverage-codes/index.js';
import { formatQuantity, quantityOf } from '@tidemark/kernel';
import { Changes } from '../changes.js';
import { placeOf, placesOf } from '../places.js';
import { isPlanned, usageOf, type NodeRead, type PlanRead } from '../plan-read.js';
import { namesText, rangeText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** PC-8: a minimum wanted today cannot be there before the lead time is over. */
export function* minimumAlwaysLate(read: PlanRead): Generator<Suspicion> {
  const isLate = ({ parameters, leadTime }: NodeRead): boolean =>
    parameters.fulfilMinimum === 'today' && parameters.minimum > 0 && leadTime > 0;
  for (const { subject, nodes } of placesOf(read, 'fulfilMinimum')) {
    const late = nodes.filter((node) => isPlanned(node) && isLate(node));
    if (late.length === 0) continue;
    const items = [...new Set(late.map(({ item }) => item.id))];
    yield {
      rule: 'PC-8',
      subject,
      message: 'The minimum is wanted today, but an order takes its lead time: it is always late.',
      values: {
        fulfilMinimum: 'today',
        leadTime: rangeText(late.map(({ leadTime }) => leadTime)),
        items: items.length,
        among: namesText(items),
      },
      proposal: 'fulfilMinimum todayPlusLeadTime',
      change: new Changes(read.master).set(subject, { fulfilMinimum: 'todayPlusLeadTime' }).records,
    };
  }
}

/** PC-14: a minimum nobody plans for, a maximum below the need, a safety stock without demand. */
export function* minimumOutOfPlace(read: PlanRead): Generator<Suspicion> {
  for (const node of read.nodes) {
    const { code, minimum } = node.parameters;
    const policy = coveragePolicies[code];
    const upToMaximum = policy.decreasesByMaximum(node.parameters);
    if (!policy.proposesOrders && minimum > 0) yield minimumUnplanned(read, node);
    else if (upToMaximum && isMaximumShort(node)) yield maximumShort(read, node);
    if (policy.proposesOrders && minimum > 0 && !isAskedFor(read, node)) {
      yield withoutDemand(read, node);
    }
  }
}

function withoutMinimum(read: PlanRead, node: NodeRead): Pick<Suspicion, 'subject' | 'change'> {
  const { subject } = placeOf(read, node, 'minimum');
  const own = subject.kind === 'item' ? subject : ({ kind: 'item', id: node.item.id } as const);
  const none = { minimum: quantityOf(0), reorderPoint: quantityOf(0) };
  return { subject: own, change: new Changes(read.master).set(own, none).records };
}

function minimumUnplanned(read: PlanRead, node: NodeRead): Suspicion {
  return {
    rule: 'PC-14',
    ...withoutMinimum(read, node),
    message: 'A minimum has no effect on an item that is planned by hand.',
    values: { code: 'manual', minimum: formatQuantity(node.parameters.minimum) },
    proposal: 'no minimum, or another coverage code',
  };
}

/** Shorter stretches of demand say nothing about the usual one. */
const usageDaysLeast = 28;

function demandInLeadTime(node: NodeRead): number {
  const { quantity, span } = usageOf(node);
  const days = Math.max(span, node.leadTime, usageDaysLeast);
  return Math.ceil((quantity / days) * node.leadTime);
}

function isMaximumShort(node: NodeRead): boolean {
  const { minimum, maximum } = node.parameters;
  return maximum !== undefined && maximum < minimum + demandInLeadTime(node);
}

function maximumShort(read: PlanRead, node: NodeRead): Suspicion {
  const { minimum, maximum = 0, step } = node.parameters;
  const demand = demandInLeadTime(node);
  const wanted = quantityOf(Math.ceil((minimum + demand) / step) * step);
  const { subject } = placeOf(read, node, 'maximum');
  const own = subject.kind === 'item' ? subject : ({ kind: 'item', id: node.item.id } as const);
  return {
    rule: 'PC-14',
    subject: own,
    message: 'The maximum does not last through the lead time: each order is too small.',
    values: {
      minimum: formatQuantity(minimum),
      maximum: formatQuantity(maximum),
      leadTime: node.leadTime,
      demandInLeadTime: formatQuantity(demand),
    },
    proposal: `maximum ${formatQuantity(wanted)}`,
    change: new Changes(read.master).set(own, { maximum: wanted }).records,
  };
}

const year = 365;

/** Open demand, or an issue posted in the year before today. */
function isAskedFor({ state, today }: PlanRead, node: NodeRead): boolean {
  if (usageOf(node).needDays > 0) return true;
  return node.node.shipped.some((handle) => {
    const image = state.table.image(handle);
    return image !== undefined && image.date >= today - year;
  });
}

function withoutDemand(read: PlanRead, node: NodeRead): Suspicion {
  const issues = node.node.shipped.map((handle) => read.state.table.image(handle)?.date ?? 0);
  const daysAgo = read.today - Math.max(...issues);
  return {
    rule: 'PC-14',
    ...withoutMinimum(read, node),
    message: 'Safety stock of an item without demand, open or in the last year.',
    values: {
      minimum: formatQuantity(node.parameters.minimum),
      onHand: formatQuantity(node.node.stock),
      lastIssue: issues.length === 0 ? 'none known' : `${daysAgo} days ago`,
    },
    proposal: 'no minimum',
  };
}
