import type { InventoryTransaction } from '@tidemark/inventory';
import { noDimensions, planDayOf, quantityOf, unit } from '@tidemark/kernel';
import type { Decision, PlanningInput } from '@tidemark/planning';
import { randomWorld, type ReferenceWorld } from '@tidemark/testkit';
import { FedEngine } from './fed-engine.js';
import { RandomHistory } from './random-history.js';

const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);
const histories = Math.ceil(Number(process.env['TIDEMARK_WORLDS'] ?? 30) / 2);
const changes = 20;

/** Exact plans that keep supply, and places with calendars; a day that passes freezes (TF-2). */
function keeping(world: ReferenceWorld): ReferenceWorld {
  const settings = { keepSupplyForConfirmedDemand: true, overrides: { freezingFence: 0 } };
  const places = { coverageCalendar: 'week', warehouseCalendar: 'odd', vendorCalendar: 'odd' };
  const coverageGroups = { G1: { ...world.coverageGroups?.['G1'], ...places } };
  return {
    ...world,
    coverageGroups,
    plans: { dynamic: { ...world.plans?.['dynamic'], ...settings } },
  };
}

/** Every other sales issue is confirmed for its own date. */
function confirmed(input: PlanningInput): PlanningInput {
  if (input.kind !== 'entry') return input;
  const { assert, retract, ...entry } = input.entry;
  return {
    kind: 'entry',
    entry: {
      ...entry,
      ...(retract === undefined ? {} : { retract: withPromise(retract) }),
      ...(assert === undefined ? {} : { assert: withPromise(assert) }),
    },
  };
}

function withPromise(image: InventoryTransaction): InventoryTransaction {
  const promised = image.type === 'salesOrder' && /[02468]$/u.test(image.id);
  return promised ? { ...image, confirmedDate: image.date } : image;
}

/** Feeds inputs, follows, records what confirmed demand keeps, follows again: all that was fed. */
function settle(fed: FedEngine, inputs: readonly PlanningInput[]): readonly PlanningInput[] {
  fed.feed(inputs);
  fed.follow();
  const decisions = fed.engine
    .decideConfirmed()
    .map((decision): PlanningInput => ({ kind: 'decision', decision }));
  fed.feed(decisions);
  fed.follow();
  return [...inputs, ...decisions];
}

/** Every open image that was confirmed loses its date, and nothing else changes. */
function unconfirmed(inputs: readonly PlanningInput[]): readonly PlanningInput[] {
  const last = new Map<string, PlanningInput & { kind: 'entry' }>();
  for (const input of inputs) {
    if (input.kind !== 'entry') continue;
    const { assert, retract } = input.entry;
    if (retract !== undefined) last.delete(retract.id);
    if (assert?.confirmedDate !== undefined && assert.direction === 'issue') {
      last.set(assert.id, input);
    }
  }
  return [...last.values()].flatMap(({ entry }): PlanningInput[] => {
    const { confirmedDate: _, ...assert } = entry.assert ?? {};
    if (entry.assert === undefined) return [];
    const image = assert as InventoryTransaction;
    return [
      { kind: 'entry', entry: { ...entry, postings: [], retract: entry.assert, assert: image } },
    ];
  });
}

function keptIn(inputs: readonly PlanningInput[]): Decision[] {
  return inputs.flatMap((input) =>
    input.kind === 'decision' && input.decision.kind === 'supplyKept' ? [input.decision] : [],
  );
}

describe('supply kept for confirmed demand on an exact plan (MO-19)', () => {
  it(`is recorded, and the plan equals a regeneration with it (law 3), from seed ${seed}`, () => {
    let kept = 0;
    for (let at = seed; at < seed + histories; at += 1) {
      const history = new RandomHistory(keeping(randomWorld(at)), at);
      const fed = new FedEngine();
      const inputs = [...settle(fed, history.opening().map(confirmed))];
      for (let count = 1; count <= changes; count += 1) {
        const step = history.step();
        inputs.push(...settle(fed, step.inputs.map(confirmed)));
        const regenerated = new FedEngine();
        regenerated.feed(inputs);
        regenerated.follow();
        const rows = { seed: at, count, what: step.what, rows: fed.rows() };
        expect(rows).toEqual({ ...rows, rows: regenerated.rows() });
      }
      kept += keptIn(inputs).length;
      inputs.push(...settle(fed, unconfirmed(inputs)));
      const regenerated = new FedEngine();
      regenerated.feed(inputs);
      regenerated.follow();
      const rows = { seed: at, what: 'nothing is confirmed', rows: fed.rows() };
      expect(rows).toEqual({ ...rows, rows: regenerated.rows() });
      expect(fed.engine.decideConfirmed()).toEqual([]);
    }
    expect(kept).toBeGreaterThan(histories);
  });

  it('leaves every peg of the chain as it was decided, whoever else needs something', () => {
    let pegs = 0;
    for (let at = seed; at < seed + histories; at += 1) {
      const history = new RandomHistory(keeping(randomWorld(at)), at);
      const fed = new FedEngine();
      const kept = keptIn(settle(fed, history.opening().map(confirmed))).flatMap((decision) =>
        decision.kind === 'supplyKept' ? decision.pegs : [],
      );
      fed.feed(rivals(history));
      fed.follow();
      const standing = pegsOf(fed);
      const lost = kept.filter((peg) => !standing.has(textOf(peg)));
      expect({ seed: at, lost }).toEqual({ seed: at, lost: [] });
      pegs += kept.length;
    }
    expect(pegs).toBeGreaterThan(0);
  });
});

/** More open sales issues of every item, needed first of all, that nobody confirmed. */
function rivals(history: RandomHistory): PlanningInput[] {
  return history.places().map(({ id }, at): PlanningInput => {
    const { assert, entry } = rivalOf(id, at);
    return { kind: 'entry', entry: { ...entry, assert } };
  });
}

function rivalOf(item: string, at: number) {
  const assert: InventoryTransaction = {
    company: 'demo',
    id: `rival-${at}`,
    item,
    direction: 'issue',
    type: 'salesOrder',
    status: 'onOrder',
    quantity: quantityOf(50 * unit),
    date: planDayOf(20_000),
    dimensions: noDimensions,
    reservationMode: 'manual',
    hold: false,
  };
  const cause = { kind: 'transaction' as const, source: 'world', id: assert.id, version: 1 };
  return { assert, entry: { company: 'demo', item, sequence: 10_000, cause, postings: [] } };
}

interface PegFigures {
  readonly demand: string;
  readonly supply: string;
  readonly quantity: number;
}

function textOf({ demand, supply, quantity }: PegFigures): string {
  return `${demand} from ${supply}: ${quantity}`;
}

function pegsOf(fed: FedEngine): ReadonlySet<string> {
  const nodes = fed.engine.view('dynamic')?.rowsOf() ?? [];
  return new Set(nodes.flatMap(({ coverage }) => coverage.map(textOf)));
}
