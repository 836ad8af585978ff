import { forecastRemainder } from './forecast.js';
import { compareNodes, type PlanNode } from './nodes.js';
import { lineKey, type PlannedOrder } from './state.js';
import { compareMaking } from './supplies.js';
import { safetyStockOf, type Terms } from './terms.js';
import { earliestReplenishment, requirementDay } from './timing.js';
import { previousOpen } from './calendar.js';
import { compareText, type Amount, type Day } from './values.js';
import { isOpen, nodeAt, termsAt, type View } from './view.js';
import type { Transaction, TransactionType } from './world.js';

/** A demand row of a node. */
export interface Demand {
  readonly key: string;
  readonly node: PlanNode;
  readonly quantity: Amount;
  readonly original: Day;
  /** R, or F of the minimum. */
  readonly day: Day;
  /** The day that decides its turn: R, or max(F, E) of the minimum (SS-4). */
  readonly turn: Day;
  readonly rank: number;
  readonly source: 'transaction' | 'derived' | 'minimum';
  readonly dedicated: boolean;
  readonly transaction: Transaction | undefined;
  readonly parent: { readonly order: PlannedOrder; readonly line: number } | undefined;
}

/** NE-7: type rank of demands; types the rule does not name stand with the journals. */
const demandRank: Readonly<Record<TransactionType, number>> = {
  salesOrder: 1,
  productionLine: 2,
  transferOrder: 3,
  inventoryJournal: 4,
  purchaseOrder: 4,
  productionOrder: 4,
  transferReceipt: 4,
  kanban: 5,
  forecast: 6,
};
const minimumRank = 7;

export function minimumKeyOf(node: PlanNode): string {
  return `safetyStock:${node.key}`;
}

/** NE-5: an independent demand up to the coverage fence; the past always. */
function insideFence(terms: Terms, image: Transaction): boolean {
  return image.date <= terms.today + terms.fences.coverage;
}

function ofTransaction(terms: Terms, image: Transaction, quantity: Amount): Demand {
  const day = requirementDay(terms, image.date);
  return {
    key: image.id,
    node: terms.node,
    quantity,
    original: image.date,
    day,
    turn: day,
    rank: demandRank[image.type],
    source: 'transaction',
    dedicated: false,
    transaction: image,
    parent: undefined,
  };
}

/** Demands derived from planned orders at this node; the coverage fence does not cut them. */
export function derivedDemands(view: View, terms: Terms): readonly Demand[] {
  return view.state.orders.flatMap((order) =>
    order.lines
      .filter((line) => nodeAt(view, line.item, line.dimensions).key === terms.node.key)
      .map((line): Demand => {
        const day = requirementDay(terms, line.day);
        return {
          key: lineKey(order.id, line.line),
          node: terms.node,
          quantity: line.quantity,
          original: line.day,
          day,
          turn: day,
          rank: demandRank[line.type],
          source: 'derived',
          dedicated: line.dedicated,
          transaction: undefined,
          parent: { order, line: line.line },
        };
      }),
  );
}

/** All open issues of the node, the coverage fence apart. */
function issuesAt(view: View, node: PlanNode): readonly Transaction[] {
  return [...view.state.images.values()].filter(
    (image) =>
      image.direction === 'issue' &&
      isOpen(view, image) &&
      nodeAt(view, image.item, image.dimensions).key === node.key,
  );
}

/** SS-2: F, the date of the minimum; none without an issue when the first issue decides. */
function minimumDay(terms: Terms, issues: readonly Demand[]): Day | undefined {
  switch (terms.settings.fulfilMinimum ?? 'todayPlusLeadTime') {
    case 'today':
      return terms.today;
    case 'todayPlusLeadTime':
      return earliestReplenishment(terms);
    case 'firstIssue':
      return issues.length === 0 ? undefined : Math.min(...issues.map((issue) => issue.day));
    case 'coverageFence':
      return previousOpen(terms.calendar, terms.today + terms.fences.coverage);
  }
}

/** SS-1, SS-4: the minimum as a demand. */
function minimumDemand(terms: Terms, issues: readonly Demand[]): readonly Demand[] {
  const quantity = safetyStockOf(terms);
  const day = quantity > 0 ? minimumDay(terms, issues) : undefined;
  if (day === undefined) return [];
  const calculatesDelays = terms.fences.delay > 0;
  return [
    {
      key: minimumKeyOf(terms.node),
      node: terms.node,
      quantity,
      original: day,
      day,
      turn: calculatesDelays ? Math.max(day, earliestReplenishment(terms)) : day,
      rank: minimumRank,
      source: 'minimum',
      dedicated: false,
      transaction: undefined,
      parent: undefined,
    },
  ];
}

/** NE-7: orders demands by date, type, real before derived, then the ties. */
export function compareDemands(view: View): (left: Demand, right: Demand) => number {
  return (left, right) =>
    left.turn - right.turn ||
    left.rank - right.rank ||
    Number(left.source === 'derived') - Number(right.source === 'derived') ||
    (left.parent !== undefined && right.parent !== undefined
      ? compareParents(view, left.parent, right.parent)
      : compareSources(view, left.key, right.key));
}

/** NE-7: transactions of sources by id, then those made by firming, by position and line. */
export function compareSources(view: View, left: string, right: string): number {
  const ofLeft = view.ledger.firmed.get(left);
  const ofRight = view.ledger.firmed.get(right);
  if (ofLeft === undefined || ofRight === undefined) {
    const made = Number(ofLeft !== undefined) - Number(ofRight !== undefined);
    return made || compareText(left, right);
  }
  return ofLeft.position - ofRight.position || ofLeft.line - ofRight.line;
}

type Parent = { readonly order: PlannedOrder; readonly line: number };

/** NE-7: parent node, parent requirementDate, its ordinal that day, line number. */
function compareParents(view: View, left: Parent, right: Parent): number {
  const nodeOfParent = (parent: Parent): PlanNode =>
    nodeAt(view, parent.order.item, parent.order.dimensions);
  return (
    compareNodes(nodeOfParent(left), nodeOfParent(right)) ||
    left.order.requirementDay - right.order.requirementDay ||
    compareMaking(left.order, right.order) ||
    left.line - right.line
  );
}

/** All demands that take part at a node, in the order of NE-7. */
export function demandsAt(view: View, node: PlanNode): readonly Demand[] {
  const terms = termsAt(view, node);
  const derived = derivedDemands(view, terms);
  const issues = issuesAt(view, node);
  const reductions = { view, terms, derived };
  const real = issues
    .filter((image) => insideFence(terms, image))
    .map((image) =>
      image.type === 'forecast'
        ? ofTransaction(terms, image, forecastRemainder(reductions, image))
        : ofTransaction(terms, image, image.quantity),
    )
    .filter((demand) => demand.quantity > 0);
  const demands = [...real, ...derived];
  return [...demands, ...minimumDemand(terms, demands)].toSorted(compareDemands(view));
}
