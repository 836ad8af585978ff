import { planDayOf, type Dimensions } from '@tidemark/kernel';
import { decisionWeights, Dice, type PromiseRequest, type ReferenceWorld } from '@tidemark/testkit';
import { effortOf, forAll, timeFor } from './effort.js';
import { planId } from './fed-engine.js';
import { expectEqualRuns, factWeights, forAllItems, rounds, type Pair } from './mode-rounds.js';

const usual = 6;
const unit = 1_000_000;

type Settings = NonNullable<NonNullable<ReferenceWorld['items']>[string]['coverage']>;

/** The world with more settings at each item; `settingsOf` is told its place among them. */
function withSettings(world: ReferenceWorld, settingsOf: (at: number) => Settings): ReferenceWorld {
  const items = Object.entries(world.items ?? {}).map(([id, item], at) => {
    return [id, { ...item, coverage: { ...item.coverage, ...settingsOf(at) } }] as const;
  });
  return { ...world, items: Object.fromEntries(items) };
}

/** Many orders are inside the firming fence, those of components below others among them. */
function firming(world: ReferenceWorld): ReferenceWorld {
  return withSettings(world, (at) => (at % 3 === 2 ? {} : { firmingFence: 3 + ((at * 5) % 23) }));
}

function keeping(world: ReferenceWorld): ReferenceWorld {
  const plan = { ...world.plans?.['dynamic'], keepSupplyForConfirmedDemand: true };
  return { ...world, plans: { dynamic: plan } };
}

const atpSettings: readonly Settings['atp'][] = [
  undefined,
  { horizon: 20 },
  { backwardDemand: 1, backwardSupply: 2, offset: 1 },
  { backwardDemand: 0, offset: 3, horizon: 40 },
];

function promising(world: ReferenceWorld): ReferenceWorld {
  return withSettings(world, (at) => ({ atp: atpSettings[at % atpSettings.length] }));
}

const weights = { ...factWeights, ...forAllItems, ...decisionWeights };
const modes = ['regeneration', 'netChange'] as const;

describe.each(modes)('%s equals its naive reference (law 4)', (mode) => {
  it(
    `where the firming fence reaches far (TF-3), in ${effortOf(usual, 'histories')}`,
    () => {
      let firmed = 0;
      forAll(rounds(weights), usual, ([world, given]) => {
        expectEqualRuns(mode, [firming(world), given], ({ core }) => {
          firmed += core.standing().firmed.filter(({ type }) => type === 'productionLine').length;
        });
      });
      expect(firmed).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `where supply is kept for confirmed demand (MO-19), in ${effortOf(usual, 'histories')}`,
    () => {
      let orders = 0;
      forAll(rounds(weights), usual, ([world, given]) => {
        orders += expectEqualRuns(mode, [keeping(world), given]);
      });
      expect(orders).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});

const methods = ['atp', 'atpIssueMargin', 'ctp'] as const;

/** A question about any item, place and day from today on. */
function randomQuestion({ story }: Pair, dice: Dice): PromiseRequest {
  const { id, colored, stored } = dice.pick(story.places);
  const dimensions = {
    ...(colored ? { color: dice.pick(['green', 'white']) } : {}),
    ...(stored ? { warehouse: dice.pick(['W0', 'W1']) } : {}),
  };
  return {
    id: 'question',
    item: id,
    dimensions,
    quantity: dice.between(1, 40) * unit,
    date: story.today + dice.between(0, 50),
    method: dice.pick(methods),
  };
}

function expectSamePromise({ core, book }: Pair, request: PromiseRequest): number {
  const { date, dimensions, ...more } = request;
  const place = JSON.parse(JSON.stringify(dimensions ?? {})) as Dimensions;
  const asked = { ...more, date: planDayOf(date), plan: planId, dimensions: place };
  const before = core.lines();
  const answer = core.fed.engine.promise(asked);
  expect(core.lines()).toEqual(before);
  const day = book.promise(request);
  expect({ request, answer }).toMatchObject({
    request,
    answer: { ok: true, value: { date: day } },
  });
  return day - date;
}

describe('a promise', () => {
  it(
    `is the day by the book and leaves the plan (PR-1..PR-4), in ${effortOf(usual, 'histories')}`,
    () => {
      let later = 0;
      forAll(rounds(weights), usual, ([world, given]) => {
        expectEqualRuns('netChange', [promising(world), given], (pair, seed) => {
          const dice = new Dice(seed);
          for (let asked = 0; asked < 8; asked += 1) {
            later += expectSamePromise(pair, randomQuestion(pair, dice));
          }
        });
      });
      expect(later).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
