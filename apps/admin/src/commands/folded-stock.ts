import { logBatches, type EventStore } from '@tidemark/streams';
import { companyPrefix, decodeStored } from '@tidemark/wire';

/** The stock that the journals of a company fold to, in millionths by item. */
export async function foldedStock(
  store: EventStore,
  company: string,
): Promise<ReadonlyMap<string, number>> {
  const stock = new Map<string, number>();
  const streamPrefixes = [`${companyPrefix('journal', company)}/`];
  for await (const { events } of logBatches(store, { streamPrefixes })) {
    for (const event of events) {
      const meaning = decodeStored(event);
      if (meaning.kind !== 'entry') continue;
      const { item, postings } = meaning.entry;
      for (const { quantity } of postings) stock.set(item, (stock.get(item) ?? 0) + quantity);
    }
  }
  return stock;
}
