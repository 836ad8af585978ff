import { dimensionsKey } from '@tidemark/kernel';
import type { CoverageGroup, CoverageSettings, Item } from '@tidemark/master-data';
import type { FindingSubject } from '../api/parameter-findings.js';
import type { MasterDataIndex } from '../world/master-data-index.js';
import type { ChangedRecords } from './changed-master-data.js';

/** Collects proposed settings of several places into changed records. */
export class Changes {
  readonly #master: MasterDataIndex;
  readonly #items = new Map<string, Item>();
  readonly #groups = new Map<string, CoverageGroup>();

  constructor(master: MasterDataIndex) {
    this.#master = master;
  }

  /** Settings of an item, of one of its coverage entries, or of a group. */
  set(place: FindingSubject, settings: CoverageSettings): this {
    if (place.kind === 'group') {
      const group = this.#groups.get(place.id) ?? this.#master.group(place.id);
      const changed = { ...group?.settings, ...settings };
      this.#groups.set(place.id, { id: place.id, settings: changed });
      return this;
    }
    return this.edit(place.id, (item) => {
      if (place.dimensions === undefined) {
        return { ...item, coverage: { ...item.coverage, ...settings } };
      }
      const key = dimensionsKey(place.dimensions);
      const coverageByDimension = item.coverageByDimension.map((entry) =>
        dimensionsKey(entry.for) === key
          ? { ...entry, settings: { ...entry.settings, ...settings } }
          : entry,
      );
      return { ...item, coverageByDimension };
    });
  }

  edit(id: string, edited: (item: Item) => Item): this {
    const item = this.#items.get(id) ?? this.#master.item(id);
    if (item !== undefined) this.#items.set(id, edited(item));
    return this;
  }

  get records(): ChangedRecords {
    return { items: [...this.#items.values()], groups: [...this.#groups.values()] };
  }
}
