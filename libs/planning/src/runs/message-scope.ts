import { supplyNameIn } from '../state/names.js';
import type { ActionMessage, NodePlan } from '../state/node-plan.js';
import type { PlanState } from '../state/plan-state.js';
import type { ToldNode } from './sweep.js';

type Scope = (told: ToldNode) => readonly ActionMessage[];

/** An item run of a regeneration: only receipts with a peg; older messages are gone (AC-10). */
export function onlyPegged({ node, computed }: ToldNode): readonly ActionMessage[] {
  const pegged = new Set(node.plan.pegs.supply);
  return computed.filter(({ supply }) => pegged.has(supply));
}

/** Net change minimized, full run: nodes of which a requirement was covered; others keep. */
export function nodesCovered(state: PlanState): Scope {
  return (told) => {
    const { plan } = told.node;
    return told.covered && plan.pegs.demand.length > plan.freshFrom
      ? told.computed
      : standing(state, told, new Set());
  };
}

/** Only receipts pegged in this run; an order that is not looked at keeps its message. */
export function receiptsPegged(state: PlanState): Scope {
  return (told) => {
    const { pegs, freshFrom } = told.node.plan;
    const fresh = new Set(told.covered ? pegs.supply.slice(freshFrom) : []);
    const now = told.computed.filter(({ supply }) => fresh.has(supply));
    return [...standing(state, told, fresh), ...now];
  };
}

/** The messages of before, of orders that still stand and are not looked at (AC-10). */
function standing(
  state: PlanState,
  { node, before }: ToldNode,
  looked: ReadonlySet<number>,
): ActionMessage[] {
  // A receipt whose dimensions changed stood at another node of the item.
  const others = (state.nodesOfItem.get(node.item) ?? []).filter((other) => other !== node);
  const told = [node, ...others].flatMap((from) => {
    const was = before(from);
    return was === undefined ? [] : was.messages.actions.map((message) => ({ message, was }));
  });
  if (told.length === 0) return [];
  const rows = rowsByName(state, node.plan);
  return told.flatMap(({ message, was }) => {
    const row = rows.get(supplyNameIn(state, was.plan, message.supply));
    return row === undefined || looked.has(row) ? [] : [{ ...message, supply: row }];
  });
}

function rowsByName(state: PlanState, plan: NodePlan): Map<string, number> {
  return new Map(
    Array.from(plan.supplies.kind, (_, row) => [supplyNameIn(state, plan, row), row] as const),
  );
}
