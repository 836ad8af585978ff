import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import { noDimensions, noQuantity, planDayOf, quantityOf, unit } from '@tidemark/kernel';
import type { BillOfMaterialLine, Item } from '@tidemark/master-data';
import { definePlan, type PlanDefinition, type PlanningInput } from '@tidemark/planning';

export const smallToday = 20_000;
export const smallPlan: PlanDefinition = definePlan('dynamic', { continuity: 'exact' });
const items = ['table', 'shelf', 'board', 'screw', 'wood'] as const;
const pieces = (count: number) => quantityOf(count * unit);

/** Three levels, all kinds of changes, drawn from a seed. */
export class SmallWorld {
  #state: number;
  #transactions = 0;
  readonly #sequences = new Map<string, number>();
  readonly #open: InventoryTransaction[] = [];

  constructor(seed: number) {
    this.#state = seed * 7919;
  }

  /** A whole number from 0 to below `bound` (linear congruential). */
  #draw(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * bound);
  }

  opening(): PlanningInput[] {
    return [
      { kind: 'day', day: planDayOf(smallToday) },
      ...items.map((item): PlanningInput => ({ kind: 'item', item: this.#item(item) })),
      bom('table', ['board', 'screw']),
      bom('shelf', ['board', 'screw', 'wood']),
      bom('board', ['wood']),
      { kind: 'planDefined', plan: smallPlan },
      ...Array.from({ length: 25 }, () => this.#newTransaction()),
    ];
  }

  change(): PlanningInput[] {
    switch (this.#draw(8)) {
      case 0:
      case 1:
        return [this.#newTransaction()];
      case 2:
      case 3:
        return this.#changed();
      case 4:
        return this.#removed();
      case 5:
        return [this.#entry(this.#someItem(), { post: this.#draw(9) - 4 })];
      case 6:
        return [{ kind: 'item', item: this.#item(this.#someItem()) }];
      default:
        return [this.#newTransaction(), ...this.#changed(), ...this.#removed()];
    }
  }

  #someItem(): string {
    return items[this.#draw(items.length)] ?? items[0];
  }

  #item(id: string): Item {
    const codes = ['requirement', 'period', 'minMax'] as const;
    const code = codes[this.#draw(codes.length)] ?? 'requirement';
    return {
      id,
      leadTime: 1 + this.#draw(6),
      leadTimes: {},
      productDimensions: [],
      coverageDimensions: [],
      coverageByDimension: [],
      coverage: {
        code,
        periodDays: 5,
        minimum: pieces(this.#draw(3)),
        positiveDays: 10,
        negativeDays: this.#draw(4),
        orderMultiple: pieces(this.#draw(4)),
        ...(code === 'minMax' ? { maximum: pieces(20) } : {}),
        actions: { advance: true, postpone: true, decrease: true, cancel: true, derived: true },
      },
    };
  }

  #newTransaction(): PlanningInput {
    const issue = this.#draw(3) > 0;
    const assert: InventoryTransaction = {
      company: 'demo',
      id: `T${(this.#transactions += 1)}`,
      item: this.#someItem(),
      direction: issue ? 'issue' : 'receipt',
      type: issue ? 'salesOrder' : 'purchaseOrder',
      status: issue ? 'onOrder' : 'ordered',
      quantity: pieces(1 + this.#draw(9)),
      date: planDayOf(smallToday + this.#draw(40)),
      dimensions: noDimensions,
      reservationMode: 'manual',
      hold: false,
    };
    this.#open.push(assert);
    return this.#entry(assert.item, { assert });
  }

  /** Another date, quantity or confirmed date of an open transaction. */
  #changed(): PlanningInput[] {
    const at = this.#draw(this.#open.length);
    const retract = this.#open[at];
    if (retract === undefined) return [];
    const date = planDayOf(smallToday + this.#draw(40));
    const changed = [
      { ...retract, date },
      { ...retract, quantity: pieces(1 + this.#draw(9)) },
      { ...retract, date: planDayOf(retract.date + 1), confirmedDate: retract.date },
      { ...retract, hold: !retract.hold },
    ];
    const assert = changed[this.#draw(changed.length)] ?? retract;
    this.#open[at] = assert;
    return [this.#entry(assert.item, { retract, assert })];
  }

  #removed(): PlanningInput[] {
    const [retract] = this.#open.splice(this.#draw(this.#open.length), 1);
    return retract === undefined ? [] : [this.#entry(retract.item, { retract })];
  }

  #entry(
    item: string,
    what: Pick<JournalEntry, 'retract' | 'assert'> & { readonly post?: number },
  ): PlanningInput {
    const { post, ...images } = what;
    const sequence = (this.#sequences.get(item) ?? 0) + 1;
    this.#sequences.set(item, sequence);
    const postings =
      post === undefined ? [] : [{ dimensions: noDimensions, quantity: pieces(post) }];
    const cause = { kind: 'transaction', source: 'test', id: `${item}/${sequence}` } as const;
    return {
      kind: 'entry',
      entry: {
        company: 'demo',
        item,
        sequence,
        postings,
        cause: { ...cause, version: 1 },
        ...images,
      },
    };
  }
}

function bom(item: string, components: readonly string[]): PlanningInput {
  const lines = components.map((component, at): BillOfMaterialLine => ({
    item: component,
    quantity: pieces(at + 1),
    dimensions: noDimensions,
    scrapPercent: 0,
    scrapConstant: noQuantity,
    consumption: 'variable',
    type: component === 'screw' ? 'pegged' : 'item',
    flushing: 'finish',
    leadTimeOffset: 0,
  }));
  return {
    kind: 'billOfMaterial',
    bom: {
      id: `BOM-${item}`,
      item,
      dimensions: noDimensions,
      fromQuantity: noQuantity,
      perSeries: pieces(1),
      lines,
    },
  };
}
