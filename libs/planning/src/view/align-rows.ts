/** How many rows ahead a row is looked for before two lists count as having parted there. */
const reach = 8;

/** Rows at both ends of two lists that are alike in pairs: nobody need walk or compare them. */
export interface EqualEnds {
  readonly head: number;
  readonly tail: number;
}

/** The rows at both ends that are equal, told apart by their places before and after. */
export function equalEnds(
  before: number,
  after: number,
  equal: (before: number, after: number) => boolean,
): EqualEnds {
  const most = Math.min(before, after);
  let head = 0;
  while (head < most && equal(head, head)) head += 1;
  let tail = 0;
  const rest = most - head;
  while (tail < rest && equal(before - 1 - tail, after - 1 - tail)) tail += 1;
  return { head, tail };
}

/** Two lists of rows in much the same order, told apart by `same`. */
export interface RowLists extends EqualEnds {
  readonly before: number;
  readonly after: number;
  /** Whether a row of before and a row of after are of the same name. */
  same(before: number, after: number): boolean;
}

/** What a walk along both lists finds; each row is told once. */
export interface Alignment {
  pair(before: number, after: number): void;
  gone(before: number): void;
  came(after: number): void;
}

/**
 * Walks both lists side by side, between their equal ends. Rows that moved farther than `reach` are
 * told as gone and come; whoever needs them paired looks at those few by name.
 */
export function alignRows(lists: RowLists, found: Alignment): void {
  let before = lists.head;
  let after = lists.head;
  const beforeEnd = lists.before - lists.tail;
  const afterEnd = lists.after - lists.tail;
  while (before < beforeEnd && after < afterEnd) {
    if (lists.same(before, after)) {
      found.pair(before, after);
      before += 1;
      after += 1;
      continue;
    }
    const { gone, came } = nextMeeting(lists, before, after);
    for (const end = before + gone; before < end; before += 1) found.gone(before);
    for (const end = after + came; after < end; after += 1) found.came(after);
  }
  for (; before < beforeEnd; before += 1) found.gone(before);
  for (; after < afterEnd; after += 1) found.came(after);
}

const oneEach = { gone: 1, came: 1 };

/** How many rows to leave out until the lists meet again; one on each side if they do not. */
function nextMeeting(
  lists: RowLists,
  before: number,
  after: number,
): { readonly gone: number; readonly came: number } {
  const beforeEnd = lists.before - lists.tail;
  const afterEnd = lists.after - lists.tail;
  const most = Math.min(reach, Math.max(beforeEnd - before, afterEnd - after) - 1);
  for (let ahead = 1; ahead <= most; ahead += 1) {
    const beforeEnds = before + ahead >= beforeEnd;
    const afterEnds = after + ahead >= afterEnd;
    if (!beforeEnds && lists.same(before + ahead, after)) return { gone: ahead, came: 0 };
    if (!afterEnds && lists.same(before, after + ahead)) return { gone: 0, came: ahead };
    if (!beforeEnds && !afterEnds && lists.same(before + ahead, after + ahead)) {
      return { gone: ahead, came: ahead };
    }
  }
  return oneEach;
}

const rowsAtFirst = 1024;

/** Which row was which. One match serves all nodes, one after the other. */
export class RowMatch implements EqualEnds {
  /** How many rows there were, and are; beyond them stands what another node left. */
  before = 0;
  after = 0;
  head = 0;
  tail = 0;
  /** For each row of after, its row before, or -1. */
  rowBefore = new Int32Array(rowsAtFirst);
  /** For each row of before, its row after, or -1. */
  rowAfter = new Int32Array(rowsAtFirst);

  /** Pairs the equal ends; what lies between is not paired yet. */
  start({ before, after, head, tail }: RowLists): void {
    this.before = before;
    this.after = after;
    this.head = head;
    this.tail = tail;
    if (after > this.rowBefore.length) this.rowBefore = new Int32Array(after * 2);
    if (before > this.rowAfter.length) this.rowAfter = new Int32Array(before * 2);
    const { rowBefore, rowAfter } = this;
    for (let row = 0; row < head; row += 1) rowBefore[row] = rowAfter[row] = row;
    rowBefore.fill(-1, head, after - tail);
    rowAfter.fill(-1, head, before - tail);
    const moved = after - before;
    for (let row = before - tail; row < before; row += 1) {
      rowAfter[row] = row + moved;
      rowBefore[row + moved] = row;
    }
  }

  pair(before: number, after: number): void {
    this.rowBefore[after] = before;
    this.rowAfter[before] = after;
  }
}

export interface NamedRowLists extends RowLists {
  nameBefore(row: number): string;
  nameAfter(row: number): string;
}

/** Pairs all rows of the same name, wherever they stand; names are made of few rows only. */
export function matchRows(match: RowMatch, lists: NamedRowLists): void {
  match.start(lists);
  const gone: number[] = [];
  const came: number[] = [];
  alignRows(lists, {
    pair: (before, after) => match.pair(before, after),
    gone: (row) => gone.push(row),
    came: (row) => came.push(row),
  });
  if (gone.length === 0 || came.length === 0) return;
  const byName = new Map(gone.map((row) => [lists.nameBefore(row), row]));
  for (const row of came) {
    const before = byName.get(lists.nameAfter(row));
    if (before !== undefined) match.pair(before, row);
  }
}
