/** How many rows ahead a row is looked for before two lists count as having parted there. */
const reach = 8;

/** Rows at both ends of two lists that are alike in pairs: nobody need walk or compare them. */
export interface EqualEnds {
  readonly head: number;
  readonly tail: number;
}

/**
 * Two lists of rows in much the same order. Runs of rows are told at once, each list in a loop of
 * its own: these loops are what a difference costs.
 */
export interface RowLists {
  /** How many rows there were, and are. */
  readonly before: number;
  readonly after: number;
  /** How many rows from a pair on, `most` at most, are alike in pairs in all that is shown. */
  equalFrom(before: number, after: number, most: number): number;
  /** The same from a pair back. */
  equalBackFrom(before: number, after: number, most: number): number;
  /** How many rows from a pair on, `most` at most, bear the same name in pairs. */
  sameFrom(before: number, after: number, most: number): number;
}

/** The rows at both ends that are equal, told apart by their places before and after. */
export function equalEnds(lists: RowLists): EqualEnds {
  const most = Math.min(lists.before, lists.after);
  const head = lists.equalFrom(0, 0, most);
  const tail = lists.equalBackFrom(lists.before - 1, lists.after - 1, most - head);
  return { head, tail };
}

/** What a walk along both lists finds; each row is told once. */
export interface Alignment {
  /** So many rows from here on, in pairs. */
  pairs(before: number, after: number, count: number): void;
  gone(before: number): void;
  came(after: number): void;
}

/**
 * Walks both lists side by side, between their equal ends. Rows that moved farther than `reach` are
 * told as gone and come; whoever needs them paired looks at those few by name.
 */
export function alignRows(lists: RowLists, { head, tail }: EqualEnds, found: Alignment): void {
  let before = head;
  let after = head;
  const beforeEnd = lists.before - tail;
  const afterEnd = lists.after - tail;
  while (before < beforeEnd && after < afterEnd) {
    const most = Math.min(beforeEnd - before, afterEnd - after);
    const count = lists.sameFrom(before, after, most);
    if (count > 0) {
      found.pairs(before, after, count);
      before += count;
      after += count;
      continue;
    }
    findMeeting(lists, tail, { before, after });
    for (; before < meeting.before; before += 1) found.gone(before);
    for (; after < meeting.after; after += 1) found.came(after);
  }
  for (; before < beforeEnd; before += 1) found.gone(before);
  for (; after < afterEnd; after += 1) found.came(after);
}

interface Place {
  readonly before: number;
  readonly after: number;
}

/** Where two lists meet again; good until the next meeting is looked for. */
const meeting = { before: 0, after: 0 };

function meet(before: number, after: number): void {
  meeting.before = before;
  meeting.after = after;
}

/** Finds where the lists meet again; one row on in each if they do not. */
function findMeeting(lists: RowLists, tail: number, { before, after }: Place): void {
  const beforeEnd = lists.before - tail;
  const afterEnd = lists.after - tail;
  const most = Math.min(reach, Math.max(beforeEnd - before, afterEnd - after) - 1);
  for (let ahead = 1; ahead <= most; ahead += 1) {
    const isBefore = before + ahead < beforeEnd;
    const isAfter = after + ahead < afterEnd;
    if (isBefore && lists.sameFrom(before + ahead, after, 1) > 0) {
      return meet(before + ahead, after);
    }
    if (isAfter && lists.sameFrom(before, after + ahead, 1) > 0) {
      return meet(before, after + ahead);
    }
    if (isBefore && isAfter && lists.sameFrom(before + ahead, after + ahead, 1) > 0) {
      return meet(before + ahead, after + ahead);
    }
  }
  meet(before + 1, after + 1);
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
  start({ before, after }: RowLists, { head, tail }: EqualEnds): void {
    this.before = before;
    this.after = after;
    this.head = head;
    this.tail = tail;
    if (after > this.rowBefore.length) this.rowBefore = new Int32Array(after * 2);
    if (before > this.rowAfter.length) this.rowAfter = new Int32Array(before * 2);
    this.rowBefore.fill(-1, head, after - tail);
    this.rowAfter.fill(-1, head, before - tail);
    this.pairs(0, 0, head);
    this.pairs(before - tail, after - tail, tail);
  }

  pairs(before: number, after: number, count: number): void {
    const { rowBefore, rowAfter } = this;
    for (let at = 0; at < count; at += 1) {
      rowBefore[after + at] = before + at;
      rowAfter[before + at] = after + at;
    }
  }
}

export interface NamedRowLists extends RowLists {
  nameBefore(row: number): string;
  nameAfter(row: number): string;
}

/** Pairs all rows of the same name, wherever they stand; names are made of few rows only. */
export function matchRows(match: RowMatch, lists: NamedRowLists): void {
  const ends = equalEnds(lists);
  match.start(lists, ends);
  if (ends.head + ends.tail === Math.max(lists.before, lists.after)) return;
  const gone: number[] = [];
  const came: number[] = [];
  alignRows(lists, ends, {
    pairs: (before, after, count) => match.pairs(before, after, count),
    gone: (row) => gone.push(row),
    came: (row) => came.push(row),
  });
  if (gone.length === 0 || came.length === 0) return;
  if (gone.length * came.length <= pairsTried) {
    pairOneByOne(match, lists, { gone, came });
    return;
  }
  const byName = new Map(gone.map((row) => [lists.nameBefore(row), row]));
  for (const row of came) {
    const before = byName.get(lists.nameAfter(row));
    if (before !== undefined) match.pairs(before, row, 1);
  }
}

/** So few pairs are compared one by one: that takes less than making their names. */
const pairsTried = 256;

function pairOneByOne(
  match: RowMatch,
  lists: RowLists,
  { gone, came }: { readonly gone: readonly number[]; readonly came: readonly number[] },
): void {
  for (const row of came) {
    for (const before of gone) {
      if (lists.sameFrom(before, row, 1) === 0) continue;
      match.pairs(before, row, 1);
      break;
    }
  }
}
