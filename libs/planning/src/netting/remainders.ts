const rowsAtFirst = 1024;

/**
 * Parts of demands that existing supply did not cover, on their days (NE-9, SS-3), as columns. One
 * list serves all nodes, one after the other.
 */
export class Remainders {
  count = 0;
  demand = new Int32Array(rowsAtFirst);
  day = new Int32Array(rowsAtFirst);
  quantity = new Float64Array(rowsAtFirst);

  clear(): void {
    this.count = 0;
  }

  add(demand: number, day: number, quantity: number): void {
    const at = this.count;
    if (at === this.demand.length) this.#widen();
    this.count = at + 1;
    this.demand[at] = demand;
    this.day[at] = day;
    this.quantity[at] = quantity;
  }

  total(): number {
    let total = 0;
    for (let at = 0; at < this.count; at += 1) total += this.quantity[at] ?? 0;
    return total;
  }

  #widen(): void {
    const { demand, day, quantity } = this;
    const room = demand.length * 2;
    this.demand = new Int32Array(room);
    this.day = new Int32Array(room);
    this.quantity = new Float64Array(room);
    this.demand.set(demand);
    this.day.set(day);
    this.quantity.set(quantity);
  }
}
