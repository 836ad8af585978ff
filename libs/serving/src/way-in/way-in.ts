import type { Intake } from '@tidemark/runtime';

export interface WayInOptions {
  readonly intake: Intake;
  /** Told of every company that something was taken of. */
  readonly onTaken?: (company: string) => void;
}

/** Where events are taken. */
export class WayIn {
  readonly intake: Intake;
  readonly taken: (company: string) => void;

  constructor({ intake, onTaken = () => undefined }: WayInOptions) {
    this.intake = intake;
    this.taken = onTaken;
  }
}
