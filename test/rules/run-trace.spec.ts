import { createPlanningEngine, type RunTraceEvent } from '@tidemark/planning';
import type { ReferenceWorld } from '@tidemark/testkit';
import { foundIn, LastRuns, treeLines } from '../../apps/admin/src/commands/trace/last-runs.js';
import { WorldFeed } from '../laws/world-inputs.js';
import { pieces, purchase, sale, today } from './small-plan.js';

const world: ReferenceWorld = {
  today,
  plans: { dynamic: {} },
  items: {
    A: { decimals: 0, leadTime: 4, coverage: { code: 'requirement', orderMultiple: pieces(6) } },
    B: {
      decimals: 0,
      orderType: 'purchase',
      leadTime: 20,
      coverage: { code: 'requirement', actions: { cancel: true } },
    },
    L: { decimals: 0 },
  },
  boms: [
    { id: 'BOM-A', item: 'A', lines: [{ item: 'B', quantity: pieces(1) }] },
    { id: 'BOM-L', item: 'L', lines: [{ item: 'L', quantity: pieces(1) }] },
  ],
  transactions: [
    sale('SO-1', { item: 'A', quantity: 5, in: 10 }),
    sale('SO-2', { item: 'L', quantity: 1, in: 10 }),
    purchase('PO-1', { item: 'B', quantity: 2, in: 90 }),
  ],
};

type Mode = 'regeneration' | 'explosion';

/** What a run says, and the revision that it made. */
function runOf(mode: Mode, traced = true) {
  const runs = new LastRuns();
  const engine = createPlanningEngine(traced ? { trace: runs.take } : {});
  for (const [at, input] of new WorldFeed().opening(world, 'onRequest').entries()) {
    engine.apply(input, String(at).padStart(4, '0'));
  }
  while (engine.follow('dynamic') !== undefined);
  const of = mode === 'explosion' ? { of: 'SO-1' } : {};
  const made = engine.run({ mode, ...of }, 'run');
  if (!made.ok) throw new Error(made.failure.message);
  return { run: runs.of('dynamic'), revision: made.value };
}

function texts(run: readonly RunTraceEvent[], item: string): readonly string[] {
  return run.filter((event) => event.item === item).map(({ detail, text }) => `${detail} ${text}`);
}

describe('the trace of a run (TX-1)', () => {
  it('is one tree: every message but the first stands under an earlier one, in its place', () => {
    const { run } = runOf('regeneration');
    const places = new Map<number, number>();
    for (const [at, { event, parent, sequence }] of run.entries()) {
      expect(event).toBe(at + 1);
      expect(parent === undefined).toBe(at === 0);
      expect(parent ?? 0).toBeLessThan(event);
      expect(sequence).toBe((places.get(parent ?? 0) ?? 0) + 1);
      places.set(parent ?? 0, sequence);
    }
    expect([...treeLines(run)]).toHaveLength(run.length);
  });

  it('tells the states that each level comes to, in their order', () => {
    const { run } = runOf('regeneration');
    const states = (level: number) =>
      run
        .filter((event) => event.type === 'level' && event.level === level)
        .map(({ detail }) => detail);
    for (const level of [0, 1]) {
      expect(states(level)).toEqual(['level', 'coverage', 'delays', 'actions', 'done']);
    }
  });

  it('tells requirements, coverage, the rules of orders, delays and actions of a node', () => {
    const { run } = runOf('regeneration');
    const told = texts(run, 'A').join('\n');
    expect(told).toContain('demand SO-1 needs 5 on');
    expect(told).toMatch(/coverage 5 by p[0-9a-f]+\./u);
    expect(told).toContain('CC-8 The need, within the order maximum, minimum and multiple.');
    expect(told).toMatch(/DL-1 Order p[0-9a-f]+ waits for its components/u);
    expect(told).toMatch(/DL-2 SO-1 is met \d+ days late/u);
    expect(texts(run, 'B')).toContain('cancel cancel PO-1.');
  });

  it('tells the nodes that wait, are planned, and stand on a circle', () => {
    const { run } = runOf('regeneration');
    const statuses = (item: string) =>
      run.filter((event) => event.item === item && event.type === 'node').map((one) => one.status);
    expect(statuses('A')).toEqual(['waiting', 'planned']);
    expect(statuses('L')).toEqual(['waiting', 'circular']);
  });

  it('says the same of a node in an explosion as in a full run', () => {
    const ofNode = (mode: Mode) =>
      texts(runOf(mode).run, 'A').filter((text) => !/^(?:waiting|planned) /u.test(text));
    expect(ofNode('explosion')).toEqual(ofNode('regeneration'));
  });

  it('finds a text anywhere, with all that it stands under', () => {
    const { run } = runOf('regeneration');
    const found = foundIn(run, 'so-1');
    expect(found.length).toBeLessThan(run.length);
    const known = new Set(found.map(({ event }) => event));
    for (const { parent } of found) expect(parent === undefined || known.has(parent)).toBe(true);
    expect(found.some(({ requirement }) => requirement === 'SO-1')).toBe(true);
    expect(foundIn(run, 'nobody')).toEqual([]);
  });

  it('changes nothing: the revision is that of a run that nobody watches', () => {
    expect(runOf('regeneration').revision).toEqual(runOf('regeneration', false).revision);
  });
});
