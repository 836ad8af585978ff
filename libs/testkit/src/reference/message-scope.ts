import type { Tell } from './actions.js';
import type { PlanNode } from './nodes.js';
import { pegsOfSupply } from './pegs.js';
import type { Run } from './run.js';
import type { ActionMessage } from './state.js';
import { suppliesAt } from './supplies.js';

/** Messages of orders that still stand and are not looked at stay as they are (AC-10). */
function standingMessages(
  run: Run,
  node: PlanNode,
  isLooked: (order: string) => boolean,
): readonly ActionMessage[] {
  const here = new Set(suppliesAt(run, node).map((supply) => supply.key));
  return run.state.actions.filter((message) => here.has(message.order) && !isLooked(message.order));
}

/** All orders of the node. */
export const wholeNode: Tell = (_, computed) => computed;

/** An item run of a regeneration: only receipts that cover something; older messages are gone. */
export function onlyPegged(run: Run): Tell {
  return (_, computed) => computed.filter((message) => pegsOfSupply(run, message.order).length > 0);
}

/** Only receipts pegged in this run; the others keep their messages. */
export function peggedNow(run: Run): Tell {
  return (node, computed) => [
    ...standingMessages(run, node, (order) => run.pegged.has(order)),
    ...computed.filter((message) => run.pegged.has(message.order)),
  ];
}

/** All orders of a node of which a requirement was covered in this run; others keep theirs. */
export function nodesCovered(run: Run): Tell {
  return (node, computed) =>
    run.covered.has(node.key) ? computed : standingMessages(run, node, () => false);
}

/** One scope at the nodes that this run has covered, another elsewhere. */
export function whereVisited(run: Run, visited: Tell, elsewhere: Tell): Tell {
  return (node, computed) => (run.visited.has(node.key) ? visited : elsewhere)(node, computed);
}
