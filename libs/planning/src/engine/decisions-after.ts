import type { Decision } from '../api/decisions.js';
import { ordersToFirm } from '../decisions/fences.js';
import { firmDecision } from '../decisions/firm-orders.js';
import { reserveCoverage } from '../decisions/reserve-coverage.js';
import type { PlanKeeper } from './plan-keeper.js';
import type { Session, WorkingSet } from './working-set.js';

/** Modes at whose end the firming fence firms (TF-3). */
const firmingModes: readonly Session['mode'][] = [
  'regeneration',
  'netChange',
  'netChangeMinimized',
  'explosionRegeneration',
];

/** What a run itself decides at its end: reservations it was asked for, and the firming fence. */
export function decisionsAfter(
  keeper: PlanKeeper,
  session: Session,
  { scope, released }: WorkingSet,
): readonly Decision[] {
  if (session.mode === 'explosion') {
    const reserves = session.options?.autoReservation === true && scope !== undefined;
    return [
      ...(released ?? []),
      ...(reserves ? reserveCoverage(keeper.state, scope.issuesNow()) : []),
    ];
  }
  if (keeper.isExact || !firmingModes.includes(session.mode)) return [];
  const places = ordersToFirm(keeper, keeper.state.today);
  return places.length === 0 ? [] : [firmDecision(keeper, places)];
}
