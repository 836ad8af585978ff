import {
  compareText,
  dimensionsInclude,
  type Dimensions,
  type StateExchange,
} from '@tidemark/kernel';
import {
  everyDay,
  openDaysOf,
  openOnBoth,
  type BillOfMaterial,
  type Calendar,
  type CoverageGroup,
  type Item,
  type OpenDays,
} from '@tidemark/master-data';

/** The master data of one company as last sent, with the look-ups that planning needs. */
export class MasterDataIndex {
  readonly #items = new Map<string, Item>();
  readonly #groups = new Map<string, CoverageGroup>();
  readonly #calendars = new Map<string, Calendar>();
  readonly #openDays = new Map<string, OpenDays>();
  /** Open days of two calendars together, by both ids. */
  readonly #openOnBoth = new Map<string, OpenDays>();
  readonly #boms = new Map<string, BillOfMaterial>();
  readonly #bomsOfItem = new Map<string, BillOfMaterial[]>();
  /** Ids of the BOMs that have a line of the item. */
  readonly #usedIn = new Map<string, Set<string>>();

  /** Look-ups follow from what was sent; versions come in the order in which they were sent. */
  exchange(io: StateExchange): void {
    io.map(this.#items);
    io.map(this.#groups);
    for (const calendar of io.value([...this.#calendars.values()])) this.putCalendar(calendar);
    for (const bom of io.value([...this.#boms.values()])) this.putBom(bom);
  }

  item(id: string): Item | undefined {
    return this.#items.get(id);
  }

  items(): IterableIterator<Item> {
    return this.#items.values();
  }

  group(id: string | undefined): CoverageGroup | undefined {
    return id === undefined ? undefined : this.#groups.get(id);
  }

  /** Open days of a calendar; an absent or unknown calendar is open every day. */
  openDays(id: string | undefined): OpenDays {
    return (id === undefined ? undefined : this.#openDays.get(id)) ?? everyDay;
  }

  /** Days open on both calendars; an absent or unknown one is open every day. */
  openDaysOfBoth(left: string | undefined, right: string | undefined): OpenDays {
    const both = [this.#calendars.get(left ?? ''), this.#calendars.get(right ?? '')] as const;
    if (both[0] === undefined) return this.openDays(right);
    if (both[1] === undefined) return this.openDays(left);
    const common = openOnBoth(both[0], both[1]);
    const known = this.#openOnBoth.get(common.id);
    if (known !== undefined) return known;
    const made = openDaysOf(common);
    this.#openOnBoth.set(common.id, made);
    return made;
  }

  bom(id: string): BillOfMaterial | undefined {
    return this.#boms.get(id);
  }

  boms(): IterableIterator<BillOfMaterial> {
    return this.#boms.values();
  }

  /** All versions of an item, by id. */
  bomsOf(item: string): readonly BillOfMaterial[] {
    return this.#bomsOfItem.get(item) ?? [];
  }

  /** The versions that need the item as a component. */
  *usersOf(item: string): IterableIterator<BillOfMaterial> {
    for (const id of this.#usedIn.get(item) ?? []) {
      const bom = this.#boms.get(id);
      if (bom !== undefined) yield bom;
    }
  }

  /** True if some version fits these dimensions, whatever its dates and quantities (OT-1). */
  hasBomFor(item: string, dimensions: Dimensions): boolean {
    return this.bomsOf(item).some(
      (bom) =>
        dimensionsInclude(dimensions, bom.dimensions) &&
        (bom.site === undefined || bom.site === dimensions.site),
    );
  }

  putItem(item: Item): void {
    this.#items.set(item.id, item);
  }

  putGroup(group: CoverageGroup): void {
    this.#groups.set(group.id, group);
  }

  putCalendar(calendar: Calendar): void {
    this.#calendars.set(calendar.id, calendar);
    this.#openDays.set(calendar.id, openDaysOf(calendar));
    this.#openOnBoth.clear();
  }

  putBom(bom: BillOfMaterial): void {
    this.removeBom(bom.id);
    this.#boms.set(bom.id, bom);
    const versions = [...this.bomsOf(bom.item), bom];
    versions.sort((left, right) => compareText(left.id, right.id));
    this.#bomsOfItem.set(bom.item, versions);
    for (const line of bom.lines) {
      const users = this.#usedIn.get(line.item) ?? new Set<string>();
      users.add(bom.id);
      this.#usedIn.set(line.item, users);
    }
  }

  removeBom(id: string): BillOfMaterial | undefined {
    const bom = this.#boms.get(id);
    if (bom === undefined) return undefined;
    this.#boms.delete(id);
    this.#bomsOfItem.set(
      bom.item,
      this.bomsOf(bom.item).filter((version) => version.id !== id),
    );
    for (const line of bom.lines) this.#usedIn.get(line.item)?.delete(id);
    return bom;
  }
}
