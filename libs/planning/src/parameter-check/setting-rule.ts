import type { FindingSubject, FindingValues, ParameterRuleId } from '../api/parameter-findings.js';
import { Changes } from './changes.js';
import { placesOf, type SettingPlace } from './places.js';
import { nodesByItem, type NodeRead, type PlanRead } from './plan-read.js';
import type { ProposedChange, Suspicion } from './suspicion.js';

/** Days that a rule of one setting proposes. */
export type DaysSetting = 'negativeDays' | 'positiveDays' | 'coverageFence';

/** A rule about one setting in days, which items may take from their group. */
export interface DaysRule {
  readonly rule: ParameterRuleId;
  readonly key: DaysSetting;
  /** Whether the setting, at so many days, deserves a warning at this node. */
  isBad(node: NodeRead, days: number): boolean;
  /** The least days that suit the node; a group is given the most that one of its nodes needs. */
  wanted(node: NodeRead): number;
  /** Whether a group's proposal suits one of its nodes; absent: if it deserves no warning. */
  suits?(node: NodeRead, days: number): boolean;
  readonly message: string;
  /** What else the proposal says, after "<setting> <days>". */
  readonly advice?: string;
  /** Figures of the node that the rule compares with, beside its lead time. */
  values?(node: NodeRead): FindingValues;
}

/** Items without a group and without the setting are told together when they are more. */
const defaultItemsMost = 20;
const itemsNamed = 5;

/**
 * What a rule finds, told where the setting stands: once for a group if one value suits all its
 * items, else for each item that it does not suit.
 */
export function* findDays(read: PlanRead, rule: DaysRule): Generator<Suspicion> {
  const byDefault: NodeRead[] = [];
  for (const place of placesOf(read, rule.key)) {
    const bad = place.nodes.filter((node) => rule.isBad(node, node.parameters[rule.key]));
    if (bad.length === 0) continue;
    if (place.subject.kind === 'item' && place.isDefault) byDefault.push(...bad);
    else yield* findAtPlace(read, rule, { ...place, bad });
  }
  const items = nodesByItem(byDefault);
  if (items.size > defaultItemsMost) {
    yield forDefault(read, rule, byDefault);
    return;
  }
  for (const [id, bad] of items) {
    yield found(rule, { kind: 'item', id }, bad, { read, days: mostWanted(rule, bad) });
  }
}

function* findAtPlace(
  read: PlanRead,
  rule: DaysRule,
  { subject, nodes, bad }: SettingPlace & { readonly bad: readonly NodeRead[] },
): Generator<Suspicion> {
  const days = mostWanted(rule, nodes);
  const suits = (node: NodeRead): boolean =>
    rule.suits === undefined ? !rule.isBad(node, days) : rule.suits(node, days);
  if (subject.kind === 'item' || bad.every(suits)) {
    yield found(rule, subject, bad, { read, days });
    return;
  }
  if (subject.kind === 'plan') return;
  for (const [id, some] of nodesByItem(bad)) {
    yield found(rule, { kind: 'item', id }, some, { read, days: mostWanted(rule, some) });
  }
}

function found(
  rule: DaysRule,
  subject: FindingSubject,
  bad: readonly NodeRead[],
  { read, days }: { readonly read: PlanRead; readonly days: number },
): Suspicion {
  const advice = rule.advice === undefined ? '' : ` ${rule.advice}`;
  return {
    rule: rule.rule,
    subject,
    message: rule.message,
    values: valuesOf(rule, bad),
    proposal: `${rule.key} ${days}${advice}`,
    change: changeOf(read, rule, subject, days),
  };
}

function forDefault(read: PlanRead, rule: DaysRule, bad: readonly NodeRead[]): Suspicion {
  const changes = new Changes(read.master);
  for (const [id, nodes] of nodesByItem(bad)) {
    changes.set({ kind: 'item', id }, { [rule.key]: mostWanted(rule, nodes) });
  }
  const wanted = bad.map((node) => rule.wanted(node));
  const range = rangeText(wanted);
  return {
    rule: rule.rule,
    subject: { kind: 'plan', id: read.state.definition.id },
    message: `${rule.message} (these items have no coverage group and take the default)`,
    values: valuesOf(rule, bad),
    proposal: `coverage groups by lead time with ${rule.key} ${range}, each item its own`,
    change: changes.records,
  };
}

function changeOf(
  read: PlanRead,
  rule: DaysRule,
  subject: FindingSubject,
  days: number,
): ProposedChange {
  const { definition } = read.state;
  if (subject.kind === 'plan') {
    return {
      definition: { ...definition, overrides: { ...definition.overrides, [rule.key]: days } },
    };
  }
  return new Changes(read.master).set(subject, { [rule.key]: days }).records;
}

function mostWanted(rule: DaysRule, nodes: readonly NodeRead[]): number {
  return Math.max(0, ...nodes.map((node) => rule.wanted(node)));
}

function valuesOf(rule: DaysRule, bad: readonly NodeRead[]): FindingValues {
  const present = bad.map((node) => node.parameters[rule.key]);
  const items = [...nodesByItem(bad).keys()];
  const [first] = bad;
  return {
    [rule.key]: rangeText(present),
    leadTime: rangeText(bad.map(({ leadTime }) => leadTime)),
    ...(first === undefined || bad.length > 1 ? {} : rule.values?.(first)),
    ...(items.length > 1 ? { items: items.length, among: namesText(items) } : {}),
  };
}

/** The first few names. */
export function namesText(names: readonly string[]): string {
  const rest = names.length - itemsNamed;
  const shown = names.slice(0, itemsNamed).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** One number, or the least and the most. */
export function rangeText(numbers: readonly number[]): number | string {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  if (least === most) return most === Infinity ? 'unlimited' : most;
  return `${least}-${most === Infinity ? 'unlimited' : most}`;
}
