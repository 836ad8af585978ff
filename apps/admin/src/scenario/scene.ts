import type { Refusal } from '@tidemark/kernel';
import type { PlanView, PromiseAnswer } from '@tidemark/planning';
import { Names } from './names.js';
import type { SmallHouse } from './small-house.js';

/** The file asks for something that cannot be done yet. */
export class NotYet extends Error {
  override readonly name = 'NotYet';

  constructor(readonly feature: string) {
    super(`not yet: ${feature}`);
  }
}

/** One scenario at work: the house it plays in, and what its steps have led to. */
export class Scene {
  readonly names = new Names();
  readonly promises = new Map<string, PromiseAnswer>();
  /** Findings of the last revision of each plan. */
  readonly findings = new Map<string, readonly Refusal[]>();
  #refusal: Refusal | undefined;
  #version = 1;

  constructor(readonly house: SmallHouse) {
    house.planner.onRevision(({ plan, findings }) => this.findings.set(plan, findings));
  }

  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** A step begins: what an earlier one was refused for no longer counts. */
  clearRefusal(): void {
    this.#refusal = undefined;
  }

  /** @throws NotYet for what is no refusal but a gap. */
  refuse(refusal: Refusal): void {
    if (refusal.code === 'NOT_YET') throw new NotYet(refusal.mentions.join(', '));
    this.#refusal = refusal;
  }

  /** A plan as it stands; undefined if there is none of this name. */
  view(plan: string | undefined): PlanView | undefined {
    return this.house.planner.view(plan);
  }
}

/** Quantities of files are decimal numbers; those of plans are millionths. */
export function millionths(quantity: number): number {
  return Math.round(quantity * 1_000_000);
}

export function listOf(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}
