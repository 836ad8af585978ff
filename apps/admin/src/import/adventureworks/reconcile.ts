import { compareText, formatQuantity } from '@tidemark/kernel';

/** An item whose folded stock is not what the source counted. */
export interface StockDifference {
  readonly kind: 'difference';
  readonly code: 'STOCK_DIFFERS';
  readonly item: string;
  /** What the events add up to. */
  readonly folded: string;
  /** The sum of on_hand.csv over its locations; `0` where the file does not name the item. */
  readonly counted: string;
  readonly difference: string;
}

export interface Reconciliation {
  readonly items: number;
  readonly equal: number;
  readonly differences: readonly StockDifference[];
}

/** Compares the stock that the log folds to with the counts of the source, item by item. */
export function reconcile(
  folded: ReadonlyMap<string, number>,
  counted: ReadonlyMap<string, number>,
): Reconciliation {
  const items = [...new Set([...folded.keys(), ...counted.keys()])].toSorted(compareText);
  const differences = items.flatMap((item): StockDifference[] => {
    const inLog = folded.get(item) ?? 0;
    const inSource = counted.get(item) ?? 0;
    if (inLog === inSource) return [];
    return [
      {
        kind: 'difference',
        code: 'STOCK_DIFFERS',
        item,
        folded: formatQuantity(inLog),
        counted: formatQuantity(inSource),
        difference: formatQuantity(inLog - inSource),
      },
    ];
  });
  return { items: items.length, equal: items.length - differences.length, differences };
}
