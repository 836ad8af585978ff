/** A rule of planning that had a part in a line of the plan, with what it was applied to. */
export interface TraceStep {
  /** The rule's id in planning.md: `DA-4`, `CC-8`, … */
  readonly rule: string;
  /** What it did, in one sentence. */
  readonly text: string;
  /** Days as dates, quantities as decimal texts, by name. */
  readonly values: Readonly<Record<string, string | number>>;
}
