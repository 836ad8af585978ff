import { compareDemands, demandsAt, type Demand } from './demands.js';
import { effectiveStatus, pairKey } from './ledger.js';
import type { PlanNode } from './nodes.js';
import type { Peg } from './state.js';
import { suppliesAt, type Supply } from './supplies.js';
import { sumOf, type Amount } from './values.js';
import { nodesOf, type View } from './view.js';

/** A marking that stands: over a quantity, or over the whole one. */
export interface Marking {
  readonly issue: string;
  readonly receipt: string;
  readonly quantity: Amount;
}

/** Adds to the peg of the pair, or makes one. */
export function addPeg(view: View, demand: Demand, supply: Supply, quantity: Amount): void {
  if (quantity <= 0) return;
  const { state } = view;
  const pair = state.pegs.find((peg) => peg.demand === demand.key && peg.supply === supply.key);
  if (pair !== undefined) {
    pair.quantity += quantity;
    return;
  }
  state.taken += 1;
  state.pegs = [
    ...state.pegs,
    {
      demand: demand.key,
      supply: supply.key,
      node: demand.node.key,
      quantity,
      sequence: state.taken,
    },
  ];
}

export function pegsOfDemand(view: View, key: string): readonly Peg[] {
  return view.state.pegs.filter((peg) => peg.demand === key);
}

export function pegsOfSupply(view: View, key: string): readonly Peg[] {
  return view.state.pegs.filter((peg) => peg.supply === key);
}

function peggedBetween(view: View, demand: string, supply: string): Amount {
  return sumOf(
    pegsOfDemand(view, demand)
      .filter((peg) => peg.supply === supply)
      .map((peg) => peg.quantity),
  );
}

export function peggedQuantity(pegs: readonly Peg[]): Amount {
  return sumOf(pegs.map((peg) => peg.quantity));
}

export function uncoveredOf(view: View, demand: Demand): Amount {
  return demand.quantity - peggedQuantity(pegsOfDemand(view, demand.key));
}

export function freeOf(view: View, supply: Supply): Amount {
  return supply.quantity - peggedQuantity(pegsOfSupply(view, supply.key));
}

/** Pegs as much as both sides have left, at most `most`; returns the quantity. */
export function bind(view: View, demand: Demand, supply: Supply, most = Infinity): Amount {
  const quantity = Math.min(most, uncoveredOf(view, demand), freeOf(view, supply));
  if (quantity <= 0) return 0;
  addPeg(view, demand, supply, quantity);
  return quantity;
}

/** NE-6, MO-15: decisions, and images that name the other side where no decision does. */
export function markingsOf(view: View): readonly Marking[] {
  const { ledger, state } = view;
  const found = new Map<string, Marking>();
  for (const image of state.images.values()) {
    if (image.markedTo === undefined) continue;
    const [issue, receipt] =
      image.direction === 'issue' ? [image.id, image.markedTo] : [image.markedTo, image.id];
    found.set(pairKey(issue, receipt), { issue, receipt, quantity: Infinity });
  }
  for (const [key, mark] of ledger.marks) found.set(key, mark);
  return [...found.values()].filter((marking) => marking.quantity > 0);
}

/** NE-6 (1): binds min(its quantity, what both sides have left). */
function bindMarkings(view: View, demand: Demand, supplies: readonly Supply[]): void {
  const markings = markingsOf(view).filter((marking) => marking.issue === demand.key);
  for (const supply of supplies) {
    const marking = markings.find((one) => one.receipt === supply.key);
    if (marking === undefined) continue;
    bind(view, demand, supply, marking.quantity - peggedBetween(view, demand.key, supply.key));
  }
}

/** NE-6 (3), law 6: markings that firming wrote leave an older reservation where it is. */
function isMarked(view: View, issue: string): boolean {
  const byFirming = (receipt: string): boolean =>
    (view.state.images.get(receipt)?.origin ?? receipt).startsWith('firm/');
  return markingsOf(view).some((marking) => marking.issue === issue && !byFirming(marking.receipt));
}

function reservation(view: View, demand: Demand): 'onHand' | 'onOrder' | 'none' {
  if (demand.transaction === undefined) return 'none';
  const status = effectiveStatus(view.ledger, demand.transaction);
  if (status === 'reservedPhysical' || status === 'picked') return 'onHand';
  return status === 'reservedOrdered' && !isMarked(view, demand.key) ? 'onOrder' : 'none';
}

function isSourceReceipt(view: View, supply: Supply): boolean {
  return supply.kind === 'receipt' && !view.ledger.firmed.has(supply.key);
}

/** NE-6: fixed pegs of the demands given, in NE-7 order: markings, stock, receipts. */
export function bindFixed(view: View, node: PlanNode, demands: readonly Demand[]): void {
  const supplies = suppliesAt(view, node);
  for (const demand of demands) bindMarkings(view, demand, supplies);
  for (const demand of demands) {
    if (reservation(view, demand) !== 'onHand') continue;
    for (const supply of supplies) if (supply.kind === 'onHand') bind(view, demand, supply);
  }
  for (const demand of demands) {
    if (reservation(view, demand) !== 'onOrder') continue;
    for (const supply of supplies) if (isSourceReceipt(view, supply)) bind(view, demand, supply);
  }
}

/** The part of a peg that a marking or reservation fixes (NE-13). */
function fixedPart(view: View, demand: Demand, supply: Supply, quantity: Amount): Amount {
  const marking = markingsOf(view).find(
    (one) => one.issue === demand.key && one.receipt === supply.key,
  );
  if (marking !== undefined) return Math.min(quantity, marking.quantity);
  const reserved = reservation(view, demand);
  if (reserved === 'onHand') return supply.kind === 'onHand' ? quantity : 0;
  return reserved === 'onOrder' && isSourceReceipt(view, supply) ? quantity : 0;
}

interface Link {
  readonly peg: Peg;
  readonly demand: Demand;
  readonly supply: Supply;
}

/** Gives up `excess` from links in this order, what is fixed only when nothing else is left. */
function release(view: View, links: readonly Link[], excess: Amount): void {
  let left = excess;
  const parts = links.map(({ peg, demand, supply }) => ({
    peg,
    fixed: fixedPart(view, demand, supply, peg.quantity),
  }));
  for (const { peg, fixed } of parts) {
    const given = Math.min(left, peg.quantity - fixed);
    peg.quantity -= given;
    left -= given;
  }
  for (const { peg } of parts) {
    const given = Math.min(left, peg.quantity);
    peg.quantity -= given;
    left -= given;
  }
}

/**
 * MO-5, NE-13: brings the pegs of a node in line with its demands and supplies: what is gone or
 * moved loses its pegs, a smaller demand gives up the supply it took last, a smaller supply the
 * latest demand.
 */
export function settleNode(view: View, node: PlanNode): void {
  const { state } = view;
  const demands = new Map(demandsAt(view, node).map((demand) => [demand.key, demand]));
  const supplies = new Map(suppliesAt(view, node).map((supply) => [supply.key, supply]));
  const links = (): readonly Link[] =>
    state.pegs.flatMap((peg): readonly Link[] => {
      const demand = demands.get(peg.demand);
      const supply = supplies.get(peg.supply);
      if (peg.node !== node.key || demand === undefined || supply === undefined) return [];
      return [{ peg, demand, supply }];
    });
  const standing = new Set(links().map((link) => link.peg));
  state.pegs = state.pegs.filter((peg) => peg.node !== node.key || standing.has(peg));
  for (const demand of demands.values()) {
    const own = links().filter((link) => link.demand === demand);
    const order = own.toSorted((left, right) => right.peg.sequence - left.peg.sequence);
    release(view, order, -Math.min(0, uncoveredOf(view, demand)));
  }
  const compare = compareDemands(view);
  for (const supply of supplies.values()) {
    const own = links().filter((link) => link.supply === supply);
    const order = own.toSorted((left, right) => compare(right.demand, left.demand));
    release(view, order, -Math.min(0, freeOf(view, supply)));
  }
  state.pegs = state.pegs.filter((peg) => peg.quantity > 0);
}

/** Settles every node of these items, and drops pegs of nodes that are no more. */
export function settle(view: View, items: ReadonlySet<string>): void {
  const nodes = nodesOf(view);
  const known = new Set(nodes.map((node) => node.key));
  view.state.pegs = view.state.pegs.filter((peg) => known.has(peg.node));
  for (const node of nodes) if (items.has(node.item)) settleNode(view, node);
}

/** DU-3: a marked pair that meets on one node again is pegged again, from what both have left. */
export function relink(view: View, id: string): void {
  const touching = markingsOf(view).filter((one) => one.issue === id || one.receipt === id);
  if (touching.length === 0) return;
  for (const node of nodesOf(view)) {
    const supplies = suppliesAt(view, node);
    for (const demand of demandsAt(view, node)) {
      for (const marking of touching) {
        const supply = supplies.find((one) => one.key === marking.receipt);
        if (supply === undefined || marking.issue !== demand.key) continue;
        const most = marking.quantity - peggedBetween(view, demand.key, supply.key);
        bind(view, demand, supply, most);
      }
    }
  }
}
