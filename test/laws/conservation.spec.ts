import type { NodeRows, RequirementRow } from '@tidemark/planning';
import { ReferencePlanner, type StockOfNode } from '@tidemark/testkit';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, inputHistories, randomHistories } from './exact-history.js';
import { nodeName } from './order-names.js';

const usual = 20;

interface Unbalanced {
  readonly id: string;
  readonly quantity: number;
  readonly pegged: number;
  readonly left: number;
}

/** What is on hold is wholly left over, and never pegged (NE-14). */
function leftOf(row: RequirementRow): number {
  if (row.held === true) return row.quantity;
  return (row.direction === 'issue' ? row.uncovered : row.free) ?? 0;
}

/** Rows of which quantity is not what is pegged of it and what is left, or is overdrawn. */
function unbalanced({ requirements, coverage }: NodeRows): readonly Unbalanced[] {
  return requirements
    .map((row) => {
      const side = row.direction === 'issue' ? 'demand' : 'supply';
      const pegs = coverage.filter((peg) => peg[side] === row.id);
      const pegged = pegs.reduce((sum, peg) => sum + peg.quantity, 0);
      return { id: row.id, quantity: row.quantity, pegged, left: leftOf(row) };
    })
    .filter(({ quantity, pegged, left }) => left < 0 || pegged + left !== quantity);
}

/** Stock that the plan shows, by node. */
function stockShown(rows: readonly NodeRows[]): StockOfNode {
  const stock = rows
    .flatMap((node) => node.requirements)
    .filter(({ kind, quantity }) => kind === 'onHand' && quantity > 0);
  return Object.fromEntries(stock.map((row) => [nodeName(row), row.quantity]));
}

describe('conservation (law 5)', () => {
  it(
    `what is pegged and what is left are the quantity, in ${effortOf(usual, 'histories')}`,
    () => {
      let pegs = 0;
      forAll(randomHistories(), usual, (history) => {
        followed(history, ({ core, step }) => {
          const rows = core.fed.view.rowsOf();
          pegs += rows.flatMap((node) => node.coverage).length;
          const wrong = rows.flatMap(unbalanced);
          expect({ step, wrong }).toEqual({ step, wrong: [] });
        });
      });
      expect(pegs).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `stock is counts, receipts and issues folded, in ${effortOf(usual, 'histories')}`,
    () => {
      let stocked = 0;
      forAll(inputHistories(), usual, (history) => {
        const book = new ReferencePlanner(history[0]);
        followed(history, ({ core, step }) => {
          book.take(step);
          const shown = stockShown(core.fed.view.rowsOf());
          stocked += Object.keys(shown).length;
          expect({ step, shown }).toEqual({ step, shown: book.stock() });
        });
      });
      expect(stocked).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
