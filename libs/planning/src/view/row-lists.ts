import {
  demandKinds,
  supplyKinds,
  type DemandColumns,
  type NodePlan,
  type SupplyColumns,
} from '../state/node-plan.js';
import { orderIdOf, sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import type { NamedRowLists } from './align-rows.js';
import { demandName, supplyName, type NodeImage } from './node-image.js';

/** The demands of a node before and after a run. */
export class DemandLists implements NamedRowLists {
  readonly before: number;
  readonly after: number;
  readonly #was: NodeImage;
  readonly #now: NodeImage;
  readonly #left: DemandColumns;
  readonly #right: DemandColumns;

  constructor(was: NodeImage, now: NodeImage) {
    this.#was = was;
    this.#now = now;
    this.#left = was.plan.demands;
    this.#right = now.plan.demands;
    this.before = this.#left.kind.length;
    this.after = this.#right.kind.length;
  }

  equalFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before + count, after + count)) count += 1;
    return count;
  }

  equalBackFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before - count, after - count)) count += 1;
    return count;
  }

  sameFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isSame(before + count, after + count)) count += 1;
    return count;
  }

  nameBefore(row: number): string {
    return demandName(this.#was, row);
  }

  nameAfter(row: number): string {
    return demandName(this.#now, row);
  }

  #isEqual(was: number, now: number): boolean {
    const left = this.#left;
    const right = this.#right;
    return (
      left.quantity[was] === right.quantity[now] &&
      left.uncovered[was] === right.uncovered[now] &&
      left.requiredDay[was] === right.requiredDay[now] &&
      left.originalDay[was] === right.originalDay[now] &&
      this.#was.delays.demandDay[was] === this.#now.delays.demandDay[now] &&
      this.#isSame(was, now) &&
      (left.kind[was] !== demandKinds.transaction || !this.#was.isReplaced(left.source[was] ?? 0))
    );
  }

  /** Whether a demand before and one after bear the same name. */
  #isSame(was: number, now: number): boolean {
    const left = this.#left;
    const right = this.#right;
    const kind = left.kind[was];
    if (kind !== right.kind[now]) return false;
    const leftSource = left.source[was] ?? 0;
    const rightSource = right.source[now] ?? 0;
    if (kind !== demandKinds.derived) return leftSource === rightSource;
    const leftNeed = this.#was.plan.needs[left.segment[was] ?? 0];
    const rightNeed = this.#now.plan.needs[right.segment[now] ?? 0];
    if (leftNeed === rightNeed && leftSource === rightSource) return true;
    return (
      leftNeed?.line[leftSource] === rightNeed?.line[rightSource] &&
      sameName(leftNeed?.order[leftSource], rightNeed?.order[rightSource])
    );
  }
}

/** The supplies of a node before and after a run. */
export class SupplyLists implements NamedRowLists {
  readonly before: number;
  readonly after: number;
  readonly #was: NodeImage;
  readonly #now: NodeImage;
  readonly #left: SupplyColumns;
  readonly #right: SupplyColumns;

  constructor(was: NodeImage, now: NodeImage) {
    this.#was = was;
    this.#now = now;
    this.#left = was.plan.supplies;
    this.#right = now.plan.supplies;
    this.before = this.#left.kind.length;
    this.after = this.#right.kind.length;
  }

  equalFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before + count, after + count)) count += 1;
    return count;
  }

  equalBackFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before - count, after - count)) count += 1;
    return count;
  }

  sameFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isSame(before + count, after + count)) count += 1;
    return count;
  }

  nameBefore(row: number): string {
    return supplyName(this.#was, row);
  }

  nameAfter(row: number): string {
    return supplyName(this.#now, row);
  }

  #isEqual(was: number, now: number): boolean {
    const left = this.#left;
    const right = this.#right;
    return (
      left.quantity[was] === right.quantity[now] &&
      left.free[was] === right.free[now] &&
      left.availableDay[was] === right.availableDay[now] &&
      this.#was.delays.supplyDay[was] === this.#now.delays.supplyDay[now] &&
      this.#isSame(was, now) &&
      (left.kind[was] !== supplyKinds.transaction || !this.#was.isReplaced(left.source[was] ?? 0))
    );
  }

  #isSame(was: number, now: number): boolean {
    const left = this.#left;
    const right = this.#right;
    const kind = left.kind[was];
    if (kind !== right.kind[now]) return false;
    const leftSource = left.source[was] ?? 0;
    const rightSource = right.source[now] ?? 0;
    if (kind !== supplyKinds.order) return leftSource === rightSource;
    return sameName(this.#was.plan.orders[leftSource], this.#now.plan.orders[rightSource]);
  }
}

/** The planned orders of a node before and after a run. */
export class OrderLists implements NamedRowLists {
  readonly before: number;
  readonly after: number;
  readonly #was: NodeImage;
  readonly #now: NodeImage;
  readonly #left: NodePlan['orders'];
  readonly #right: NodePlan['orders'];

  constructor(was: NodeImage, now: NodeImage) {
    this.#was = was;
    this.#now = now;
    this.#left = was.plan.orders;
    this.#right = now.plan.orders;
    this.before = this.#left.length;
    this.after = this.#right.length;
  }

  equalFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before + count, after + count)) count += 1;
    return count;
  }

  equalBackFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before - count, after - count)) count += 1;
    return count;
  }

  sameFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && sameName(this.#left[before + count], this.#right[after + count])) {
      count += 1;
    }
    return count;
  }

  nameBefore(row: number): string {
    return nameOf(this.#left[row]);
  }

  nameAfter(row: number): string {
    return nameOf(this.#right[row]);
  }

  #isEqual(was: number, now: number): boolean {
    return (
      this.#left[was] === this.#right[now] &&
      this.#was.delays.deliveryDay[was] === this.#now.delays.deliveryDay[now] &&
      this.#was.delays.shownDay[was] === this.#now.delays.shownDay[now]
    );
  }
}

function nameOf(order: PlannedOrder | undefined): string {
  return order === undefined ? '' : orderIdOf(order);
}

/** An order's name follows from its identity. */
export function sameName(left: PlannedOrder | undefined, right: PlannedOrder | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left === right || sameIdentity(left.identity, right.identity);
}
