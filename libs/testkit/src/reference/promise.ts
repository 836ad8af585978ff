import { nextOpen } from './calendar.js';
import { delaysOf, metOn } from './delays.js';
import { explode } from './explosion.js';
import { upsert } from './ledger.js';
import type { PlanNode } from './nodes.js';
import type { PromiseRequest } from './steps.js';
import { baseDay, onHandOf } from './supplies.js';
import type { Terms } from './terms.js';
import { earliestReplenishment } from './timing.js';
import { sumOf, type Amount, type Day } from './values.js';
import { isOpen, nodeAt, nodesOf, termsAt, type View } from './view.js';
import type { Transaction } from './world.js';

/** PR-1: the day an open transaction counts on; none if it is overdue for too long. */
function countedDay({ today, settings: { atp = {} } }: Terms, image: Transaction): Day | undefined {
  const isIssue = image.direction === 'issue';
  const day = isIssue ? image.date : baseDay(image);
  if (day >= today) return day;
  const backward = isIssue ? atp.backwardDemand : atp.backwardSupply;
  return today - day > (backward ?? Infinity) ? undefined : today + (atp.offset ?? 0);
}

/** PR-1: C of a day, without planned orders and forecast. */
function stockOn(view: View, terms: Terms, day: Day): Amount {
  const moved = [...view.state.images.values()]
    .filter((image) => image.type !== 'forecast' && isOpen(view, image))
    .filter((image) => nodeAt(view, image.item, image.dimensions).key === terms.node.key)
    .filter((image) => (countedDay(terms, image) ?? Infinity) <= day)
    .map(({ direction, quantity }) => (direction === 'issue' ? -quantity : quantity));
  return onHandOf(view, terms.node) + sumOf(moved);
}

/** PR-1: the first day in the horizon on which so much is left on each day from it on. */
function firstDay(view: View, terms: Terms, from: Day, quantity: Amount): Day | undefined {
  const last = terms.today + (terms.settings.atp?.horizon ?? terms.fences.coverage);
  let found: Day | undefined;
  for (let day = last; day >= from; day -= 1) {
    if (Math.max(0, stockOn(view, terms, day)) < quantity) return found;
    found = day;
  }
  return found;
}

function availableToPromise(view: View, node: PlanNode, request: PromiseRequest): Day {
  const terms = termsAt(view, node);
  const margin = request.method === 'atpIssueMargin' ? terms.issueMargin : 0;
  const wanted = request.date - margin;
  const day =
    firstDay(view, terms, Math.max(terms.today, wanted), request.quantity) ??
    Math.max(wanted, earliestReplenishment(terms));
  return request.method === 'atpIssueMargin' ? nextOpen(terms.calendar, day + margin) : day;
}

/** PR-2: X of a new sales line that is exploded in a copy of the plan (PR-4). */
function capableToPromise(view: View, request: PromiseRequest): Day {
  const copy = structuredClone(view);
  const { id, item, quantity, date, dimensions } = request;
  upsert(copy.ledger, {
    id,
    item,
    quantity,
    date,
    dimensions,
    direction: 'issue',
    type: 'salesOrder',
  });
  explode(copy, { mode: 'explosion', of: id });
  const met = metOn(delaysOf(copy, nodesOf(copy)), id);
  return Math.max(date, met ?? date);
}

/** Section 15: the day on which a quantity can be promised; the plan stays as it is. */
export function promisedDay(view: View, request: PromiseRequest): Day {
  const node = nodeAt(view, request.item, request.dimensions);
  if (request.method === 'ctp') return capableToPromise(view, request);
  return availableToPromise(view, node, request);
}
