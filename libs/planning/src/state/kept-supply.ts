import type { JournalEntry } from '@tidemark/journal';
import { dimensionsKey, type StateExchange } from '@tidemark/kernel';
import type { Decision, KeptPeg, OrderImage } from '../api/decisions.js';
import { plannedDimensions, type PlanState } from './plan-state.js';
import type { PlanNode } from './plan-node.js';

/** Supply that a decision keeps for one demand (MO-19, PR-5). */
export type KeptSupply = Extract<Decision, { kind: 'supplyKept' }>;

interface NumberedSupply {
  readonly kept: KeptSupply;
  readonly number: number;
}

/** What is kept at one node: orders and pegs of all demands whose supply is kept, each once. */
export interface SupplyKeptAt {
  readonly orders: readonly OrderImage[];
  readonly pegs: readonly KeptPeg[];
}

/**
 * Supply kept for demands by decisions: the orders and pegs of the whole chain below each. It binds
 * as long as its demand is there, and sleeps when that is gone.
 */
export class KeptSupplyBook {
  readonly #byDemand = new Map<string, NumberedSupply>();
  #last = 0;
  /** Issues that came with a confirmed date since this was last settled. */
  readonly confirmed = new Set<string>();
  /** Demands by the items at which their chains have orders or pegs. */
  readonly #byItem = new Map<string, Set<string>>();

  exchange(io: StateExchange): void {
    io.map(this.#byDemand);
    io.map(this.#byItem);
    io.set(this.confirmed);
    this.#last = io.value(this.#last);
  }

  get isEmpty(): boolean {
    return this.#byDemand.size === 0;
  }

  /** A later decision for the same demand replaces the earlier one, and goes before all others. */
  put(kept: KeptSupply): void {
    this.release(kept.issue);
    this.#last += 1;
    this.#byDemand.set(kept.issue, { kept, number: this.#last });
    for (const { item } of [...kept.orders, ...kept.pegs]) {
      const demands = this.#byItem.get(item) ?? new Set<string>();
      demands.add(kept.issue);
      this.#byItem.set(item, demands);
    }
  }

  release(issue: string): void {
    const kept = this.of(issue);
    this.#byDemand.delete(issue);
    for (const { item } of [...(kept?.orders ?? []), ...(kept?.pegs ?? [])]) {
      this.#byItem.get(item)?.delete(issue);
    }
  }

  of(issue: string): KeptSupply | undefined {
    return this.#byDemand.get(issue)?.kept;
  }

  /** All of them, the earliest first. */
  all(): KeptSupply[] {
    return [...this.#byDemand.values()].map(({ kept }) => kept);
  }

  /** Decisions with something at nodes of the item, the latest first. */
  ofItem(item: string): KeptSupply[] {
    return [...(this.#byItem.get(item) ?? [])]
      .flatMap((issue) => this.#byDemand.get(issue) ?? [])
      .sort((left, right) => right.number - left.number)
      .map(({ kept }) => kept);
  }

  copyFrom(other: KeptSupplyBook): void {
    for (const kept of other.all()) this.put(kept);
  }
}

/** The nodes at which supply is kept for a demand, its own among them. */
export function nodesOfSupply(state: PlanState, issue: string): Set<PlanNode> {
  const kept = state.keptSupply.of(issue);
  const nodes = new Set<PlanNode>();
  for (const { item, dimensions } of [...(kept?.orders ?? []), ...(kept?.pegs ?? [])]) {
    const record = state.world.master.item(item);
    if (record !== undefined) nodes.add(state.nodeFor(record, dimensions));
  }
  return nodes;
}

/** Nodes whose coverage hangs on the demand that an entry changes. */
export function nodesKeptFor(state: PlanState, { retract, assert }: JournalEntry): Set<PlanNode> {
  if (state.keptSupply.isEmpty) return new Set();
  const issue = assert?.id ?? retract?.id;
  return issue === undefined ? new Set() : nodesOfSupply(state, issue);
}

/** True if the demand is there for which supply is kept, and confirmed if that is the reason. */
export function isBinding(state: PlanState, { issue, by }: KeptSupply): boolean {
  return by === 'promise' ? isOpenIssue(state, issue) : isConfirmed(state, issue);
}

/** An open sales issue with a confirmed date, in a plan that keeps supply for those (MO-19). */
export function isConfirmed(state: PlanState, issue: string): boolean {
  if (!state.definition.keepSupplyForConfirmedDemand || !isOpenIssue(state, issue)) return false;
  const image = state.table.image(state.table.handleOf(issue) ?? -1);
  return image?.type === 'salesOrder' && image.confirmedDate !== undefined;
}

/** Open sales issues with a confirmed date, of a plan that keeps supply for them. */
export function confirmedIssues(state: PlanState): string[] {
  if (!state.definition.keepSupplyForConfirmedDemand) return [];
  const issues: string[] = [];
  for (const node of state.nodes.values()) {
    for (const handle of node.issues) {
      const issue = state.table.ids[handle] ?? '';
      if (isConfirmed(state, issue)) issues.push(issue);
    }
  }
  return issues;
}

function isOpenIssue({ table, definition }: PlanState, issue: string): boolean {
  const handle = table.handleOf(issue);
  const image = handle === undefined ? undefined : table.image(handle);
  if (handle === undefined || image === undefined) return false;
  return table.roleOf(image) === 'demand' && table.takesPart(handle, definition.includeQuotations);
}

/** What decisions keep at a node now; undefined: nothing. */
export function supplyKeptAt(state: PlanState, node: PlanNode): SupplyKeptAt | undefined {
  const binding = state.keptSupply.ofItem(node.item).filter((kept) => isBinding(state, kept));
  if (binding.length === 0) return undefined;
  const item = state.world.master.item(node.item);
  if (item === undefined) return undefined;
  const place = dimensionsKey(node.dimensions);
  const isHere = (row: { item: string; dimensions: PlanNode['dimensions'] }): boolean =>
    row.item === node.item && dimensionsKey(plannedDimensions(item, row.dimensions)) === place;
  const orders = new Map<string, OrderImage>();
  const pegs = new Map<string, KeptPeg>();
  for (const kept of binding) {
    for (const order of kept.orders) {
      if (!orders.has(order.id) && isHere(order)) orders.set(order.id, order);
    }
    for (const peg of kept.pegs) {
      const key = JSON.stringify([peg.demand, peg.supply]);
      if (!pegs.has(key) && isHere(peg)) pegs.set(key, peg);
    }
  }
  return { orders: [...orders.values()], pegs: [...pegs.values()] };
}
