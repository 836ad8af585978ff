import { compareText } from '@tidemark/kernel';
import { textIn } from '../cells.js';
import { stockOnHand } from '../coverage/pegging.js';
import { isGroup } from './explosions.js';
import type { Row } from '../tables.js';

/** A minimum is met like a demand, but nobody waits for it. */
const minimumMark = 'safetyStock:';

/**
 * A walk over the edges of the static explosion, a level at a time: `ask` names what the next rows
 * are to be found by, `take` takes them. Each name is asked for once.
 */
abstract class ExplosionWalk {
  ask: readonly string[];
  readonly #seen: Set<string>;

  constructor(of: string) {
    this.ask = [of];
    this.#seen = new Set(this.ask);
  }

  abstract take(edges: readonly Row[]): void;

  protected goOn(names: Iterable<string>): void {
    const next: string[] = [];
    for (const name of names) {
      if (this.#seen.has(name)) continue;
      this.#seen.add(name);
      next.push(name);
    }
    this.ask = next;
  }
}

/** Down from a demand: all orders that must be completed for it. Ask by `above`. */
export class WalkDown extends ExplosionWalk {
  readonly #orders = new Set<string>();

  take(edges: readonly Row[]): void {
    const below: string[] = [];
    for (const edge of edges) {
      const name = textIn(edge, 'below');
      if (textIn(edge, 'kind') === 'peg') {
        if (name === stockOnHand) continue;
        this.#orders.add(name);
      }
      below.push(name);
    }
    this.goOn(below);
  }

  get orders(): string[] {
    return [...this.#orders].sort(compareText);
  }
}

/** Up from an order: all independent demands that hang on it. Ask by `below`. */
export class WalkUp extends ExplosionWalk {
  readonly #demands = new Set<string>();
  /** What waits for a need, order or group, as far as it was asked for. */
  readonly #above = new Map<string, string[]>();

  take(edges: readonly Row[]): void {
    const names: string[] = [];
    for (const edge of edges) {
      const above = textIn(edge, 'above');
      const below = textIn(edge, 'below');
      if (textIn(edge, 'kind') === 'peg') this.#demands.add(above);
      const known = this.#above.get(below);
      if (known === undefined) this.#above.set(below, [above]);
      else known.push(above);
      names.push(above);
    }
    this.goOn(names);
  }

  /** A line of a real order of which the plan has no receipt is a demand of its own. */
  get demands(): string[] {
    const belongs = (name: string): boolean =>
      this.#above.get(name)?.some((above) => !isGroup(above) || this.#above.has(above)) ?? false;
    return [...this.#demands]
      .filter((name) => !name.startsWith(minimumMark) && !belongs(name))
      .sort(compareText);
  }
}
