import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import type { Decision } from '../api/decisions.js';
import type { ExplosionTrigger } from '../engine/explosion-trigger.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { demandKinds } from '../state/node-plan.js';
import type { PlanState } from '../state/plan-state.js';

const plain = {};
const current = { currentExplosion: true };

function explodesByItself({ definition }: PlanKeeper): boolean {
  return definition.automaticExplosion && definition.continuity !== 'exact';
}

/** Explosions that an entry of the journal calls for (MO-16 a, b). */
export function explosionsOfEntry(
  keeper: PlanKeeper,
  { retract, assert }: JournalEntry,
): ExplosionTrigger[] {
  if (!explodesByItself(keeper)) return [];
  const triggers: ExplosionTrigger[] = [];
  if (assert?.type === 'salesOrder' && assert.reservationMode === 'explosion') {
    triggers.push({ of: assert.id, options: plain });
  }
  const issue = markedIssue(assert) ?? markedIssue(retract);
  if (issue !== undefined && assert?.markedTo !== retract?.markedTo) {
    triggers.push({ of: issue, options: current });
  }
  return triggers;
}

function markedIssue(image: InventoryTransaction | undefined): string | undefined {
  if (image?.markedTo === undefined) return undefined;
  return image.direction === 'issue' ? image.id : image.markedTo;
}

/** Explosions that a decision calls for (MO-16 b to e). */
export function explosionsOf(
  keeper: PlanKeeper,
  decision: Decision,
  own: boolean,
): ExplosionTrigger[] {
  const first = decision.kind === 'scheduled' && isFirst(keeper.state, decision.order);
  if (!explodesByItself(keeper)) return [];
  switch (decision.kind) {
    case 'marked':
      return [{ of: decision.marking.issue, options: current }];
    case 'orderKept':
      return own && (decision.by === 'created' || decision.by === 'edited')
        ? [{ of: decision.order.id, options: plain }]
        : [];
    case 'ordersFirmed':
      return decision.orders
        .filter(({ receipt }) => receipt.type === 'productionOrder')
        .map(({ receipt }) => ({ of: receipt.id, options: plain }));
    case 'scheduled':
      return explodesWhenScheduled(keeper, decision, first)
        ? [{ of: decision.order, options: plain }]
        : [];
    case 'orderUnapproved':
    case 'orderDeleted':
    case 'reserved':
    case 'supplyKept':
    case 'supplyReleased':
    case 'dayDecided':
      return [];
  }
}

function isFirst(state: PlanState, order: string): boolean {
  const first = !state.scheduled.has(order);
  state.scheduled.add(order);
  return first;
}

/** The first time with a line on schedule; or with finite material and nothing covered yet. */
function explodesWhenScheduled(
  { state }: PlanKeeper,
  decision: Extract<Decision, { kind: 'scheduled' }>,
  first: boolean,
): boolean {
  const lines = [...(state.orderGroups.get(decision.order) ?? [])].filter(
    (handle) => state.table.image(handle)?.direction === 'issue',
  );
  if (decision.finiteMaterial && !lines.some((line) => isCovered(state, line))) return true;
  const onSchedule = lines.some(
    (line) => state.table.image(line)?.reservationMode === 'onSchedule',
  );
  return first && onSchedule;
}

function isCovered(state: PlanState, line: number): boolean {
  const { demands } = state.nodeOfHandle[line]?.plan ?? {};
  if (demands === undefined) return false;
  const row = demands.source.findIndex(
    (source, at) => source === line && demands.kind[at] === demandKinds.transaction,
  );
  return row >= 0 && (demands.uncovered[row] ?? 0) < (demands.quantity[row] ?? 0);
}
