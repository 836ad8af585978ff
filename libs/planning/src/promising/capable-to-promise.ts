import type { InventoryTransaction } from '@tidemark/inventory';
import { planDayOf, quantityOf } from '@tidemark/kernel';
import type { PromiseRequest } from '../api/engine.js';
import { ExplosionScope } from '../runs/explosion-scope.js';
import { RunLog } from '../runs/run-log.js';
import { coverageStands } from '../runs/standing.js';
import { sweep } from '../runs/sweep.js';
import { applyEntry, unapplyEntry } from '../state/apply-entry.js';
import { demandKinds, noDay } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * The day on which a new line could be met if it were exploded now (PR-2): on a branch of the plan
 * that is taken back when the day is known (PR-4). What others hold is not touched.
 */
export function capableToPromise(
  state: PlanState,
  node: PlanNode,
  request: PromiseRequest,
  fold: (item: string) => Iterable<PlanNode>,
): number {
  const line = lineOf(state, node, request);
  const log = new RunLog();
  const scope = new ExplosionScope(state, [line.id]);
  const head = { company: line.company, item: line.item, sequence: 0, postings: [] };
  const cause = { kind: 'transaction' as const, source: 'promise', id: line.id, version: 1 };
  applyEntry(state, { ...head, cause, assert: line }, () => undefined);
  sweep(
    state,
    [node],
    {
      prepare: (at) => fold(at.item),
      standingAt: (at) => ({
        ...coverageStands(state, at),
        covers: (desk) => scope.covers(desk),
      }),
      covered: (at) => scope.extend(at),
    },
    log,
  );
  const day = metOn(state, node, line.id);
  log.undo();
  unapplyEntry(state, { ...head, cause, assert: line });
  return Math.max(request.date, day);
}

/** The question as an open sales line; no source can send its id, and all questions share it. */
function lineOf(state: PlanState, node: PlanNode, request: PromiseRequest): InventoryTransaction {
  return {
    company: state.world.company,
    id: '\u0000promise',
    item: node.item,
    direction: 'issue',
    type: 'salesOrder',
    status: 'onOrder',
    quantity: quantityOf(request.quantity),
    date: planDayOf(Math.max(request.date, state.today)),
    dimensions: request.dimensions,
    reservationMode: 'manual',
    hold: false,
  };
}

function metOn(state: PlanState, node: PlanNode, id: string): number {
  const { demands } = node.plan;
  const handle = state.table.handleOf(id);
  const row = demands.source.findIndex(
    (source, at) => source === handle && demands.kind[at] === demandKinds.transaction,
  );
  return node.delays.demandDay[row] ?? noDay;
}
