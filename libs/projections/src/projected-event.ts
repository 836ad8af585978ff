import type { NodeDifference, PlanningInput, PlanRevision } from '@tidemark/planning';

/** An event of the log as projections fold it, in commit order. */
export type ProjectedEvent = ProjectedPlace &
  (
    | { readonly kind: 'input'; readonly input: PlanningInput }
    | ({ readonly kind: 'nodes' } & RevisionNodes)
    | { readonly kind: 'revision'; readonly head: RevisionHead }
    | { readonly kind: 'kept'; readonly event: KeptEvent }
  );

export interface ProjectedPlace {
  readonly company: string;
  /** Its place in the log. */
  readonly position: string;
}

/**
 * Part of a revision: all parts of one come in order, then its head, and nothing else of the plan
 * between them. A revision without its head is never shown to a projection.
 */
export interface RevisionNodes {
  readonly plan: string;
  readonly revision: number;
  /** Counts the parts from 0. */
  readonly index: number;
  readonly nodes: readonly NodeDifference[];
}

/** All that a revision says besides its changed lines. */
export type RevisionHead = Omit<PlanRevision, 'nodes'>;

/** What the way in keeps, and what becomes of it (law 12). */
export type KeptEvent =
  | { readonly kind: 'changeParked'; readonly parked: ParkedFact }
  | { readonly kind: 'parkedChangeTaken'; readonly company: string; readonly id: string }
  | { readonly kind: 'changeRefused'; readonly letter: LetterFact }
  | { readonly kind: 'deadLetterResolved'; readonly company: string; readonly id: string };

export interface ParkedFact {
  readonly id: string;
  readonly company: string;
  readonly code: string;
  readonly waitsFor: { readonly kind: string; readonly id: string };
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly version: number;
  readonly event: unknown;
}

export interface LetterFact {
  readonly id: string;
  readonly company: string;
  readonly code: string;
  readonly rule: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
  readonly values: Readonly<Record<string, string>>;
  readonly mentions: readonly string[];
  readonly source?: string;
  readonly text: string;
}
