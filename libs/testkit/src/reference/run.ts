import type { PlanNode } from './nodes.js';
import type { Demand } from './demands.js';
import { bind } from './pegs.js';
import type { Supply } from './supplies.js';
import type { Amount } from './values.js';
import type { View } from './view.js';

/** One planning act over a plan: what it has made and touched so far. */
export interface Run extends View {
  /** MO-7: which demands the run may cover; absent: all of them. */
  readonly covers?: ((demand: Demand) => boolean) | undefined;
  /** Supplies with a peg made in this run (AC-10). */
  readonly pegged: Set<string>;
  /** Nodes of which a requirement was covered in this run (AC-10). */
  readonly covered: Set<string>;
  /** The initial working set: nodes that the run starts from, whatever it reaches later. */
  readonly requested: Set<string>;
  /** Nodes that the run has planned, those that lost their last need among them. */
  readonly processed: Set<string>;
  /** Nodes that coverage has visited. */
  readonly visited: Map<string, PlanNode>;
}

export function startRun(view: View, covers?: Run['covers']): Run {
  return {
    ...view,
    covers,
    pegged: new Set(),
    covered: new Set(),
    requested: new Set(),
    processed: new Set(),
    visited: new Map(),
  };
}

/** Binds and notes what was pegged. */
export function bindInRun(run: Run, demand: Demand, supply: Supply, most?: Amount): Amount {
  const quantity = bind(run, demand, supply, most);
  if (quantity > 0) {
    run.pegged.add(supply.key);
    run.covered.add(demand.node.key);
  }
  return quantity;
}
