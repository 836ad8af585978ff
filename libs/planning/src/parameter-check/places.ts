import { dimensionsKey } from '@tidemark/kernel';
import type { CoverageSettings } from '@tidemark/master-data';
import type { FenceOverrides } from '../api/plan-definition.js';
import type { FindingSubject } from '../api/parameter-findings.js';
import type { NodeRead, PlanRead } from './plan-read.js';

/** A place where a setting stands, with the nodes that take it from there. */
export interface SettingPlace {
  readonly subject: FindingSubject;
  readonly nodes: readonly NodeRead[];
  /** Nothing is set there: the nodes take the default. */
  readonly isDefault: boolean;
}

export type SettingKey = keyof CoverageSettings;

/** All places that one setting of the plan's nodes comes from, in the order of the nodes. */
export function placesOf(read: PlanRead, key: SettingKey): SettingPlace[] {
  const places = new Map<string, SettingPlace & { nodes: NodeRead[] }>();
  for (const node of read.nodes) {
    const { subject, isDefault } = placeOf(read, node, key);
    const { kind, id, dimensions } = subject;
    const name = JSON.stringify([
      kind,
      id,
      dimensionsKey(dimensions ?? {}),
      dimensions === undefined,
    ]);
    const known = places.get(name);
    if (known === undefined) places.set(name, { subject, nodes: [node], isDefault });
    else known.nodes.push(node);
  }
  return [...places.values()];
}

/**
 * Where a node's setting stands: an override of the plan, the coverage entry, the item, its group.
 * A setting that stands nowhere belongs to the group, or to the item that has none.
 */
export function placeOf(
  { state, master }: PlanRead,
  { item, entry }: NodeRead,
  key: SettingKey,
): { subject: FindingSubject; isDefault: boolean } {
  const { id, overrides } = state.definition;
  if (isFence(key) && overrides[key] !== undefined) {
    return { subject: { kind: 'plan', id }, isDefault: false };
  }
  if (entry?.settings[key] !== undefined) {
    return { subject: { kind: 'item', id: item.id, dimensions: entry.for }, isDefault: false };
  }
  if (item.coverage[key] !== undefined || item.coverageGroup === undefined) {
    const isDefault = item.coverage[key] === undefined;
    return { subject: { kind: 'item', id: item.id }, isDefault };
  }
  const isDefault = master.group(item.coverageGroup)?.settings[key] === undefined;
  return { subject: { kind: 'group', id: item.coverageGroup }, isDefault };
}

const fences: readonly string[] = [
  'coverageFence',
  'freezingFence',
  'firmingFence',
  'explosionFence',
  'actionFence',
  'delayFence',
];

function isFence(key: string): key is keyof FenceOverrides {
  return fences.includes(key);
}
