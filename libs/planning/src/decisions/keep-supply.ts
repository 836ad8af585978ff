import {
  compareText,
  failed,
  formatQuantity,
  noQuantity,
  quantityOf,
  refusal,
  success,
  type Refusal,
  type Result,
} from '@tidemark/kernel';
import type { Decision, KeptPeg } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { ExplosionScope } from '../runs/explosion-scope.js';
import { StageQueue } from '../runs/stage-queue.js';
import { placeOfIssue, SupplyChain, type DemandPlace } from '../runs/supply-chain.js';
import { isConfirmed, type KeptSupply } from '../state/kept-supply.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import type { PlanState } from '../state/plan-state.js';
import { imageOf } from './order-image.js';
import { reserveCoverage } from './reserve-coverage.js';

/**
 * What an exact plan keeps for demand that was confirmed since this was last decided: the chain of
 * each issue as the plan has it now, to be recorded (MO-19). Empty for other plans: they keep what
 * stands at each regeneration.
 */
export function confirmedSupply(keeper: PlanKeeper): Decision[] {
  const { state, definition } = keeper;
  if (!keeper.isExact || !definition.keepSupplyForConfirmedDemand || keeper.isBehind()) return [];
  const { confirmed } = state.keptSupply;
  for (const issue of confirmed) if (!isToBeDecided(state, issue)) confirmed.delete(issue);
  return [...confirmed]
    .toSorted(compareText)
    .map((issue) => supplyKept(keeper, issue, 'confirmedDate'));
}

/** Another quantity or confirmed date is another promise: what it needs is decided anew. */
function isToBeDecided(state: PlanState, issue: string): boolean {
  if (!isConfirmed(state, issue)) return false;
  const image = state.table.image(state.table.handleOf(issue) ?? -1);
  const kept = state.keptSupply.of(issue);
  if (kept?.by === 'promise') return false;
  return kept?.quantity !== image?.quantity || kept?.confirmedDate !== image?.confirmedDate;
}

function supplyKept(keeper: PlanKeeper, issue: string, by: KeptSupply['by']): KeptSupply {
  const { state } = keeper;
  const chain = new SupplyChain(state, [issue]);
  const image = state.table.image(state.table.handleOf(issue) ?? -1);
  return {
    kind: 'supplyKept',
    plan: keeper.definition.id,
    issue,
    by,
    quantity: quantityOf(image?.quantity ?? 0),
    ...(image?.confirmedDate === undefined ? {} : { confirmedDate: image.confirmedDate }),
    orders: chain.orders.map(({ node, order }) => imageOf(keeper, node, order)),
    pegs: chain.pegs.map(({ node, peg }) => keptPeg(state, { node, peg })),
  };
}

function keptPeg(state: PlanState, { node, peg }: SupplyChain['pegs'][number]): KeptPeg {
  const { pegs } = node.plan;
  return {
    item: node.item,
    dimensions: node.dimensions,
    demand: demandNameIn(state, node, pegs.demand[peg] ?? 0),
    supply: supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0),
    quantity: quantityOf(pegs.quantity[peg] ?? 0),
  };
}

/**
 * Confirms the promise of an open issue (PR-5): what covers it on the way down becomes markings
 * and reservations, and the planned orders among it are kept for it as long as it is open.
 */
export function confirmPromise(
  keeper: PlanKeeper,
  issue: string,
): Result<readonly Decision[], Refusal> {
  const { state } = keeper;
  const place = placeOfIssue(state, issue);
  if (place === undefined) return failed(unknownIssue(keeper, issue));
  const uncovered = place.node.plan.demands.uncovered[place.row] ?? 0;
  if (uncovered > 0) return failed(notCovered(issue, uncovered));
  const links = reserveCoverage(state, issuesBelow(state, place, issue));
  return success([...links, supplyKept(keeper, issue, 'promise')]);
}

/** Ends a promise: the issue's links and what was kept for it are the plan's again. */
export function releasePromise(
  keeper: PlanKeeper,
  issue: string,
): Result<readonly Decision[], Refusal> {
  const { state, definition } = keeper;
  if (state.keptSupply.of(issue)?.by !== 'promise') {
    return failed(
      refusal('UNKNOWN_PROMISE', `No promise of ${issue} was confirmed.`, {
        mentions: [issue],
        remedy: 'Name an issue whose promise was confirmed.',
      }),
    );
  }
  const markings = state.markings.of(issue).map(({ receipt }): Decision => ({
    kind: 'marked',
    marking: { issue, receipt, quantity: noQuantity },
  }));
  const reserved = state.markings.reservationOf(issue) !== undefined;
  return success([
    ...markings,
    ...(reserved ? [{ kind: 'reserved', issue, status: 'onOrder' } as const] : []),
    { kind: 'supplyReleased', plan: definition.id, issue },
  ]);
}

/** The issue and the lines of real orders below it, where the plan nets them. */
function issuesBelow(
  state: PlanState,
  { node: start }: DemandPlace,
  issue: string,
): readonly DemandPlace[] {
  const scope = new ExplosionScope(state, [issue]);
  const queue = new StageQueue();
  queue.add(start);
  for (let node = queue.takeTop(); node !== undefined; node = queue.takeTop()) {
    for (const target of scope.extend(node)) queue.add(target);
  }
  return scope.issuesNow();
}

function unknownIssue(keeper: PlanKeeper, issue: string): Refusal {
  return refusal(
    'UNKNOWN_TRANSACTION',
    `Plan ${keeper.definition.id} has no open issue ${issue}.`,
    { mentions: [issue], remedy: 'Send the line first, and let the plan take it in.' },
  );
}

function notCovered(issue: string, uncovered: number): Refusal {
  const missing = formatQuantity(uncovered);
  return refusal('NOT_COVERED', `Of ${issue} ${missing} is not covered: it cannot be promised.`, {
    mentions: [issue, missing],
    remedy: 'Explode the line or run the plan, then confirm again.',
  });
}
