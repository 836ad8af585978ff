import type { PromiseRequest } from '../api/engine.js';
import { earliestDayOf } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';

const forecastType = 'forecast';

interface Movement {
  readonly day: number;
  readonly quantity: number;
}

/**
 * The first day on which the quantity can be promised without taking it from open issues (PR-1):
 * cumulative, looking ahead to the horizon. Planned orders and forecast do not count.
 */
export function availableToPromise(
  state: PlanState,
  place: { readonly node: PlanNode; readonly parameters: NodeParameters },
  request: PromiseRequest,
): number {
  const { parameters } = place;
  const withMargin = request.method === 'atpIssueMargin';
  const margin = withMargin ? parameters.issueMargin : 0;
  const from = Math.max(parameters.today, request.date - margin);
  const found =
    firstDay(state, place, { from, quantity: request.quantity }) ??
    Math.max(request.date - margin, earliestDayOf(parameters));
  return withMargin ? parameters.issueDays.next(found + margin) : found;
}

function firstDay(
  state: PlanState,
  { node, parameters }: { readonly node: PlanNode; readonly parameters: NodeParameters },
  wanted: { readonly from: number; readonly quantity: number },
): number | undefined {
  const horizon = parameters.today + (parameters.atp?.horizon ?? parameters.coverageFence);
  const movements = movementsOf(state, node, parameters).filter(({ day }) => day <= horizon);
  const days = [wanted.from, ...movements.map(({ day }) => day)]
    .filter((day) => day >= wanted.from && day <= horizon)
    .sort((left, right) => left - right);
  return days.find((day) => lowestFrom(node, movements, day) >= wanted.quantity);
}

/** The least that is left over on any day from this one on: what can be given away. */
function lowestFrom(node: PlanNode, movements: readonly Movement[], from: number): number {
  let total = Math.max(0, node.stock);
  let lowest: number | undefined;
  const ordered = movements.toSorted((left, right) => left.day - right.day);
  for (const [at, movement] of ordered.entries()) {
    const startsLater = movement.day > from;
    if (startsLater && lowest === undefined) lowest = total;
    total += movement.quantity;
    const dayEnds = ordered[at + 1]?.day !== movement.day;
    if (startsLater && dayEnds) lowest = Math.min(lowest ?? total, total);
  }
  return Math.max(0, lowest ?? total);
}

/** Open receipts and issues by day; overdue ones as the settings say. */
function movementsOf(state: PlanState, node: PlanNode, parameters: NodeParameters): Movement[] {
  const { table } = state;
  const { today, atp = {} } = parameters;
  const movements: Movement[] = [];
  const add = (handle: number, sign: 1 | -1, backward: number | undefined): void => {
    const image = table.image(handle);
    if (image === undefined || image.type === forecastType) return;
    if (!table.takesPart(handle, parameters.includeQuotations)) return;
    const day = table.day[handle] ?? 0;
    const overdue = day < today;
    if (overdue && backward !== undefined && today - day > backward) return;
    const counted = overdue ? today + (atp.offset ?? 0) : day;
    movements.push({ day: counted, quantity: sign * (table.quantity[handle] ?? 0) });
  };
  for (const handle of node.receipts) add(handle, 1, atp.backwardSupply);
  for (const handle of node.issues) add(handle, -1, atp.backwardDemand);
  return movements;
}
