import { planDayOf } from '@tidemark/kernel';
import type { PlanningInput } from '@tidemark/planning';
import { Dice, randomDimensions, randomIssue, randomItem, randomReceipt } from '@tidemark/testkit';
import type { ItemPlace, ReferenceWorld, Transaction } from '@tidemark/testkit';
import { bomInput, itemInput, WorldFeed } from './world-inputs.js';

/** What happens to one item, or to all: the inputs of one change. */
export interface HistoryStep {
  /** The item it is about; absent: all. */
  readonly item: string | undefined;
  readonly what: string;
  readonly inputs: readonly PlanningInput[];
}

/** A world that goes on changing; the seed decides how. */
export class RandomHistory {
  readonly #dice: Dice;
  readonly #feed = new WorldFeed();
  readonly #world: ReferenceWorld;
  readonly #open = new Map<string, Transaction>();
  #day: number;
  #made = 0;

  constructor(world: ReferenceWorld, seed: number) {
    this.#dice = new Dice(seed);
    this.#world = world;
    this.#day = world.today;
    for (const image of world.transactions ?? []) this.#open.set(image.id, image);
  }

  opening(): readonly PlanningInput[] {
    return this.#feed.opening(this.#world, 'exact');
  }

  /** The next change: most often of a transaction, now and then of stock, master data, the day. */
  step(): HistoryStep {
    const kind = this.#dice.between(1, 20);
    if (kind <= 8) return this.#upsertNew();
    if (kind <= 12) return this.#upsertKnown();
    if (kind <= 14) return this.#remove();
    if (kind <= 16) return this.#count();
    if (kind <= 18) return this.#masterData();
    return this.#nextDay();
  }

  /** The next change of a transaction or a count of this item. */
  stepOf(item: string): HistoryStep {
    return this.#dice.chance(0.7) ? this.#upsertNew(item) : this.#count(item);
  }

  places(): readonly ItemPlace[] {
    return Object.entries(this.#world.items ?? {}).map(([id, item]) => ({
      id,
      level: 0,
      colored: (item.productDimensions ?? []).length > 0,
      stored: (item.coverageDimensions ?? []).length > 0,
    }));
  }

  #place(item?: string): ItemPlace {
    const places = this.places();
    return places.find(({ id }) => id === item) ?? this.#dice.pick(places);
  }

  #upsert(image: Transaction): HistoryStep {
    this.#open.set(image.id, image);
    return { item: image.item, what: `upsert ${image.id}`, inputs: this.#feed.upsert(image) };
  }

  #upsertNew(item?: string): HistoryStep {
    const place = this.#place(item);
    const tray = { dice: this.#dice, today: this.#day, places: this.places(), boms: [] };
    this.#made += 1;
    const image = this.#dice.chance(0.6)
      ? randomIssue(tray, place, `SO-new-${this.#made}`)
      : randomReceipt(tray, place, `PO-new-${this.#made}`);
    return this.#upsert(image);
  }

  #upsertKnown(): HistoryStep {
    if (this.#open.size === 0) return this.#upsertNew();
    const known = this.#dice.pick([...this.#open.values()]);
    const tray = { dice: this.#dice, today: this.#day, places: this.places(), boms: [] };
    const make = known.direction === 'issue' ? randomIssue : randomReceipt;
    const fresh = make(tray, this.#place(known.item), known.id);
    const posted = known.direction === 'issue' ? 'sold' : 'purchased';
    if (this.#dice.chance(0.25)) return this.#upsert({ ...known, status: posted });
    return this.#upsert({ ...known, quantity: fresh.quantity, date: fresh.date });
  }

  #remove(): HistoryStep {
    if (this.#open.size === 0) return this.#upsertNew();
    const image = this.#dice.pick([...this.#open.values()]);
    this.#open.delete(image.id);
    return { item: image.item, what: `remove ${image.id}`, inputs: this.#feed.remove(image) };
  }

  #count(item?: string): HistoryStep {
    const place = this.#place(item);
    const dimensions = randomDimensions(this.#dice, place);
    const quantity = this.#dice.between(0, 40) * 1_000_000;
    const inputs = this.#feed.count({ item: place.id, quantity, dimensions });
    return { item: place.id, what: `count ${place.id}`, inputs };
  }

  #masterData(): HistoryStep {
    const boms = this.#world.boms ?? [];
    if (boms.length > 0 && this.#dice.chance(0.4)) {
      const bom = this.#dice.pick(boms);
      const lines = bom.lines.map((line) => ({
        ...line,
        quantity: this.#dice.between(1, 5) * 1_000_000,
      }));
      const inputs = [bomInput({ ...bom, lines })];
      return { item: undefined, what: `change BOM ${bom.id ?? ''}`, inputs };
    }
    const place = this.#place();
    const { productDimensions, coverageDimensions, ...rest } = randomItem(this.#dice, place);
    const kept = this.#world.items?.[place.id];
    const item = {
      ...rest,
      ...(kept?.productDimensions === undefined ? {} : { productDimensions }),
      ...(kept?.coverageDimensions === undefined ? {} : { coverageDimensions }),
    };
    return {
      item: undefined,
      what: `change item ${place.id}`,
      inputs: [itemInput(place.id, item)],
    };
  }

  #nextDay(): HistoryStep {
    this.#day += this.#dice.between(1, 4);
    const inputs: PlanningInput[] = [{ kind: 'day', day: planDayOf(this.#day) }];
    return { item: undefined, what: 'the day changes', inputs };
  }
}
