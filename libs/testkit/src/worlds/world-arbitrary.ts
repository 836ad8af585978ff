import fc from 'fast-check';
import type { ReferenceWorld } from '../reference/world.js';
import { Dice } from './dice.js';
import { randomWorld } from './random-world.js';
import { isWorld, smallerWorlds } from './smaller-worlds.js';

const faces = 2 ** 31;

/** Dice thrown by fast-check: its seed decides them. */
function diceOf(random: fc.Random): Dice {
  return new Dice(() => random.nextInt(0, faces - 1) / faces);
}

/** Worlds by the dice of a run; a failing one shrinks by leaving out one part after another. */
class WorldArbitrary extends fc.Arbitrary<ReferenceWorld> {
  readonly #itemsMax: number;

  constructor(itemsMax: number) {
    super();
    this.#itemsMax = itemsMax;
  }

  override generate(random: fc.Random): fc.Value<ReferenceWorld> {
    return new fc.Value(randomWorld(diceOf(random), this.#itemsMax), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is ReferenceWorld {
    return isWorld(value);
  }

  override shrink(value: ReferenceWorld): fc.Stream<fc.Value<ReferenceWorld>> {
    return fc.stream(smallerWorlds(value)).map((world) => new fc.Value(world, undefined));
  }
}

/** Random worlds (items of all coverage codes, BOMs, dimensions, transactions) for properties. */
export function worlds({ itemsMax = 15 }: { readonly itemsMax?: number } = {}) {
  return new WorldArbitrary(itemsMax);
}
