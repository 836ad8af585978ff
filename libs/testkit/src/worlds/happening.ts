import fc from 'fast-check';

/** What may happen in a history, most often first. */
export const happeningKinds = [
  'newIssue',
  'newReceipt',
  'changed',
  'posted',
  'moved',
  'removed',
  'counted',
  'itemChanged',
  'groupChanged',
  'calendarChanged',
  'bomChanged',
  'dayPassed',
  'approved',
  'unapproved',
  'deleted',
  'edited',
  'created',
  'firmed',
  'firmedWithChain',
  'replaced',
  'marked',
  'reserved',
] as const;

export type HappeningKind = (typeof happeningKinds)[number];

/** Something that happens, before it is known to what: the seed decides all else. */
export interface Happening<Kind extends string = HappeningKind> {
  readonly kind: Kind;
  readonly seed: number;
}

/** How often each kind happens, against the others. */
export type Weights<Kind extends string> = Readonly<Partial<Record<Kind, number>>>;

/** Changes that sources send, and settings and days. */
export const inputWeights: Weights<HappeningKind> = {
  newIssue: 6,
  newReceipt: 4,
  changed: 5,
  posted: 2,
  moved: 1,
  removed: 2,
  counted: 2,
  itemChanged: 2,
  groupChanged: 1,
  calendarChanged: 1,
  bomChanged: 2,
  dayPassed: 2,
};

/** Decisions that planners make. */
export const decisionWeights: Weights<HappeningKind> = {
  approved: 2,
  unapproved: 1,
  deleted: 1,
  edited: 2,
  created: 1,
  firmed: 2,
  firmedWithChain: 1,
  replaced: 1,
  marked: 2,
  reserved: 1,
};

/** Histories of this many happenings at most; a failing one shrinks by leaving some out. */
export function histories<Kind extends string>(
  weights: Weights<Kind>,
  length: { readonly from: number; readonly to: number },
): fc.Arbitrary<readonly Happening<Kind>[]> {
  const kinds = Object.keys(weights) as Kind[];
  const weighted = kinds.map((kind) => ({
    weight: weights[kind] ?? 0,
    arbitrary: fc.constant(kind),
  }));
  const happening = fc.record({ kind: fc.oneof(...weighted), seed: fc.noShrink(fc.nat()) });
  return fc.array(happening, { minLength: length.from, maxLength: length.to });
}
