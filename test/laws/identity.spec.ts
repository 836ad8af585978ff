import type { OrderRow } from '@tidemark/planning';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, randomHistories } from './exact-history.js';
import { nodeName } from './order-names.js';

const usual = 30;

/** What an order's id is made of (MO-14). */
function contentOf(order: OrderRow): string {
  return JSON.stringify([nodeName(order), order.opener, order.ordinal]);
}

describe('identity is content (law 7)', () => {
  it(
    `node, opener and number have one id, in all ${effortOf(usual, 'histories')}`,
    () => {
      const idOf = new Map<string, string>();
      const contentsOf = new Map<string, string>();
      forAll(randomHistories(), usual, (history) => {
        followed(history, ({ core }) => {
          for (const order of core.fed.view.rowsOf().flatMap((node) => node.orders)) {
            if (order.ordinal === 0) continue;
            const content = contentOf(order);
            expect(idOf.get(content) ?? order.id).toBe(order.id);
            expect(contentsOf.get(order.id) ?? content).toBe(content);
            idOf.set(content, order.id);
            contentsOf.set(order.id, content);
          }
        });
      });
      expect(idOf.size).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `an order that was firmed is never proposed again, in ${effortOf(usual, 'histories')}`,
    () => {
      let firmings = 0;
      forAll(randomHistories(), usual, (history) => {
        const firmed = new Set<string>();
        followed(history, ({ core }) => {
          for (const { id, type } of core.standing().firmed) {
            if (type !== 'productionLine' && type !== 'transferOrder') firmed.add(id.slice(5));
          }
          firmings += firmed.size;
          const again = core.standing().orders.filter(({ name }) => firmed.has(name));
          expect(again).toEqual([]);
        });
      });
      expect(firmings).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
