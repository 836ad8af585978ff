import {
  emptyingColumn,
  markColumn,
  quantityColumn,
  sameList,
  sameMarks,
  sameQuantities,
  sameWholes,
  wholeColumn,
} from '../state/columns.js';
import type { DerivedSegment, NodePlan } from '../state/node-plan.js';
import type { NeedRows } from './demand-tray.js';
import type { NettingDesk } from './desk.js';
import { sameHeld } from './gather-held.js';

/**
 * Takes the result away from the desk. A node that comes out as it was keeps the very plan it had:
 * the wave stops there, nothing is compared again, and no memory is used.
 */
export function finishPlan(
  desk: NettingDesk,
  needRows: NeedRows,
  derived: readonly DerivedSegment[],
): NodePlan {
  const standing = desk.node.plan;
  if (isSame(standing, desk, needRows) && sameList(standing.derived, derived)) return standing;
  for (let at = 0; at < desk.needs.length; at += 1) {
    const need = desk.needs[at];
    if (need !== undefined) need.needAt = at;
  }
  return { ...columnsOf(desk, needRows), derived };
}

function isSame(standing: NodePlan, desk: NettingDesk, needRows: NeedRows): boolean {
  return (
    standing.freshFrom === desk.freshFrom &&
    standing.minimumDay === desk.minimumKeyDay &&
    sameList(standing.needs, desk.needs) &&
    sameList(standing.orders, desk.orders) &&
    sameHeld(standing.held, desk.held) &&
    samePegs(standing, desk) &&
    sameDemands(standing, desk) &&
    sameSupplies(standing, desk) &&
    sameWholes(standing.needRow, needRows.row, needRows.count) &&
    sameWholes(standing.needFrom, needRows.from, desk.needs.length)
  );
}

function samePegs({ pegs }: NodePlan, desk: NettingDesk): boolean {
  return (
    sameQuantities(pegs.quantity, desk.pegQuantity, desk.pegCount) &&
    sameWholes(pegs.demand, desk.pegDemand, desk.pegCount) &&
    sameWholes(pegs.supply, desk.pegSupply, desk.pegCount)
  );
}

function sameDemands({ demands }: NodePlan, desk: NettingDesk): boolean {
  const count = desk.demandCount;
  return (
    sameQuantities(demands.quantity, desk.demandQuantity, count) &&
    sameWholes(demands.source, desk.demandSource, count) &&
    sameWholes(demands.requiredDay, desk.requiredDay, count) &&
    sameWholes(demands.originalDay, desk.originalDay, count) &&
    sameWholes(demands.segment, desk.demandSegment, count) &&
    sameMarks(demands.kind, desk.demandKind, count) &&
    sameQuantities(demands.uncovered, desk.uncovered, count)
  );
}

function sameSupplies({ supplies }: NodePlan, desk: NettingDesk): boolean {
  const count = desk.supplyCount;
  return (
    sameQuantities(supplies.quantity, desk.supplyQuantity, count) &&
    sameWholes(supplies.source, desk.supplySource, count) &&
    sameWholes(supplies.availableDay, desk.availableDay, count) &&
    sameMarks(supplies.kind, desk.supplyKind, count) &&
    sameQuantities(supplies.free, desk.free, count)
  );
}

function columnsOf(desk: NettingDesk, needRows: NeedRows): Omit<NodePlan, 'derived'> {
  const { demandCount, supplyCount, pegCount } = desk;
  const { demands, supplies, pegs, needRow, needFrom } = desk.node.plan;
  const requiredDay = wholeColumn(demands.requiredDay, desk.requiredDay, demandCount);
  return {
    demands: {
      kind: markColumn(demands.kind, desk.demandKind, demandCount),
      source: wholeColumn(demands.source, desk.demandSource, demandCount),
      segment: wholeColumn(demands.segment, desk.demandSegment, demandCount),
      requiredDay,
      // Most nodes have no calendar and no demand in the past: then the two are one.
      originalDay: sameWholes(requiredDay, desk.originalDay, demandCount)
        ? requiredDay
        : wholeColumn(demands.originalDay, desk.originalDay, demandCount),
      quantity: quantityColumn(demands.quantity, desk.demandQuantity, demandCount),
      uncovered: emptyingColumn(demands.uncovered, desk.uncovered, demandCount),
    },
    supplies: {
      kind: markColumn(supplies.kind, desk.supplyKind, supplyCount),
      source: wholeColumn(supplies.source, desk.supplySource, supplyCount),
      availableDay: wholeColumn(supplies.availableDay, desk.availableDay, supplyCount),
      quantity: quantityColumn(supplies.quantity, desk.supplyQuantity, supplyCount),
      free: quantityColumn(supplies.free, desk.free, supplyCount),
    },
    pegs: {
      demand: wholeColumn(pegs.demand, desk.pegDemand, pegCount),
      supply: wholeColumn(pegs.supply, desk.pegSupply, pegCount),
      quantity: quantityColumn(pegs.quantity, desk.pegQuantity, pegCount),
    },
    held: desk.held,
    orders: desk.orders,
    needs: desk.needs,
    needRow: wholeColumn(needRow, needRows.row, needRows.count),
    needFrom: wholeColumn(needFrom, needRows.from, desk.needs.length),
    minimumDay: desk.minimumKeyDay,
    freshFrom: desk.freshFrom,
  };
}
