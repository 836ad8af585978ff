/** How many rows ahead a row is looked for before two lists count as having parted there. */
const reach = 8;

/** Two lists of rows in much the same order, told apart by `same`. */
export interface RowLists {
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
 * Walks both lists side by side. Rows that moved farther than `reach` are told as gone and come;
 * whoever needs them paired looks at those few by name.
 */
export function alignRows(lists: RowLists, found: Alignment): void {
  let before = 0;
  let after = 0;
  while (before < lists.before && after < lists.after) {
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
  for (; before < lists.before; before += 1) found.gone(before);
  for (; after < lists.after; after += 1) found.came(after);
}

const oneEach = { gone: 1, came: 1 };

/** How many rows to leave out until the lists meet again; one on each side if they do not. */
function nextMeeting(
  lists: RowLists,
  before: number,
  after: number,
): { readonly gone: number; readonly came: number } {
  const most = Math.min(reach, Math.max(lists.before - before, lists.after - after) - 1);
  for (let ahead = 1; ahead <= most; ahead += 1) {
    const beforeEnds = before + ahead >= lists.before;
    const afterEnds = after + ahead >= lists.after;
    if (!beforeEnds && lists.same(before + ahead, after)) return { gone: ahead, came: 0 };
    if (!afterEnds && lists.same(before, after + ahead)) return { gone: 0, came: ahead };
    if (!beforeEnds && !afterEnds && lists.same(before + ahead, after + ahead)) {
      return { gone: ahead, came: ahead };
    }
  }
  return oneEach;
}

/** Which row was which. */
export interface RowMatch {
  /** For each row of after, its row before, or -1. */
  readonly rowBefore: Int32Array;
  /** For each row of before, its row after, or -1. */
  readonly rowAfter: Int32Array;
}

export interface NamedRowLists extends RowLists {
  nameBefore(row: number): string;
  nameAfter(row: number): string;
}

/** Pairs all rows of the same name, wherever they stand; names are made of few rows only. */
export function matchRows(lists: NamedRowLists): RowMatch {
  const rowBefore = new Int32Array(lists.after).fill(-1);
  const rowAfter = new Int32Array(lists.before).fill(-1);
  const gone: number[] = [];
  const came: number[] = [];
  const pair = (before: number, after: number): void => {
    rowBefore[after] = before;
    rowAfter[before] = after;
  };
  alignRows(lists, {
    pair,
    gone: (row) => gone.push(row),
    came: (row) => came.push(row),
  });
  if (gone.length > 0 && came.length > 0) {
    const byName = new Map(gone.map((row) => [lists.nameBefore(row), row]));
    for (const row of came) {
      const before = byName.get(lists.nameAfter(row));
      if (before !== undefined) pair(before, row);
    }
  }
  return { rowBefore, rowAfter };
}
