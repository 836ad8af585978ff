import { parseQuantity } from '@tidemark/kernel';
import { phases, type Moment } from './moments.js';

const isPosted: Readonly<Record<string, boolean>> = { sold: true, deducted: true, received: true };

interface Posted {
  readonly item: string;
  readonly direction: 'issue' | 'receipt';
  readonly quantity: string;
  readonly status: string;
}

/**
 * The least opening stock with which no item goes below 0 in the history, in millionths by item.
 * The source does not tell the stock at the start; this is the smallest one that its own orders
 * allow, and nothing of it comes from the counts at the end.
 */
export function leastOpeningStock(ordered: readonly Moment[]): ReadonlyMap<string, number> {
  const stock = new Map<string, number>();
  const lowest = new Map<string, number>();
  for (const moment of ordered) {
    if (moment.phase === phases.placed) continue;
    for (const { data } of moment.events()) {
      if (!isPosting(data)) continue;
      const quantity = parseQuantity(data.quantity);
      const moved = quantity.ok ? quantity.value : 0;
      const now = (stock.get(data.item) ?? 0) + (data.direction === 'issue' ? -moved : moved);
      stock.set(data.item, now);
      if (now < (lowest.get(data.item) ?? 0)) lowest.set(data.item, now);
    }
  }
  return new Map([...lowest].map(([item, low]) => [item, -low]));
}

function isPosting(data: object): data is Posted {
  return 'status' in data && typeof data.status === 'string' && isPosted[data.status] === true;
}
