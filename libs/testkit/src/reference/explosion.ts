import { dropDemand } from './dropping.js';
import { pairKey } from './ledger.js';
import { peggedNow } from './message-scope.js';
import type { PlanNode } from './nodes.js';
import { demandsAt } from './demands.js';
import { markingsOf } from './pegs.js';
import { reserveCoverage } from './reservation.js';
import type { Run } from './run.js';
import { plan } from './session.js';
import { lineKey, orderOf } from './state.js';
import type { RunRequest } from './steps.js';
import { applyPending } from './update.js';
import { nodeAt, nodesOf, type View } from './view.js';
import type { Transaction } from './world.js';

/** Issue lines of a real order, by its name. */
function linesOfReal(view: View, order: string | undefined): readonly Transaction[] {
  if (order === undefined) return [];
  return [...view.state.images.values()].filter(
    (image) => image.order === order && image.direction === 'issue',
  );
}

interface Start {
  readonly demand: string;
  readonly node: PlanNode;
}

/** What an explosion of this name starts from: a requirement, or the needs of an order. */
function startOf(view: View, of: string): readonly Start[] {
  const image = view.state.images.get(of);
  const order = orderOf(view.state, of);
  if (image === undefined && order !== undefined) {
    return order.lines.map((line) => ({
      demand: lineKey(of, line.line),
      node: nodeAt(view, line.item, line.dimensions),
    }));
  }
  const isIssue = image?.direction === 'issue';
  const lines = isIssue ? [image] : linesOfReal(view, image === undefined ? of : image.order);
  return lines.map(({ id, item, dimensions }) => ({
    demand: id,
    node: nodeAt(view, item, dimensions),
  }));
}

/** The needs of everything that covers a demand. */
function needsBelow(view: View, demand: string): readonly string[] {
  const { state } = view;
  return state.pegs
    .filter((peg) => peg.demand === demand)
    .flatMap(({ supply }) => {
      const order = orderOf(state, supply);
      if (order !== undefined) return order.lines.map((line) => lineKey(supply, line.line));
      return linesOfReal(view, state.images.get(supply)?.order).map((line) => line.id);
    });
}

/** MO-7 markingAndReservation: the fixed links of the session's issues go. */
function releaseLinks(view: View, issue: string): void {
  for (const { receipt } of markingsOf(view).filter((one) => one.issue === issue)) {
    view.ledger.marks.set(pairKey(issue, receipt), { issue, receipt, quantity: 0 });
  }
  view.ledger.reserved.delete(issue);
}

/** MO-7: a requirement with its derived demand, level by level; nothing else is covered. */
export function explode(view: View, { of = '', options = {} }: RunRequest): Run {
  const { state } = view;
  const item = state.images.get(of)?.item ?? view.ledger.images.get(of)?.item;
  const touched = item === undefined ? [] : applyPending(view, item);
  const start = startOf(view, of);
  const session = new Set(start.map(({ demand }) => demand));
  const first = [...touched, ...start.map(({ node }) => node)];
  const reached = [...first];
  if (options.currentExplosion === true) {
    for (const demand of session) reached.push(...dropDemand(view, demand));
  }
  const isInSession = (node: PlanNode): boolean =>
    demandsAt(view, node).some((demand) => session.has(demand.key));
  const run = plan(
    view,
    {
      starts: isInSession,
      first,
      covers: (demand) => session.has(demand.key),
      before: (_, node) => {
        if (options.markingAndReservation !== true) return;
        for (const demand of demandsAt(view, node)) {
          if (demand.source === 'transaction' && session.has(demand.key)) {
            releaseLinks(view, demand.key);
          }
        }
      },
      after: (_, node) => {
        for (const demand of demandsAt(view, node)) {
          if (session.has(demand.key))
            needsBelow(view, demand.key).forEach((key) => session.add(key));
        }
      },
      tell: peggedNow,
    },
    new Set(reached.map((node) => node.key)),
  );
  if (options.autoReservation === true) {
    for (const node of nodesOf(view)) {
      const demands = demandsAt(view, node).filter((demand) => session.has(demand.key));
      reserveCoverage(view, demands);
    }
  }
  return run;
}
