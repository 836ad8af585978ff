import type { CoverageSettings, Item, OrderType } from '@tidemark/master-data';
import { Changes } from '../changes.js';
import {
  isBoughtOrMade,
  isPlanned,
  nodesByItem,
  type NodeRead,
  type PlanRead,
} from '../plan-read.js';
import { namesText, rangeText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

interface ItemLeadTime {
  readonly id: string;
  readonly leadTime: number;
}

const apartLeast = 5;

function areApart(longest: number, shortest: number): boolean {
  return longest > 2 * shortest && longest - shortest > apartLeast;
}

/** PC-5: one coverage group for items whose lead times have nothing in common. */
export function* leadTimesInGroup(read: PlanRead): Generator<Suspicion> {
  const groups = new Map<string, NodeRead[]>();
  for (const node of read.nodes) {
    const group = node.item.coverageGroup;
    if (group === undefined || !isBoughtOrMade(node)) continue;
    groups.set(group, [...(groups.get(group) ?? []), node]);
  }
  for (const [id, nodes] of groups) {
    const items = [...nodesByItem(nodes)]
      .map(([item, some]) => ({
        id: item,
        leadTime: Math.max(...some.map(({ leadTime }) => leadTime)),
      }))
      .sort((left, right) => left.leadTime - right.leadTime);
    const [shortest] = items;
    const longest = items.at(-1);
    if (shortest === undefined || longest === undefined) continue;
    if (!areApart(longest.leadTime, shortest.leadTime)) continue;
    const parts = partsOf(items);
    const texts = parts.map(
      (part) => `${rangeText(part.map(({ leadTime }) => leadTime))} days: ${textOf(part)}`,
    );
    yield {
      rule: 'PC-5',
      subject: { kind: 'group', id },
      message: 'Items with very different lead times share one coverage group.',
      values: {
        shortest: shortest.leadTime,
        longest: longest.leadTime,
        items: items.length,
        shortestItem: shortest.id,
        longestItem: longest.id,
      },
      proposal: `groups by lead time (${texts.join('; ')})`,
      change: apart(read, id, parts),
    };
  }
}

/** Parts of the items, in order of lead time, none of whose lead times are far apart. */
function partsOf(items: readonly ItemLeadTime[]): ItemLeadTime[][] {
  const parts: ItemLeadTime[][] = [];
  for (const item of items) {
    const part = parts.at(-1);
    const [first] = part ?? [];
    if (part === undefined || first === undefined || areApart(item.leadTime, first.leadTime)) {
      parts.push([item]);
    } else {
      part.push(item);
    }
  }
  return parts;
}

function textOf(part: readonly ItemLeadTime[]): string {
  return namesText(part.map(({ id }) => id));
}

/** Each part with the positive and negative days of its own lead time, where the group sets any. */
function apart(
  read: PlanRead,
  group: string,
  parts: readonly (readonly ItemLeadTime[])[],
): Suspicion['change'] {
  const set = read.master.group(group)?.settings ?? {};
  const { dynamicNegativeDays } = read.state.definition;
  const hasNegative = !dynamicNegativeDays && (set.negativeDays ?? 0) > 0;
  const changes = new Changes(read.master);
  for (const part of parts) {
    const days = Math.max(...part.map(({ leadTime }) => leadTime));
    const settings: CoverageSettings = {
      ...(hasNegative ? { negativeDays: days } : {}),
      ...(set.positiveDays === undefined ? {} : { positiveDays: days }),
    };
    for (const { id } of part) {
      changes.edit(id, (item) => ({ ...item, coverage: { ...settings, ...item.coverage } }));
    }
  }
  return changes.records;
}

const openDaysCounted = 10;
const daysOfWeek = 7;

/** PC-17: no lead time, or one that a calendar with hardly an open day draws out. */
export function* leadTimeSettings(read: PlanRead): Generator<Suspicion> {
  for (const [id, nodes] of nodesByItem(read.nodes)) {
    const [first] = nodes.filter((node) => isPlanned(node) && isBoughtOrMade(node));
    if (first === undefined) continue;
    const { orderType, leadTimes, leadDays } = first.parameters;
    const leadTime = leadTimes[orderType];
    if (leadTime === 0 && !isPhantomOnly(read, id)) yield withoutLeadTime(read, first);
    const calendar = first.item.leadTimeCalendar ?? first.settings.coverageCalendar;
    if (leadTime === 0 || calendar === undefined) continue;
    const days = leadDays.forward(read.today, openDaysCounted) - read.today;
    if (days <= (openDaysCounted - 1) * daysOfWeek) continue;
    yield {
      rule: 'PC-17',
      subject: { kind: 'item', id },
      message: 'The lead time counts the open days of a calendar that is hardly ever open.',
      values: {
        leadTime,
        calendar,
        leadTimeInDays: first.leadTime,
        [`daysFor${openDaysCounted}OpenDays`]: days,
      },
      proposal: `lead time ${leadTime} in calendar days, or a calendar with the real open days`,
      change: new Changes(read.master).edit(id, inCalendarDays).records,
    };
  }
}

/** A calendar that is not known is open every day, and the item's own goes before all others. */
function inCalendarDays(item: Item): Item {
  return { ...item, leadTimeCalendar: 'every day' };
}

/** Where no item of the order type has a lead time. */
const leadTimeGuessed = 1;

function withoutLeadTime(read: PlanRead, { item, parameters }: NodeRead): Suspicion {
  const { orderType } = parameters;
  const usual = usualLeadTime(read, orderType);
  const change = new Changes(read.master).edit(item.id, (old) => ({
    ...old,
    leadTimes: { ...old.leadTimes, [orderType]: usual > 0 ? usual : leadTimeGuessed },
  })).records;
  const days = usual > 0 ? `${usual} days, usual for ${orderType}` : `${leadTimeGuessed} day`;
  return {
    rule: 'PC-17',
    subject: { kind: 'item', id: item.id },
    message: `No lead time: a ${orderType} would be there on the day it is ordered.`,
    values: { leadTime: 0, orderType },
    proposal: `the real lead time (the effect is that of ${days})`,
    change,
  };
}

/** The middle one of the lead times of this order type; 0 if no item has one. */
function usualLeadTime(read: PlanRead, orderType: OrderType): number {
  const known = read.nodes
    .filter(({ parameters }) => parameters.orderType === orderType)
    .map(({ parameters }) => parameters.leadTimes[parameters.orderType])
    .filter((days) => days > 0)
    .sort((left, right) => left - right);
  return known[Math.floor(known.length / 2)] ?? 0;
}

/** A phantom takes no time of its own (BM-6). */
function isPhantomOnly({ master }: PlanRead, id: string): boolean {
  let isUsed = false;
  for (const bom of master.usersOf(id)) {
    for (const line of bom.lines) {
      if (line.item !== id) continue;
      if (line.type !== 'phantom') return false;
      isUsed = true;
    }
  }
  return isUsed;
}
