import { Changes } from '../changes.js';
import { hasWindows, nodesByItem, type NodeRead, type PlanRead } from '../plan-read.js';
import { findDays } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** Fewer sales lines say nothing about an item; then those of all items do. */
const linesLeast = 3;

/**
 * The days that customers usually leave, by item: lines entered L days ahead stand from 0 to L days
 * before today's horizon, half of it in the middle; so L is twice the middle of what is open.
 */
class CustomerLeadTimes {
  readonly #ofItem = new Map<string, number[]>();
  readonly #all: number[] = [];

  constructor({ nodes, state, today }: PlanRead) {
    for (const { node, item } of nodes) {
      const days = this.#ofItem.get(item.id) ?? [];
      for (const handle of node.issues) {
        const image = state.table.image(handle);
        if (image?.type !== 'salesOrder' || image.date < today) continue;
        days.push(image.date - today);
        this.#all.push(image.date - today);
      }
      if (days.length > 0) this.#ofItem.set(item.id, days);
    }
  }

  /** True if customers order the item. */
  isSold(item: string): boolean {
    return this.#ofItem.has(item);
  }

  /** Undefined while there are too few sales lines to tell. */
  usual(item: string): number | undefined {
    const own = this.#ofItem.get(item) ?? [];
    const days = own.length >= linesLeast ? own : this.#all;
    if (days.length < linesLeast) return undefined;
    const sorted = days.toSorted((left, right) => left - right);
    return 2 * (sorted[Math.floor((sorted.length - 1) / 2)] ?? 0);
  }
}

function isFinished({ node, item }: NodeRead, customers: CustomerLeadTimes): boolean {
  return node.level === 0 && customers.isSold(item.id);
}

/** PC-12: a finished item may wait no longer than its customers leave. */
export function finishedNegativeDays(read: PlanRead): Iterable<Suspicion> {
  if (read.state.definition.dynamicNegativeDays) return [];
  const customers = new CustomerLeadTimes(read);
  const limit = (node: NodeRead): number | undefined => {
    const usual = customers.usual(node.item.id);
    if (usual === undefined || !hasWindows(node) || !isFinished(node, customers)) return undefined;
    return Math.max(0, node.leadTime - usual);
  };
  return findDays(read, {
    rule: 'PC-12',
    key: 'negativeDays',
    isBad: (node, days) => days > (limit(node) ?? Infinity),
    wanted: (node) => limit(node) ?? node.parameters.negativeDays,
    message: 'A finished item may come later than the lead time that its customers leave allows.',
    advice: '(the lead time less that of the customers), or dynamicNegativeDays on the plan',
    values: (node) => ({ customerLeadTime: customers.usual(node.item.id) ?? 0 }),
  });
}

/** A way down the BOMs and the negative days that add up on it. */
interface Way {
  readonly items: readonly string[];
  readonly days: number;
}

/** PC-13: lateness allowed on each level adds up to more than the customers wait (PN-6). */
export function* addedNegativeDays(read: PlanRead): Generator<Suspicion> {
  const customers = new CustomerLeadTimes(read);
  const ways = new LongestWays(read);
  for (const [id, nodes] of nodesByItem(read.nodes)) {
    const usual = customers.usual(id);
    if (usual === undefined || !nodes.some((node) => isFinished(node, customers))) continue;
    const way = ways.from(id);
    const adding = way.items.filter((item) => ways.negativeDays(item) > 0);
    if (adding.length < 2 || way.days <= usual) continue;
    const proposed = smallerBelow(way, usual, ways);
    const changes = new Changes(read.master);
    for (const [item, days] of proposed) {
      changes.set({ kind: 'item', id: item }, { negativeDays: days });
    }
    const settings = [...proposed].map(([item, days]) => `${item} ${days}`).join(', ');
    yield {
      rule: 'PC-13',
      subject: { kind: 'item', id },
      message: 'Negative days add up over the levels to more than the lead time of the customers.',
      values: {
        negativeDays: way.days,
        customerLeadTime: usual,
        way: adding.map((item) => `${item} ${ways.negativeDays(item)}`).join(' > '),
      },
      proposal: `smaller values low in the bill of material: negativeDays of ${settings}`,
      change: changes.records,
    };
  }
}

/** Takes days away from the bottom up until the sum is that of the customers. */
function smallerBelow(way: Way, most: number, ways: LongestWays): Map<string, number> {
  const proposed = new Map<string, number>();
  let over = way.days - most;
  for (const item of way.items.toReversed()) {
    const days = ways.negativeDays(item);
    const less = Math.min(days, over);
    if (less > 0) proposed.set(item, days - less);
    over -= less;
  }
  return proposed;
}

class LongestWays {
  readonly #read: PlanRead;
  readonly #days = new Map<string, number>();
  readonly #ways = new Map<string, Way>();

  constructor(read: PlanRead) {
    this.#read = read;
    for (const node of read.nodes) {
      const known = this.#days.get(node.item.id) ?? 0;
      const days = hasWindows(node) ? node.parameters.negativeDays : 0;
      this.#days.set(node.item.id, Math.max(known, days));
    }
  }

  negativeDays(item: string): number {
    return this.#days.get(item) ?? 0;
  }

  /** The way down from an item on which most days add up; components before parents, no calls. */
  from(start: string): Way {
    const open = [start];
    const entered = new Set<string>();
    for (let item = open.at(-1); item !== undefined; item = open.at(-1)) {
      const below = this.#componentsOf(item).filter((part) => !entered.has(part));
      entered.add(item);
      if (below.length > 0 && !this.#ways.has(item)) {
        open.push(...below.slice(0, 1));
        continue;
      }
      open.pop();
      this.#settle(item);
    }
    return this.#ways.get(start) ?? { items: [start], days: this.negativeDays(start) };
  }

  #settle(item: string): void {
    let best: Way = { items: [], days: 0 };
    for (const part of this.#componentsOf(item)) {
      const way = this.#ways.get(part);
      if (way !== undefined && way.days > best.days) best = way;
    }
    const days = this.negativeDays(item) + best.days;
    this.#ways.set(item, { items: [item, ...best.items], days });
  }

  #componentsOf(item: string): string[] {
    const { master, today } = this.#read;
    return master
      .bomsOf(item)
      .filter(({ validTo }) => validTo === undefined || validTo >= today)
      .flatMap(({ lines }) => lines.map((line) => line.item));
  }
}
