const rowsAtFirst = 1024;

/** Which demand row each row of each need became, one need after the other. */
export class NeedRows {
  count = 0;
  row = new Int32Array(rowsAtFirst);
  /** Where the rows of each need begin. */
  from = new Int32Array(rowsAtFirst);

  start(needs: number, rows: number): void {
    this.count = 0;
    if (rows > this.row.length) this.row = new Int32Array(rows * 2);
    if (needs > this.from.length) this.from = new Int32Array(needs * 2);
  }
}

/**
 * Demands as they come, before they are put in netting order, as columns. One tray serves all
 * nodes, one after the other: nothing of it outlives the gathering of a node.
 */
export class DemandTray {
  count = 0;
  /** Netting order as one number, with the place in which the row came as its last digits. */
  key = new Float64Array(rowsAtFirst);
  kind = new Uint8Array(rowsAtFirst);
  source = new Int32Array(rowsAtFirst);
  segment = new Int32Array(rowsAtFirst);
  required = new Int32Array(rowsAtFirst);
  original = new Int32Array(rowsAtFirst);
  quantity = new Float64Array(rowsAtFirst);
  /** Demand row that the row in each place became. */
  rowOfPlace = new Int32Array(rowsAtFirst);
  readonly needRows = new NeedRows();

  /** Empties the tray and makes room for so many rows. */
  start(rows: number): void {
    this.count = 0;
    if (rows <= this.key.length) return;
    const room = Math.max(rows, this.key.length * 2);
    this.key = new Float64Array(room);
    this.kind = new Uint8Array(room);
    this.source = new Int32Array(room);
    this.segment = new Int32Array(room);
    this.required = new Int32Array(room);
    this.original = new Int32Array(room);
    this.quantity = new Float64Array(room);
    this.rowOfPlace = new Int32Array(room);
  }

  /** The day of the first demand; undefined: there is none. */
  firstRequired(): number | undefined {
    let first: number | undefined;
    for (let place = 0; place < this.count; place += 1) {
      const day = this.required[place] ?? 0;
      if (first === undefined || day < first) first = day;
    }
    return first;
  }
}
