import type { Change, Step } from '../reference/steps.js';
import type { ReferenceWorld, Transaction } from '../reference/world.js';
import { Dice } from './dice.js';
import type { Happening, HappeningKind } from './happening.js';
import type { ItemPlace } from './random-items.js';
import { decisionTellers } from './told-decisions.js';
import { inputTellers } from './told-inputs.js';

/** A planned order as decisions see it. */
export interface StandingOrder {
  readonly name: string;
  readonly item: string;
  readonly status: 'planned' | 'approved' | 'frozen';
  readonly quantity: number;
  readonly requirementDay: number;
}

/** The plan that decisions are made on, as it stands. */
export interface StandingPlan {
  readonly orders: readonly StandingOrder[];
  /** Open transactions that firming made. */
  readonly firmed: readonly Transaction[];
}

/** A history at one happening. */
export interface Telling {
  readonly story: Story;
  readonly dice: Dice;
  readonly plan: StandingPlan;
}

/** Makes the change of one kind of happening; undefined if there is nothing it could bear on. */
export type Teller = (this: void, telling: Telling) => Change | undefined;

const tellers: Readonly<Record<Exclude<HappeningKind, 'dayPassed'>, Teller>> = {
  ...inputTellers,
  ...decisionTellers,
};

/** A world that goes on changing: turns what happens into the steps of a scenario. */
export class Story {
  world: ReferenceWorld;
  today: number;
  /** Transactions of sources that stand open, by id. */
  readonly open = new Map<string, Transaction>();
  /** Transactions of firming that an order of a source has taken the place of. */
  readonly taken = new Set<string>();
  #made = 0;

  constructor(world: ReferenceWorld) {
    this.world = world;
    this.today = world.today;
    for (const image of world.transactions ?? []) this.open.set(image.id, image);
  }

  /** The step that comes of a happening. */
  tell({ kind, seed }: Happening, plan: StandingPlan): Step | undefined {
    const dice = new Dice(seed);
    if (kind === 'dayPassed') {
      this.today += dice.between(1, 4);
      return { today: this.today };
    }
    const change = tellers[kind]({ story: this, dice, plan });
    return change === undefined ? undefined : { change: [change] };
  }

  get places(): readonly ItemPlace[] {
    return Object.entries(this.world.items ?? {}).map(([id, item]) => ({
      id,
      level: 0,
      colored: (item.productDimensions ?? []).length > 0,
      stored: (item.coverageDimensions ?? []).length > 0,
    }));
  }

  /** A name that nothing else of the history has. */
  nextName(prefix: string): string {
    this.#made += 1;
    return `${prefix}-new-${this.#made}`;
  }
}
