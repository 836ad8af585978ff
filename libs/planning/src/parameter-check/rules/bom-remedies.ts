import { compareText, planDayOf, type Refusal } from '@tidemark/kernel';
import type { BillOfMaterial, Item } from '@tidemark/master-data';
import { Changes } from '../changes.js';
import type { PlanRead } from '../plan-read.js';
import type { ProposedChange, Suspicion } from '../suspicion.js';

type Remedy = Pick<Suspicion, 'proposal' | 'change'>;

/** What ends a circle or tells two versions apart, as something that can be planned with. */
export function remedyFor(read: PlanRead, { code, mentions, remedy = '' }: Refusal): Remedy {
  const { text, change } = (() => {
    switch (code) {
      case 'CIRCULAR_BOM':
        return withoutBackLines(read, mentions);
      case 'CIRCULAR_REFILL':
        return withoutRefill(read, mentions[0] ?? '');
      default:
        return endedVersion(read, mentions.slice(1));
    }
  })();
  return { proposal: `${remedy} The effect is that of ${text}.`, change };
}

interface PlannedRemedy {
  readonly text: string;
  readonly change: ProposedChange;
}

/**
 * Lines of the circle that lead back to an item above them, seen from the items that others are
 * made of or that are asked for: without these the rest of the circle is a structure again.
 */
function withoutBackLines(read: PlanRead, circle: readonly string[]): PlannedRemedy {
  const back = new BackLines(read, new Set(circle));
  const asked = circle.filter((item) => isAskedFromOutside(read, item, circle));
  for (const item of [...asked, ...circle]) back.search(item);
  const boms = [...back.found].map(([bom, lines]) => ({
    ...bom,
    lines: bom.lines.filter((_, at) => !lines.has(at)),
  }));
  const names = [...back.found].flatMap(([bom, lines]) =>
    [...lines].map((at) => `line ${at + 1} (${bom.lines[at]?.item ?? ''}) of ${bom.id}`),
  );
  return { text: `taking out ${names.join(', ')}`, change: { boms, movesLevels: true } };
}

/** Real demand, or a parent that is not on the circle. */
function isAskedFromOutside(
  { master, state }: PlanRead,
  item: string,
  circle: readonly string[],
): boolean {
  if ((state.nodesOfItem.get(item) ?? []).some(({ issues }) => issues.length > 0)) return true;
  for (const bom of master.usersOf(item)) if (!circle.includes(bom.item)) return true;
  return false;
}

/** A search down the lines of a circle, depth first; remembers those that come back up. */
class BackLines {
  readonly found = new Map<BillOfMaterial, Set<number>>();
  readonly #read: PlanRead;
  readonly #circle: ReadonlySet<string>;
  readonly #seen = new Set<string>();
  readonly #above = new Set<string>();

  constructor(read: PlanRead, circle: ReadonlySet<string>) {
    this.#read = read;
    this.#circle = circle;
  }

  /** Without recursion: a circle may be as long as the list of items. */
  search(start: string): void {
    if (this.#seen.has(start)) return;
    const path = [this.#enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const step = top.lines[top.next];
      top.next += 1;
      if (step === undefined) {
        this.#above.delete(top.item);
        path.pop();
      } else if (this.#above.has(step.item)) {
        this.found.set(step.bom, (this.found.get(step.bom) ?? new Set()).add(step.at));
      } else if (!this.#seen.has(step.item)) {
        path.push(this.#enter(step.item));
      }
    }
  }

  #enter(item: string) {
    this.#seen.add(item);
    this.#above.add(item);
    const lines = this.#read.master
      .bomsOf(item)
      .flatMap((bom) => bom.lines.map((line, at) => ({ bom, at, item: line.item })))
      .filter((line) => this.#circle.has(line.item));
    return { item, lines, next: 0 };
  }
}

/** The version that came first ends before the other begins; of two at once, the first by id. */
function endedVersion({ master, today }: PlanRead, ids: readonly string[]): PlannedRemedy {
  const from = (bom: BillOfMaterial): number => bom.validFrom ?? -Infinity;
  const [older, newer] = ids
    .flatMap((id) => master.bom(id) ?? [])
    .sort((left, right) => {
      const days = from(left) === from(right) ? 0 : from(left) - from(right);
      return days || compareText(left.id, right.id);
    });
  if (older === undefined || newer === undefined) return { text: 'leaving both', change: {} };
  const validTo = planDayOf(Math.max(from(newer), today) - 1);
  const text = `ending ${older.id} before ${newer.id} begins`;
  return { text, change: { boms: [{ ...older, validTo }], movesLevels: true } };
}

/** Entries whose refills lead back to where they began are bought or made for from now on. */
function withoutRefill({ master }: PlanRead, id: string): PlannedRemedy {
  const ended: string[] = [];
  const change = new Changes(master).edit(id, (item) => endRefills(item, ended)).records;
  const text = `no refill of warehouse ${ended.join(', ')}`;
  return { text, change: { ...change, movesLevels: true } };
}

function endRefills(item: Item, ended: string[]): Item {
  const sources = new Map<string, string>();
  const coverageByDimension = item.coverageByDimension.map((entry) => {
    const { refillFrom, ...rest } = entry;
    const { warehouse } = entry.for;
    if (refillFrom === undefined || warehouse === undefined) return entry;
    let source: string | undefined = refillFrom;
    while (source !== undefined && source !== warehouse) source = sources.get(source);
    if (source === warehouse) {
      ended.push(warehouse);
      return rest;
    }
    sources.set(warehouse, refillFrom);
    return entry;
  });
  return { ...item, coverageByDimension };
}
