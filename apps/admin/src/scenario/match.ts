/** Rows that the plan has and nobody expected, and the other way round. */
export interface Mismatch<Expected, Actual> {
  readonly missing: readonly Expected[];
  readonly extra: readonly Actual[];
}

export type Matching<Expected, Actual> =
  | { readonly ok: true; readonly pairs: readonly (readonly [Expected, Actual])[] }
  | ({ readonly ok: false } & Mismatch<Expected, Actual>);

/**
 * Pairs every expected row with another actual row that fits, so that all are paired: augmenting
 * paths, so that an early wrong choice is taken back.
 */
export function matchRows<Expected, Actual>(
  expected: readonly Expected[],
  actual: readonly Actual[],
  fits: (expected: Expected, actual: Actual) => boolean,
): Matching<Expected, Actual> {
  const takenBy = new Array<number>(actual.length).fill(-1);
  const unmatched: number[] = [];
  const assign = (row: number, seen: Set<number>): boolean => {
    const wanted = expected[row];
    if (wanted === undefined) return false;
    // A free row first: rows that fit equally well are then paired in their own order.
    const free = actual.findIndex((row, at) => (takenBy[at] ?? -1) < 0 && fits(wanted, row));
    if (free >= 0) {
      takenBy[free] = row;
      return true;
    }
    for (const [at, candidate] of actual.entries()) {
      if (seen.has(at) || !fits(wanted, candidate)) continue;
      seen.add(at);
      const holder = takenBy[at] ?? -1;
      if (holder < 0 || assign(holder, seen)) {
        takenBy[at] = row;
        return true;
      }
    }
    return false;
  };
  for (let row = 0; row < expected.length; row += 1) {
    if (!assign(row, new Set())) unmatched.push(row);
  }
  const extra = actual.filter((_, at) => (takenBy[at] ?? -1) < 0);
  if (unmatched.length > 0 || extra.length > 0) {
    return { ok: false, missing: unmatched.flatMap((row) => expected[row] ?? []), extra };
  }
  return {
    ok: true,
    pairs: actual.flatMap((row, at) => {
      const wanted = expected[takenBy[at] ?? -1];
      return wanted === undefined ? [] : [[wanted, row] as const];
    }),
  };
}
