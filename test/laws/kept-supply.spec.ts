import type { Decision, PlanningInput } from '@tidemark/planning';
import type { ReferenceWorld, Step } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, inputHistories, withoutDayFences } from './exact-history.js';
import { plannedAtOnce, type FedEngine } from './fed-engine.js';
import { differenceOf } from './plan-lines.js';

const usual = 20;
const unit = 1_000_000;

/** Exact plans that keep supply, and places with calendars; a day that passes freezes (TF-2). */
function keeping(world: ReferenceWorld): ReferenceWorld {
  const plan = withoutDayFences(world).plans?.['dynamic'];
  const places = { coverageCalendar: 'week', warehouseCalendar: 'odd', vendorCalendar: 'odd' };
  return {
    ...world,
    coverageGroups: { G1: { ...world.coverageGroups?.['G1'], ...places } },
    plans: { dynamic: { ...plan, keepSupplyForConfirmedDemand: true } },
  };
}

type SupplyKept = Extract<Decision, { kind: 'supplyKept' }>;

function keptIn(inputs: readonly PlanningInput[]): readonly SupplyKept[] {
  return inputs.flatMap((input) =>
    input.kind === 'decision' && input.decision.kind === 'supplyKept' ? [input.decision] : [],
  );
}

function expectRegenerated({ fed }: CorePlanner, step: Step): void {
  const difference = differenceOf(plannedAtOnce(fed.inputs).rows(), fed.rows());
  expect({ step, difference }).toEqual({ step, difference: [] });
}

/** More open sales issues of every item, needed first of all, that nobody confirmed. */
function rivals(world: ReferenceWorld): readonly Step[] {
  return Object.keys(world.items ?? {}).map((item, at) => ({
    change: [
      {
        upsert: {
          id: `rival-${at}`,
          item,
          direction: 'issue' as const,
          type: 'salesOrder' as const,
          quantity: 50 * unit,
          date: 20_000,
        },
      },
    ],
  }));
}

interface PegFigures {
  readonly demand: string;
  readonly supply: string;
  readonly quantity: number;
}

function textOf({ demand, supply, quantity }: PegFigures): string {
  return `${demand} from ${supply}: ${quantity}`;
}

function pegsOf({ view }: FedEngine): ReadonlySet<string> {
  return new Set(view.rowsOf().flatMap(({ coverage }) => coverage.map(textOf)));
}

describe('supply kept for confirmed demand on an exact plan (MO-19)', () => {
  it(
    `is recorded, and the plan equals a regeneration with it, in ${effortOf(usual, 'histories')}`,
    () => {
      let kept = 0;
      forAll(inputHistories(), usual, ([world, happenings]) => {
        const core = followed([keeping(world), happenings], ({ core: at, step }) =>
          expectRegenerated(at, step),
        );
        kept += keptIn(core.fed.inputs).length;
        for (const image of core.openImages()) {
          if (image.direction === 'receipt' || image.confirmedDate === undefined) continue;
          const step = { change: [{ upsert: { ...image, confirmedDate: undefined } }] };
          core.take(step);
          expectRegenerated(core, step);
        }
        expect(core.fed.engine.decideConfirmed()).toEqual([]);
      });
      expect(kept).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `leaves every peg of the chain, whoever else needs something, in ${effortOf(usual, 'worlds')}`,
    () => {
      let pegs = 0;
      forAll(inputHistories({ from: 0, to: 0 }), usual, ([world]) => {
        const core = new CorePlanner(keeping(world));
        const kept = keptIn(core.fed.inputs).flatMap((decision) => decision.pegs);
        for (const rival of rivals(world)) core.take(rival);
        const standing = pegsOf(core.fed);
        expect(kept.filter((peg) => !standing.has(textOf(peg)))).toEqual([]);
        pegs += kept.length;
      });
      expect(pegs).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
