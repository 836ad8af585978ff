import type { BillOfMaterial, CoverageGroup, Item, OpenDays } from '@tidemark/master-data';
import { MasterDataIndex } from '../world/master-data-index.js';

/** Records that take the place of those that stand. */
export interface ChangedRecords {
  readonly items?: readonly Item[];
  readonly groups?: readonly CoverageGroup[];
  /** Versions of the same ids and items, with no line of another item than before. */
  readonly boms?: readonly BillOfMaterial[];
}

/** The master data of another index with a few records changed; the other stays as it is. */
export class ChangedMasterData extends MasterDataIndex {
  readonly #base: MasterDataIndex;
  #items: ReadonlyMap<string, Item> = new Map();
  #groups: ReadonlyMap<string, CoverageGroup> = new Map();
  #boms: ReadonlyMap<string, BillOfMaterial> = new Map();

  constructor(base: MasterDataIndex) {
    super();
    this.#base = base;
  }

  /** Puts these records in the place of all that were changed before. */
  change({ items = [], groups = [], boms = [] }: ChangedRecords): void {
    this.#items = new Map(items.map((item) => [item.id, item]));
    this.#groups = new Map(groups.map((group) => [group.id, group]));
    this.#boms = new Map(boms.map((bom) => [bom.id, bom]));
  }

  override item(id: string): Item | undefined {
    return this.#items.get(id) ?? this.#base.item(id);
  }

  override *items(): Generator<Item, undefined, unknown> {
    for (const item of this.#base.items()) yield this.#items.get(item.id) ?? item;
    return undefined;
  }

  override group(id: string | undefined): CoverageGroup | undefined {
    return (id === undefined ? undefined : this.#groups.get(id)) ?? this.#base.group(id);
  }

  override openDaysOfBoth(left: string | undefined, right: string | undefined): OpenDays {
    return this.#base.openDaysOfBoth(left, right);
  }

  override openDays(id: string | undefined): OpenDays {
    return this.#base.openDays(id);
  }

  override bom(id: string): BillOfMaterial | undefined {
    return this.#boms.get(id) ?? this.#base.bom(id);
  }

  override *boms(): Generator<BillOfMaterial, undefined, unknown> {
    for (const bom of this.#base.boms()) yield this.#changed(bom);
    return undefined;
  }

  override bomsOf(item: string): readonly BillOfMaterial[] {
    const versions = this.#base.bomsOf(item);
    return this.#boms.size === 0 ? versions : versions.map((bom) => this.#changed(bom));
  }

  override *usersOf(item: string): Generator<BillOfMaterial, undefined, unknown> {
    for (const bom of this.#base.usersOf(item)) yield this.#changed(bom);
    return undefined;
  }

  #changed(bom: BillOfMaterial): BillOfMaterial {
    return this.#boms.get(bom.id) ?? bom;
  }
}
