import {
  dimensionsAgree,
  dimensionsKey,
  pickDimensions,
  productDimensionNames,
  type Dimensions,
  type StateExchange,
} from '@tidemark/kernel';
import type { BillOfMaterial } from '@tidemark/master-data';
import type { MasterDataIndex } from './master-data-index.js';

/** An item with the product dimensions that a BOM or a node names: a variant, or several. */
interface Variant {
  readonly item: string;
  readonly dimensions: Dimensions;
}

interface Visit {
  readonly order: number;
  low: number;
  open: boolean;
}

/**
 * BOM levels per variant (LV-1), worked out when asked for and kept until a BOM above changes, and
 * the items on circles (LV-2, LV-3).
 *
 * A level looks upward: 1 + the highest level among the parents whose lines match. Tarjan's
 * strongly connected components tell circles apart from what merely hangs below them.
 */
export class VariantLevels {
  readonly #master: MasterDataIndex;
  readonly #levels = new Map<string, number>();
  readonly #keysOfItem = new Map<string, Set<string>>();
  readonly #circular = new Map<string, readonly string[]>();
  #day = 0;
  /** Variants whose level was worked out anew, ever; tests count it. */
  computed = 0;

  constructor(master: MasterDataIndex) {
    this.#master = master;
  }

  exchange(io: StateExchange): void {
    io.map(this.#levels);
    io.map(this.#keysOfItem);
    io.map(this.#circular);
    this.#day = io.value(this.#day);
  }

  levelOf(item: string, dimensions: Dimensions): number {
    const variant = { item, dimensions: pickDimensions(dimensions, productDimensionNames) };
    const known = this.#levels.get(keyOf(variant));
    if (known !== undefined) return known;
    const parents = this.parentsOf(variant);
    const levels = parents.map((parent) => this.known(keyOf(parent)));
    // A circle through the variant would have settled it together with its parents.
    if (levels.every((level) => level !== undefined)) {
      const level = Math.max(0, ...levels.map((parent) => parent + 1));
      this.settle(variant, level);
      return level;
    }
    new LevelSearch(this, variant).run();
    return this.#levels.get(keyOf(variant)) ?? 0;
  }

  /** The items of the circle that the item is on; undefined if it is on none. */
  circleOf(item: string): readonly string[] | undefined {
    return this.#circular.get(item);
  }

  /** All circles, each once, as sorted items. */
  circles(): readonly (readonly string[])[] {
    for (const bom of this.#master.boms()) this.levelOf(bom.item, bom.dimensions);
    return [...new Set(this.#circular.values())];
  }

  /**
   * A version came, went or changed: levels at and below its components are worked out anew.
   * Returns the items that stood on a circle and may be on none now.
   */
  bomChanged(...versions: readonly BillOfMaterial[]): readonly string[] {
    const below = new Set<string>();
    const pending = versions.flatMap((bom) => [bom.item, ...bom.lines.map((line) => line.item)]);
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      if (below.has(item)) continue;
      below.add(item);
      for (const bom of this.#master.bomsOf(item)) {
        for (const line of bom.lines) pending.push(line.item);
      }
    }
    const fromCircles = [...below].filter((item) => this.#circular.has(item));
    for (const item of below) this.#forget(item);
    return fromCircles;
  }

  /** The day moved: versions that ended count no longer (LV-1). */
  dayChanged(day: number): void {
    const from = this.#day;
    this.#day = day;
    for (const bom of this.#master.boms()) {
      const end = bom.validTo ?? Number.POSITIVE_INFINITY;
      if (end >= Math.min(from, day) && end < Math.max(from, day)) this.bomChanged(bom);
    }
  }

  #forget(item: string): void {
    for (const key of this.#keysOfItem.get(item) ?? []) this.#levels.delete(key);
    this.#keysOfItem.delete(item);
    this.#circular.delete(item);
  }

  /** Parents of a variant: the producers of every BOM with a line that matches it. */
  parentsOf(variant: Variant): Variant[] {
    const parents: Variant[] = [];
    for (const bom of this.#master.usersOf(variant.item)) {
      if (bom.validTo !== undefined && bom.validTo < this.#day) continue;
      const matches = bom.lines.some(
        (line) =>
          line.item === variant.item && dimensionsAgree(line.dimensions, variant.dimensions),
      );
      if (matches) {
        const dimensions = pickDimensions(bom.dimensions, productDimensionNames);
        parents.push({ item: bom.item, dimensions });
      }
    }
    return parents;
  }

  known(key: string): number | undefined {
    return this.#levels.get(key);
  }

  settle(variant: Variant, level: number): void {
    const key = keyOf(variant);
    this.computed += 1;
    this.#levels.set(key, level);
    const keys = this.#keysOfItem.get(variant.item) ?? new Set<string>();
    keys.add(key);
    this.#keysOfItem.set(variant.item, keys);
  }

  settleCircle(variants: readonly Variant[]): void {
    const items = [...new Set(variants.map((variant) => variant.item))].sort();
    for (const item of items) this.#circular.set(item, items);
  }
}

function keyOf(variant: Variant): string {
  return `${variant.item}\u0000${dimensionsKey(variant.dimensions)}`;
}

interface Frame {
  readonly variant: Variant;
  readonly key: string;
  readonly parents: readonly Variant[];
  next: number;
}

/** One search upward from a variant, without recursion, so that no depth of BOM is too deep. */
class LevelSearch {
  readonly #levels: VariantLevels;
  readonly #visits = new Map<string, Visit>();
  readonly #open: Frame[] = [];
  readonly #frames: Frame[] = [];

  constructor(levels: VariantLevels, start: Variant) {
    this.#levels = levels;
    this.#enter(start);
  }

  run(): void {
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const parent = frame.parents[frame.next];
      frame.next += 1;
      if (parent === undefined) this.#leave(frame);
      else this.#look(frame, parent);
    }
  }

  #enter(variant: Variant): void {
    const key = keyOf(variant);
    const order = this.#visits.size;
    this.#visits.set(key, { order, low: order, open: true });
    const frame = { variant, key, parents: this.#levels.parentsOf(variant), next: 0 };
    this.#frames.push(frame);
    this.#open.push(frame);
  }

  #look(frame: Frame, parent: Variant): void {
    const key = keyOf(parent);
    if (this.#levels.known(key) !== undefined) return;
    const seen = this.#visits.get(key);
    if (seen === undefined) this.#enter(parent);
    else if (seen.open) this.#lower(frame.key, seen.order);
  }

  #lower(key: string, low: number): void {
    const visit = this.#visits.get(key);
    if (visit !== undefined && low < visit.low) visit.low = low;
  }

  #leave(frame: Frame): void {
    this.#frames.pop();
    const visit = this.#visits.get(frame.key);
    const below = this.#frames.at(-1);
    if (visit === undefined) return;
    if (below !== undefined) this.#lower(below.key, visit.low);
    if (visit.low !== visit.order) return;
    const component: Frame[] = [];
    for (let member = this.#open.pop(); member !== undefined; member = this.#open.pop()) {
      component.push(member);
      const memberVisit = this.#visits.get(member.key);
      if (memberVisit !== undefined) memberVisit.open = false;
      if (member === frame) break;
    }
    this.#settle(component);
  }

  #settle(component: readonly Frame[]): void {
    const keys = new Set(component.map((frame) => frame.key));
    let level = 0;
    let circular = component.length > 1;
    for (const frame of component) {
      for (const parent of frame.parents) {
        const key = keyOf(parent);
        if (keys.has(key)) circular = true;
        else level = Math.max(level, 1 + (this.#levels.known(key) ?? 0));
      }
    }
    if (circular) this.#levels.settleCircle(component.map((frame) => frame.variant));
    for (const frame of component) this.#levels.settle(frame.variant, level);
  }
}
