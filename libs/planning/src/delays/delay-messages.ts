import type { NodeParameters } from '../settings/parameters.js';
import { demandKinds, noDay, type DelayMessage } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';

/**
 * Delay messages of a node (DL-2): X after the original date of a real demand, after R of a derived
 * one; only for demands within the delay fence (TF-6), none for the minimum (SS-7). One that says
 * what the standing one at its place says is that very message.
 */
export function delayMessagesOf(node: PlanNode, parameters: NodeParameters): DelayMessage[] {
  const { demands } = node.plan;
  const { demandDay } = node.delays;
  if (parameters.delayFence === 0) return [];
  const fence = parameters.today + parameters.delayFence;
  const messages: DelayMessage[] = [];
  let suppliers: Int32Array | undefined;
  for (let row = 0; row < demandDay.length; row += 1) {
    const day = demandDay[row] ?? noDay;
    if (day === noDay || demands.kind[row] === demandKinds.safetyStock) continue;
    const required = demands.requiredDay[row] ?? 0;
    const derived = demands.kind[row] === demandKinds.derived;
    const wanted = derived ? required : (demands.originalDay[row] ?? 0);
    if (day <= wanted || required > fence) continue;
    suppliers ??= latestSupplies(node);
    const supply = suppliers[row] ?? -1;
    const standing = node.messages.delays[messages.length];
    const stays =
      standing?.demand === row &&
      standing.day === day &&
      standing.days === day - wanted &&
      standing.supply === supply;
    messages.push(stays ? standing : { demand: row, day, days: day - wanted, supply });
  }
  return messages;
}

/** Covering supplies by demand; one list serves all nodes. */
let latest = new Int32Array(1024);

/** For each demand, the covering supply that decides its day. */
function latestSupplies(node: PlanNode): Int32Array {
  const { pegs } = node.plan;
  const { supplyDay } = node.delays;
  const count = node.plan.demands.kind.length;
  if (count > latest.length) latest = new Int32Array(count * 2);
  latest.fill(-1, 0, count);
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = pegs.demand[peg] ?? 0;
    const supply = pegs.supply[peg] ?? 0;
    const known = latest[demand] ?? -1;
    const day = supplyDay[supply] ?? noDay;
    if (day > (known < 0 ? noDay : (supplyDay[known] ?? noDay))) latest[demand] = supply;
  }
  return latest;
}
