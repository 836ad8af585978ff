import { lowerBound } from '@tidemark/kernel';
import { supplyKinds } from '../state/node-plan.js';
import { openerNameOf, type PlannedOrder } from '../state/planned-order.js';
import { demandNameOf, minimumNameOf } from '../state/names.js';
import type { NettingDesk } from './desk.js';
import { isDedicated, isPegged } from './pegged-line.js';
import { windowOf, type SupplyWindow } from './windows.js';

/**
 * Gives existing supply to the demands, each in turn: stock, then what is on time, then what is
 * late inside negative days, earliest first (NE-8). Orders kept by decision go on serving the
 * requirements they served, whatever the windows (MO-10).
 */
export function coverIssues(desk: NettingDesk, covers: (demand: number) => boolean): void {
  const servers = keptServers(desk);
  for (let demand = 0; demand < desk.demandCount; demand += 1) {
    if ((desk.uncovered[demand] ?? 0) > 0 && covers(demand)) coverIssue(desk, demand, servers);
  }
}

function coverIssue(desk: NettingDesk, demand: number, servers: Servers | undefined): void {
  if (isPegged(desk, demand)) {
    coverPegged(desk, demand, servers);
    return;
  }
  const stockFirst = desk.parameters.onHandConsumption === 'beforeReceipts';
  if (stockFirst && desk.hasStock) desk.pegMost(demand, 0);
  if ((desk.uncovered[demand] ?? 0) === 0 || desk.existingSupplies === 0) return;
  const window = windowOf(desk, demand);
  if (servers === undefined) takeInside(desk, demand, window);
  else takeServedToo(desk, demand, { window, servers });
}

/** Besides what is inside the window, what is there to serve this very demand (MO-10). */
function takeServedToo(
  desk: NettingDesk,
  demand: number,
  { window, servers }: { readonly window: SupplyWindow; readonly servers: Servers },
): void {
  const serving = servers.get(demandNameOf(desk.state, desk, demand)) ?? [];
  takeServing(desk, demand, serving, (day) => day < window.earliest);
  takeInside(desk, demand, window);
  takeServing(desk, demand, serving, (day) => day > window.latest);
}

function takeInside(desk: NettingDesk, demand: number, window: SupplyWindow): void {
  const from =
    window.earliest === -Infinity
      ? 0
      : lowerBound(desk.availableDay, window.earliest, desk.existingSupplies);
  for (let row = desk.nextFree(from); row < desk.existingSupplies; row = desk.nextFree(row + 1)) {
    if ((desk.availableDay[row] ?? 0) > window.latest) return;
    if (isDedicated(desk, row)) continue;
    desk.pegMost(demand, row);
    if ((desk.uncovered[demand] ?? 0) === 0) return;
  }
}

function coverPegged(desk: NettingDesk, demand: number, servers: Servers | undefined): void {
  const serving = servers?.get(demandNameOf(desk.state, desk, demand)) ?? [];
  for (const row of serving) if (isDedicated(desk, row)) desk.pegMost(demand, row);
}

/** Supply rows of kept and firmed orders by each requirement they serve, by availability. */
type Servers = ReadonlyMap<string, readonly number[]>;

function keptServers(desk: NettingDesk): Servers | undefined {
  const firmed = servesFirmed(desk);
  if (desk.orders.length === 0 && !firmed) return undefined;
  const servers = new Map<string, number[]>();
  for (let row = 0; row < desk.existingSupplies; row += 1) {
    for (const demand of servedBy(desk, row, firmed)) {
      const rows = servers.get(demand) ?? [];
      rows.push(row);
      servers.set(demand, rows);
    }
  }
  return servers.size === 0 ? undefined : servers;
}

/**
 * With setRequirementDateToDelayedDate an order is firmed for its delayed day (MO-11), which may be
 * too late for the minimum it was made for (SS-6). No marking can bind a minimum, so the receipt
 * goes on serving it as a kept order would: else it would be proposed again (law 6).
 */
function servesFirmed({ minimumRow, parameters, state }: NettingDesk): boolean {
  return minimumRow >= 0 && parameters.showDelayedRequirementDate && state.minimumServers.size > 0;
}

function servedBy(desk: NettingDesk, row: number, firmed: boolean): readonly string[] {
  const source = desk.supplySource[row] ?? 0;
  if (desk.supplyKind[row] === supplyKinds.order) return servedByOrder(desk.orders[source]);
  if (!firmed || desk.supplyKind[row] !== supplyKinds.transaction) return [];
  const image = desk.state.table.image(source);
  const serves = desk.state.minimumServers.has(image?.origin ?? image?.id ?? '');
  return serves ? [minimumNameOf(desk.node.item)] : [];
}

/** An order of a pegged line is there for that line, should the need of it come back (BM-7). */
function servedByOrder(order: PlannedOrder | undefined): readonly string[] {
  const served = order?.image?.serves.map(({ demand }) => demand) ?? [];
  const own = order?.dedicated === true ? openerNameOf(order.opener) : undefined;
  return own === undefined || served.includes(own) ? served : [...served, own];
}

function takeServing(
  desk: NettingDesk,
  demand: number,
  rows: readonly number[],
  outside: (day: number) => boolean,
): void {
  for (const row of rows) {
    if (outside(desk.availableDay[row] ?? 0)) desk.pegMost(demand, row);
  }
}
