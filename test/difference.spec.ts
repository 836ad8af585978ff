import { planDayOf } from '@tidemark/kernel';
import { createPlanningEngine, type PlanningEngine, type PlanningInput } from '@tidemark/planning';
import { DatasetInputs } from './bench/dataset-inputs.js';
import { changes, events, generate, parseArgs } from './bench/gen-dataset.mjs';
import { ShownRows } from './shown-rows.js';
import { SmallWorld, smallPlan, smallToday } from './small-world.js';

/** A reader that follows one plan through everything that is put in. */
class Reader {
  readonly engine: PlanningEngine = createPlanningEngine();
  readonly shown = new ShownRows();
  #position = 0;

  put(...inputs: readonly PlanningInput[]): void {
    for (const input of inputs) this.engine.apply(input, String((this.#position += 1)));
    const revision = this.engine.follow('dynamic');
    if (revision !== undefined) this.shown.take(revision);
  }

  run(mode: 'regeneration' | 'netChange'): void {
    const run = this.engine.run({ plan: 'dynamic', mode }, String((this.#position += 1)));
    if (!run.ok) throw new Error(run.failure.message);
    this.shown.take(run.value);
  }

  decide(command: Parameters<PlanningEngine['decide']>[0]): void {
    const decisions = this.engine.decide(command);
    if (!decisions.ok) throw new Error(decisions.failure.message);
    this.put(...decisions.value.map((decision): PlanningInput => ({ kind: 'decision', decision })));
  }

  /** What the reader holds otherwise than the plan, and differences that did not fit. */
  wrong(): string[] {
    const view = this.engine.view('dynamic');
    return [
      ...this.shown.misfits,
      ...(view === undefined ? ['no plan'] : this.shown.differing(view)),
    ];
  }

  firstOrder(item: string, at = 0): string {
    const orders = this.engine
      .view('dynamic')
      ?.rowsOf(item)
      .flatMap((rows) => rows.orders);
    return orders?.[at]?.id ?? '';
  }
}

describe('the difference of a revision', () => {
  it('leads from each plan of a factory to the next, line by line', () => {
    const size = ['--items', '40', '--levels', '4', '--demands', '150', '--changes', '40'];
    const dataset = generate(parseArgs(size));
    const inputs = new DatasetInputs();
    const reader = new Reader();
    const opening: PlanningInput[] = [];
    for (const event of events(dataset)) {
      if (event.type === 'SnapshotEnded') break;
      opening.push(...inputs.snapshot(event));
    }
    reader.put(...opening, ...inputs.end());
    expect(reader.wrong()).toEqual([]);
    expect(reader.shown.size).toBeGreaterThan(500);
    for (const event of changes(dataset)) {
      reader.put(...inputs.change(event));
      expect(reader.wrong()).toEqual([]);
    }
  });

  it.each([1, 2, 3, 4])('leads through random changes of a small world (seed %i)', (seed) => {
    const world = new SmallWorld(seed);
    const reader = new Reader();
    reader.put(...world.opening());
    expect(reader.wrong()).toEqual([]);
    for (let step = 0; step < 60; step += 1) {
      reader.put(...world.change());
      expect(reader.wrong()).toEqual([]);
    }
    expect(reader.shown.size).toBeGreaterThan(20);
  });

  it('tells orders that were kept, let go and firmed', () => {
    const world = new SmallWorld(5);
    const reader = new Reader();
    reader.put(...world.opening());
    reader.decide({ kind: 'approve', order: reader.firstOrder('table') });
    expect(reader.wrong()).toEqual([]);
    reader.decide({ kind: 'approve', order: reader.firstOrder('table', 1) });
    reader.decide({ kind: 'unapprove', order: reader.firstOrder('table') });
    expect(reader.wrong()).toEqual([]);
    reader.decide({ kind: 'firm', order: reader.firstOrder('table') });
    expect(reader.wrong()).toEqual([]);
  });

  it('tells what a plan with other settings shows otherwise', () => {
    const world = new SmallWorld(6);
    const reader = new Reader();
    reader.put(...world.opening());
    reader.put({
      kind: 'planDefined',
      plan: { ...smallPlan, setRequirementDateToDelayedDate: true },
    });
    expect(reader.wrong()).toEqual([]);
    reader.put({ kind: 'day', day: planDayOf(smallToday + 3) });
    expect(reader.wrong()).toEqual([]);
    reader.run('regeneration');
    expect(reader.wrong()).toEqual([]);
  });

  it('tells net changes, where pegs of one pair may lie apart', () => {
    const world = new SmallWorld(7);
    const reader = new Reader();
    const [...opening] = world.opening();
    reader.put(...opening, {
      kind: 'planDefined',
      plan: { ...smallPlan, continuity: 'netChange' },
    });
    for (let step = 0; step < 40; step += 1) {
      reader.put(...world.change());
      expect(reader.wrong()).toEqual([]);
    }
    reader.run('netChange');
    expect(reader.wrong()).toEqual([]);
  });
});
