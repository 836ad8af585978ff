import { nextOpen } from './calendar.js';
import { demandsAt, type Demand } from './demands.js';
import type { PlanNode } from './nodes.js';
import { inPlanningOrder } from './levels.js';
import { pegsOfDemand } from './pegs.js';
import { lineKey, type DelayMessage } from './state.js';
import { baseDay, suppliesAt, type Supply } from './supplies.js';
import type { Terms } from './terms.js';
import { availableAfter, deliveryAfterStart, later } from './timing.js';
import { receiptAvailability, receiptDelivery } from './timing.js';
import type { Day } from './values.js';
import { groundOf, termsAt, type View } from './view.js';

interface Arrival {
  readonly delivery: Day;
  readonly available: Day;
}

/** All demands and supplies of the plan by name, and what is known of their delayed days. */
export interface Delays {
  readonly run: View;
  /** In planning order (NE-2). */
  readonly nodes: readonly PlanNode[];
  readonly demands: ReadonlyMap<string, Demand>;
  readonly supplies: ReadonlyMap<string, Supply>;
  readonly arrivals: Map<string, Arrival | undefined>;
}

export function delaysOf(run: View, nodes: readonly PlanNode[]): Delays {
  const demands = nodes.flatMap((node) => demandsAt(run, node));
  const supplies = nodes.flatMap((node) => suppliesAt(run, node));
  return {
    run,
    nodes: inPlanningOrder(run, groundOf(run), nodes),
    demands: new Map(demands.map((demand) => [demand.key, demand])),
    supplies: new Map(supplies.map((supply) => [supply.key, supply])),
    arrivals: new Map(),
  };
}

/** DL-2, MG-4: when a demand is met that this day's supply covers. */
function metAfter(terms: Terms, demand: Demand, available: Day): Day {
  const withMargin = later(terms, available, terms.issueMargin);
  if (terms.settings.softIssueMargin !== true) return withMargin;
  const soft = Math.max(available, Math.min(demand.day, withMargin));
  return nextOpen(terms.calendar, soft);
}

/** DL-2: X(d); none where nothing but stock, or nothing at all, covers it (DL-4, DL-5). */
export function metOn(delays: Delays, key: string): Day | undefined {
  const demand = delays.demands.get(key);
  if (demand === undefined) return undefined;
  const terms = termsAt(delays.run, demand.node);
  const days = pegsOfDemand(delays.run, key).flatMap((peg): readonly Day[] => {
    const arrival = arrivalOf(delays, peg.supply);
    return arrival === undefined ? [] : [metAfter(terms, demand, arrival.available)];
  });
  return days.length === 0 ? undefined : Math.max(...days);
}

/** DL-3, TR-6: how many days the latest line of a real production order or kanban is late. */
function lateLineDays(delays: Delays, supply: Supply): number {
  const { transaction } = supply;
  const isMade = transaction?.type === 'productionOrder' || transaction?.type === 'kanban';
  const order = isMade ? transaction.order : undefined;
  if (order === undefined) return 0;
  const lines = [...delays.demands.values()].filter(
    (demand) => demand.transaction?.type === 'productionLine' && demand.transaction.order === order,
  );
  const counted = lines.filter(
    (line) => isBelow(delays, line, supply) || !waitsFor(delays, line.key, supply.key),
  );
  return Math.max(0, ...counted.map((line) => (metOn(delays, line.key) ?? 0) - line.original));
}

/** NE-2: planned after the receipt's node, as a component is. */
function isBelow(delays: Delays, line: Demand, receipt: Supply): boolean {
  const order = delays.nodes.map(({ key }) => key);
  return order.indexOf(line.node.key) > order.indexOf(receipt.node.key);
}

/** Whether the receipt is among all that must be there for the demand. */
function waitsFor(delays: Delays, key: string, receipt: string): boolean {
  const waiting = new Set([key]);
  for (const demand of waiting) {
    for (const { supply } of pegsOfDemand(delays.run, demand)) {
      if (supply === receipt) return true;
      for (const need of needsOf(delays, supply)) waiting.add(need);
    }
  }
  return false;
}

/** The needs of a planned order, the lines of a real one. */
function needsOf(delays: Delays, key: string): readonly string[] {
  const { order, transaction } = delays.supplies.get(key) ?? {};
  if (order !== undefined) return order.lines.map(({ line }) => lineKey(order.id, line));
  const group = transaction?.order;
  if (group === undefined) return [];
  return [...delays.demands.values()].flatMap((demand) =>
    demand.transaction?.order === group ? [demand.key] : [],
  );
}

/** DL-1, DL-3: a receipt's own date, or so many days later as its latest line is late. */
function arrivalOfReceipt(delays: Delays, supply: Supply, terms: Terms): Arrival {
  const image = supply.transaction;
  const late = lateLineDays(delays, supply);
  const own = supply.available;
  if (image === undefined || late === 0) return { delivery: own, available: own };
  const available = Math.max(own, receiptAvailability(terms, baseDay(image) + late, 'ordered'));
  return { delivery: available, available };
}

/**
 * DL-1: a planned order's own dates, or later ones when what it is made of comes later. A kept one
 * has its own dates; a delivery that is past is there like an overdue receipt.
 */
function arrivalOfPlanned(delays: Delays, supply: Supply, terms: Terms): Arrival | undefined {
  const { order } = supply;
  if (order === undefined) return undefined;
  if (!delays.run.state.fresh.has(order.id)) {
    const available = availableAfter(terms, receiptDelivery(terms, order.deliveryDay));
    return { delivery: order.deliveryDay, available };
  }
  const needs = order.lines.flatMap((line): readonly Day[] => {
    const day = metOn(delays, lineKey(order.id, line.line));
    return day === undefined ? [] : [day];
  });
  const own = order.deliveryDay;
  const start = Math.max(order.startDay, ...needs);
  const pushed = start > order.startDay ? deliveryAfterStart(terms, start) : own;
  const delivery = Math.max(own, pushed);
  return { delivery, available: availableAfter(terms, delivery) };
}

/** DL-1: X(s); stock is never late. */
export function arrivalOf(delays: Delays, key: string): Arrival | undefined {
  if (delays.arrivals.has(key)) return delays.arrivals.get(key);
  const supply = delays.supplies.get(key);
  if (supply === undefined || supply.kind === 'onHand') return undefined;
  const terms = termsAt(delays.run, supply.node);
  const arrival =
    supply.kind === 'planned'
      ? arrivalOfPlanned(delays, supply, terms)
      : arrivalOfReceipt(delays, supply, terms);
  delays.arrivals.set(key, arrival);
  return arrival;
}

/** DL-2, TF-6: a message for each real or derived demand that is met late. */
export function delayMessages(delays: Delays): readonly DelayMessage[] {
  return [...delays.demands.values()].flatMap((demand): readonly DelayMessage[] => {
    const { today, fences } = termsAt(delays.run, demand.node);
    const day = demand.source === 'minimum' ? undefined : metOn(delays, demand.key);
    if (day === undefined || fences.delay <= 0 || demand.day > today + fences.delay) return [];
    const wanted = demand.source === 'derived' ? demand.day : demand.original;
    if (day <= wanted) return [];
    return [{ requirement: demand.key, item: demand.node.item, day, days: day - wanted }];
  });
}
