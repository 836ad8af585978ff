import type { ExplodedLine } from '../state/exploded-line.js';
import type { PlanNode } from '../state/plan-node.js';
import type { LineSink, Need } from './explode.js';

const rowsAtFirst = 1024;

class NeedColumns {
  count = 0;
  /** Place of the order among the node's orders. */
  order = new Int32Array(rowsAtFirst);
  line = new Int32Array(rowsAtFirst);
  day = new Int32Array(rowsAtFirst);
  quantity = new Float64Array(rowsAtFirst);
  pegged = new Uint8Array(rowsAtFirst);

  /** Twice the room; what is there stays. */
  widen(): void {
    const old = { ...this };
    const room = this.order.length * 2;
    this.order = new Int32Array(room);
    this.line = new Int32Array(room);
    this.day = new Int32Array(room);
    this.quantity = new Float64Array(room);
    this.pegged = new Uint8Array(room);
    this.order.set(old.order);
    this.line.set(old.line);
    this.day.set(old.day);
    this.quantity.set(old.quantity);
    this.pegged.set(old.pegged);
  }
}

/**
 * The component needs of all orders of one node as they come, by component node. One tray serves
 * all nodes, one after the other.
 */
export class NeedTray implements LineSink {
  /** Component nodes in order of first mention, with the rank of the order that mentioned them. */
  readonly targets: { readonly node: PlanNode; readonly rank: number }[] = [];
  /** Rows of one component node, in the order in which they came. */
  readonly selected = new NeedColumns();
  readonly #all = new NeedColumns();
  #target = new Int32Array(rowsAtFirst);
  #rank = 0;
  #order = 0;
  #line = 0;

  start(): void {
    this.targets.length = 0;
    this.#all.count = 0;
  }

  /** The lines of the order at this place come next, as needs of this rank. */
  open(order: number, rank: number): void {
    this.#order = order;
    this.#rank = rank;
    this.#line = 0;
  }

  add(target: PlanNode, need: Need): void {
    this.#line += 1;
    this.#put(this.#placeOf(target), this.#line, need);
  }

  /** Takes a line that has its number already. */
  put(line: ExplodedLine): void {
    this.#put(this.#placeOf(line.target), line.line, line);
  }

  #put(target: number, line: number, need: Need): void {
    const all = this.#all;
    const row = all.count;
    if (row === all.order.length) this.#widen();
    all.count = row + 1;
    this.#target[row] = target;
    all.order[row] = this.#order;
    all.line[row] = line;
    all.day[row] = need.day;
    all.quantity[row] = need.quantity;
    all.pegged[row] = need.pegged ? 1 : 0;
  }

  #placeOf(node: PlanNode): number {
    const { targets } = this;
    for (let at = 0; at < targets.length; at += 1) if (targets[at]?.node === node) return at;
    targets.push({ node, rank: this.#rank });
    return targets.length - 1;
  }

  #widen(): void {
    const targets = new Int32Array(this.#target.length * 2);
    targets.set(this.#target);
    this.#target = targets;
    this.#all.widen();
    this.selected.widen();
  }

  /** Puts the rows of one component node side by side; returns how many they are. */
  select(target: number): number {
    const { selected } = this;
    const all = this.#all;
    let count = 0;
    for (let row = 0; row < all.count; row += 1) {
      if (this.#target[row] !== target) continue;
      selected.order[count] = all.order[row] ?? 0;
      selected.line[count] = all.line[row] ?? 0;
      selected.day[count] = all.day[row] ?? 0;
      selected.quantity[count] = all.quantity[row] ?? 0;
      selected.pegged[count] = all.pegged[row] ?? 0;
      count += 1;
    }
    selected.count = count;
    return count;
  }
}
