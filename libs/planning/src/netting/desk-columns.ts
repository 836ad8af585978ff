const rowsAtFirst = 1024;

/**
 * The columns that nodes are netted on. One set serves all nodes, one after the other: what a node
 * comes to is copied away when its plan is finished, and only if it differs from the last one.
 */
export class DeskColumns {
  demandKind = new Uint8Array(rowsAtFirst);
  demandSource = new Int32Array(rowsAtFirst);
  demandSegment = new Int32Array(rowsAtFirst);
  requiredDay = new Int32Array(rowsAtFirst);
  originalDay = new Int32Array(rowsAtFirst);
  demandQuantity = new Float64Array(rowsAtFirst);
  uncovered = new Float64Array(rowsAtFirst);
  margin = new Int32Array(rowsAtFirst);

  supplyKind = new Uint8Array(rowsAtFirst);
  supplySource = new Int32Array(rowsAtFirst);
  availableDay = new Int32Array(rowsAtFirst);
  supplyQuantity = new Float64Array(rowsAtFirst);
  free = new Float64Array(rowsAtFirst);
  /** Next supply row with something free, path-compressed. */
  next = new Int32Array(rowsAtFirst);

  pegDemand = new Int32Array(rowsAtFirst);
  pegSupply = new Int32Array(rowsAtFirst);
  pegQuantity = new Float64Array(rowsAtFirst);

  /** Makes room for so many demands; what was there is gone. */
  openDemands(count: number): void {
    if (count <= this.demandKind.length) return;
    const room = Math.max(count, this.demandKind.length * 2);
    this.demandKind = new Uint8Array(room);
    this.demandSource = new Int32Array(room);
    this.demandSegment = new Int32Array(room);
    this.requiredDay = new Int32Array(room);
    this.originalDay = new Int32Array(room);
    this.demandQuantity = new Float64Array(room);
    this.uncovered = new Float64Array(room);
    this.margin = new Int32Array(room);
  }

  /** Twice the room for supplies; what is there stays. */
  widenSupplies(): void {
    const room = this.supplyKind.length * 2;
    this.supplyKind = widened(this.supplyKind, new Uint8Array(room));
    this.supplySource = widened(this.supplySource, new Int32Array(room));
    this.availableDay = widened(this.availableDay, new Int32Array(room));
    this.supplyQuantity = widened(this.supplyQuantity, new Float64Array(room));
    this.free = widened(this.free, new Float64Array(room));
    this.next = widened(this.next, new Int32Array(room));
  }

  /** Twice the room for pegs; what is there stays. */
  widenPegs(): void {
    const room = this.pegDemand.length * 2;
    this.pegDemand = widened(this.pegDemand, new Int32Array(room));
    this.pegSupply = widened(this.pegSupply, new Int32Array(room));
    this.pegQuantity = widened(this.pegQuantity, new Float64Array(room));
  }
}

function widened<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
