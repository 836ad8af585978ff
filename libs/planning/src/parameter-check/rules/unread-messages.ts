import { Changes } from '../changes.js';
import { placesOf } from '../places.js';
import type { NodeRead, PlanRead } from '../plan-read.js';
import { namesText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/**
 * PC-9, as far as a plan shows it: planners decide on orders of this plan, but on none of the items
 * that these action messages are computed for. How long ago, and who reads what, the plan does not
 * know.
 */
export function* unreadMessages(read: PlanRead): Generator<Suspicion> {
  if (!read.nodes.some(isDecidedOn)) return;
  for (const { subject, nodes } of placesOf(read, 'actionFence')) {
    const told = nodes.filter(
      (node) => tellsActions(node) && node.node.messages.actions.length > 0,
    );
    if (subject.kind === 'plan' || told.length === 0 || nodes.some(isDecidedOn)) continue;
    const items = [...new Set(told.map(({ item }) => item.id))];
    const messages = told.reduce((sum, { node }) => sum + node.messages.actions.length, 0);
    yield {
      rule: 'PC-9',
      subject,
      message: 'Action messages are computed, but nobody has decided on any of these orders.',
      values: { actionMessages: messages, items: items.length, among: namesText(items) },
      proposal: 'actionFence 0, or a shorter one',
      change: new Changes(read.master).set(subject, { actionFence: 0 }).records,
    };
  }
}

function tellsActions({ parameters }: NodeRead): boolean {
  const { advance, postpone, increase, decrease, cancel } = parameters.actions ?? {};
  const any = [advance, postpone, increase, decrease, cancel].includes(true);
  return any && parameters.actionFence > 0;
}

/** An order of the node was approved, edited, created or firmed. */
function isDecidedOn({ node, parameters }: NodeRead): boolean {
  if (parameters.freezingFence === 0 && node.kept.length > 0) return true;
  return node.kept.some(({ stage }) => stage === 'approved');
}
