import { dimensionsKey, refusal, type Refusal, type StateExchange } from '@tidemark/kernel';
import type { BillOfMaterial } from '@tidemark/master-data';
import type { PlanState, World } from '../state/plan-state.js';

/** Findings of each state of the master data, kept until it changes. */
export class FindingsBook {
  #version = -1;
  #findings: readonly Refusal[] = [];

  exchange(io: StateExchange): void {
    this.#version = io.value(this.#version);
    this.#findings = io.value(this.#findings);
  }

  of(world: World, state: PlanState, version: number): readonly Refusal[] {
    if (this.#version !== version) {
      this.#findings = standingFindings(world, state);
      this.#version = version;
    }
    return this.#findings;
  }
}

/** Rules that every run reports and goes on: circles and versions that cannot be told apart. */
function standingFindings(world: World, state: PlanState): Refusal[] {
  const findings: Refusal[] = [];
  for (const circle of world.levels.circles()) {
    findings.push(
      refusal('CIRCULAR_BOM', `The BOMs of ${circle.join(', ')} go in a circle.`, {
        mentions: circle,
        remedy: 'Take one of the lines out; these items are not planned.',
      }),
    );
  }
  const seen = new Set<string>();
  for (const node of state.nodes.values()) {
    if (seen.has(node.item) || state.circleAt(node)?.code !== 'CIRCULAR_REFILL') continue;
    seen.add(node.item);
    findings.push(
      refusal('CIRCULAR_REFILL', `The warehouses of item ${node.item} refill each other.`, {
        mentions: [node.item],
        remedy: 'End the chain at a warehouse that is bought or made for.',
      }),
    );
  }
  return findings.concat(ambiguousBoms(world));
}

/** Pairs of versions equal in item, dimensions, site and quantity on a common day (BM-1). */
function ambiguousBoms(world: World): Refusal[] {
  const findings: Refusal[] = [];
  const groups = new Map<string, BillOfMaterial[]>();
  for (const bom of world.master.boms()) {
    const key = JSON.stringify([
      bom.item,
      dimensionsKey(bom.dimensions),
      bom.site ?? '',
      bom.fromQuantity,
    ]);
    const group = groups.get(key) ?? [];
    for (const other of group) {
      if (overlap(bom, other)) findings.push(ambiguous(other, bom));
    }
    group.push(bom);
    groups.set(key, group);
  }
  return findings;
}

function overlap(left: BillOfMaterial, right: BillOfMaterial): boolean {
  const from = Math.max(left.validFrom ?? -Infinity, right.validFrom ?? -Infinity);
  return from <= Math.min(left.validTo ?? Infinity, right.validTo ?? Infinity);
}

function ambiguous(left: BillOfMaterial, right: BillOfMaterial): Refusal {
  const { item } = left;
  return refusal(
    'AMBIGUOUS_BOM',
    `BOM versions ${left.id} and ${right.id} of ${item} are valid on a common day.`,
    { mentions: [item, left.id, right.id], remedy: 'End one of them, or tell them apart.' },
  );
}
