import fc from 'fast-check';

/**
 * How hard the laws are tried. TIDEMARK_SEED decides the worlds and histories, TIDEMARK_WORLDS how
 * many of them (default: what a law names), TIDEMARK_PATH leads straight to the one that a failure
 * names. TIDEMARK_SHRINK=no ends at the first failure, as it was found.
 */
export const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);
const asked = process.env['TIDEMARK_WORLDS'];
const path = process.env['TIDEMARK_PATH'];
const spareMilliseconds = 20_000;

export function runsOf(usual: number): number {
  return asked === undefined ? usual : Number(asked);
}

/** What a title says of the effort. */
export function effortOf(usual: number, what: string): string {
  return `${runsOf(usual)} ${what} from seed ${seed}`;
}

/** Milliseconds that a law may take: what a busy machine needs for so many, and to shrink. */
export function timeFor(usual: number): number {
  return 120_000 + runsOf(usual) * 3_000;
}

/** Tries a law on so many values; a failure tells seed and path, and the smallest value found. */
export function forAll<Value>(
  values: fc.Arbitrary<Value>,
  usual: number,
  law: (value: Value) => void,
): void {
  fc.assert(fc.property(values, law), {
    seed,
    numRuns: runsOf(usual),
    ...(path === undefined ? {} : { path }),
    interruptAfterTimeLimit: timeFor(usual) - spareMilliseconds,
    markInterruptAsFailure: true,
    endOnFailure: process.env['TIDEMARK_SHRINK'] === 'no',
  });
}
