import type { StateExchange } from '@tidemark/kernel';
import type { PlanRevision } from '../api/runs.js';

export type RevisionNumber = Pick<PlanRevision, 'revision' | 'position' | 'step'>;

/** Numbers the revisions of a plan, and tells those apart that one place in the log led to. */
export class RevisionNumbers {
  /** Number of the last revision. */
  revision = 0;
  /** Place in the log of the last input that the company's plans were given. */
  position = '';
  #revisedAt = '';
  #step = -1;

  exchange(io: StateExchange): void {
    this.revision = io.value(this.revision);
    this.position = io.value(this.position);
    this.#revisedAt = io.value(this.#revisedAt);
    this.#step = io.value(this.#step);
  }

  next(): RevisionNumber {
    const { position } = this;
    this.revision += 1;
    this.#step = position === this.#revisedAt ? this.#step + 1 : 0;
    this.#revisedAt = position;
    return { revision: this.revision, position, step: this.#step };
  }
}
