import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { NettingDesk } from './desk.js';

/**
 * Fixed pegs before all others (NE-6): markings, then reservations on stock, then reservations on
 * order. They know no positive or negative days; what they cannot get becomes normal demand.
 */
export function pegFixedLinks(desk: NettingDesk): void {
  link(desk, () => Number.POSITIVE_INFINITY);
}

/**
 * The fixed part of pegs that stand, before the rest of them: it is given up last (NE-13). A link
 * that is new takes nothing from coverage that stands (law 4).
 */
export function pegFixedParts(desk: NettingDesk, standing: ReadonlyMap<number, number>): void {
  link(desk, (demand, supply) => standing.get(pairOf(demand, supply)) ?? 0);
}

/** Two rows as one key: a node has fewer rows than 2 to the power of 24. */
export function pairOf(demand: number, supply: number): number {
  return demand * 2 ** 24 + supply;
}

/** What is pegged by now, by pair of rows. */
export function peggedPairs(desk: NettingDesk): Map<number, number> {
  const quantities = new Map<number, number>();
  for (let peg = 0; peg < desk.pegCount; peg += 1) {
    const pair = pairOf(desk.pegDemand[peg] ?? 0, desk.pegSupply[peg] ?? 0);
    quantities.set(pair, (quantities.get(pair) ?? 0) + (desk.pegQuantity[peg] ?? 0));
  }
  return quantities;
}

/** The most that a pair may be pegged with besides what it is pegged with already. */
type Limit = (demand: number, supply: number) => number;

function link(desk: NettingDesk, limit: Limit): void {
  pegMarkings(desk, limit);
  pegReservations(desk, limit);
}

function pegMarkings(desk: NettingDesk, limit: Limit): void {
  const { markings, table } = desk.state;
  const pegged = desk.pegCount === 0 ? undefined : peggedPairs(desk);
  let rows: Map<string, number> | undefined;
  for (let demand = 0; demand < desk.demandCount; demand += 1) {
    if (desk.demandKind[demand] !== demandKinds.transaction) continue;
    const id = table.ids[desk.demandSource[demand] ?? 0] ?? '';
    if (!markings.has(id)) continue;
    rows ??= receiptRows(desk);
    for (const { supply, quantity } of inSupplyOrder(markings.of(id), rows)) {
      const already = pegged?.get(pairOf(demand, supply)) ?? 0;
      const marked = Math.max(0, (quantity ?? Number.POSITIVE_INFINITY) - already);
      desk.pegMost(demand, supply, Math.min(marked, limit(demand, supply)));
    }
  }
}

interface MarkedSupply {
  readonly supply: number;
  readonly quantity: number | undefined;
}

/** Receipts of one issue in the order of NE-8, whatever order the markings came in (law 2). */
function inSupplyOrder(
  markings: ReturnType<NettingDesk['state']['markings']['of']>,
  rows: ReadonlyMap<string, number>,
): MarkedSupply[] {
  return markings
    .flatMap(({ receipt, quantity }) => {
      const supply = rows.get(receipt);
      return supply === undefined ? [] : [{ supply, quantity }];
    })
    .sort((left, right) => left.supply - right.supply);
}

function receiptRows(desk: NettingDesk): Map<string, number> {
  const rows = new Map<string, number>();
  for (let supply = 0; supply < desk.existingSupplies; supply += 1) {
    if (desk.supplyKind[supply] !== supplyKinds.transaction) continue;
    rows.set(desk.state.table.ids[desk.supplySource[supply] ?? 0] ?? '', supply);
  }
  return rows;
}

function pegReservations(desk: NettingDesk, limit: Limit): void {
  const onOrder: number[] = [];
  for (let demand = 0; demand < desk.demandCount; demand += 1) {
    if (desk.demandKind[demand] !== demandKinds.transaction) continue;
    const image = desk.state.table.image(desk.demandSource[demand] ?? 0);
    if (image === undefined) continue;
    const status = desk.state.markings.statusOf(image);
    if (status === 'reservedPhysical' || status === 'picked') {
      pegStock(desk, demand, limit);
    }
    if (status === 'reservedOrdered' && !isMarkedBySource(desk, image.id)) onOrder.push(demand);
  }
  for (const demand of onOrder) pegReceiptsOfSources(desk, demand, limit);
}

/**
 * A marking says which receipt an issue is reserved on. Those that firming wrote do not: the issue
 * was reserved before, and firming moves no older reservation (law 6).
 */
function isMarkedBySource({ state }: NettingDesk, issue: string): boolean {
  const { markings, table } = state;
  return markings.of(issue).some(({ receipt }) => !table.isFirmed(receipt));
}

function pegStock(desk: NettingDesk, demand: number, limit: Limit): void {
  if (desk.hasStock) desk.pegMost(demand, 0, limit(demand, 0));
}

/** Receipts that firming made are bound by marking only, so firming moves no reservation. */
function pegReceiptsOfSources(desk: NettingDesk, demand: number, limit: Limit): void {
  const { table } = desk.state;
  for (let supply = 0; supply < desk.existingSupplies; supply += 1) {
    if ((desk.uncovered[demand] ?? 0) === 0) return;
    if (desk.supplyKind[supply] !== supplyKinds.transaction) continue;
    if ((table.firming[desk.supplySource[supply] ?? 0] ?? 0) > 0) continue;
    desk.pegMost(demand, supply, limit(demand, supply));
  }
}
