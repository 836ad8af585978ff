// The cost of one item in its rows: all sales orders on one end item, from 1,000 to 32,000.
import { factoryOf, faultOf, hashOf, load, planId, regenerate } from '../factory.mjs';
import { clearGarbage, exponentOf, figure, median, spreadOf, timed } from '../figures.mjs';
import { applyChange, changes, planInput } from '../gen-dataset.mjs';

const sizes = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const roundsMin = 7;
const exponentMost = 1.3;

/** The hot item gathers its needs by period with seed 1; with seed 4 each need is an order. */
const seeds = [1, 4];

export function rowsOfOneItem() {
  return seeds.flatMap((seed) => {
    const measured = sizes.map((size) => measure(size, seed));
    const dataSet = `${nameOf('n', seed)}`;
    const fault = measured.find((one) => one.fault !== undefined)?.fault;
    const about = { dataSet, ...(fault === undefined ? {} : { void: fault }) };
    const mark = { mark: { most: exponentMost }, isRatio: true };
    const points = (cost) => measured.map((one) => ({ size: one.rows, cost: one[cost].cpu }));
    return [
      ...measured.map(({ size, rows, regeneration, hash }) =>
        figure(`regeneration, ${size} lines, ${rows} rows`, regeneration.cpu, 'ms CPU', {
          dataSet: nameOf(size, seed),
          hash,
          spread: regeneration.spread,
        }),
      ),
      figure('exponent of a regeneration in rows', exponentOf(points('regeneration')), 'ratio', {
        ...about,
        ...mark,
      }),
      figure('exponent of a change in rows', exponentOf(points('change')), 'ratio', {
        ...about,
        ...mark,
      }),
    ];
  });
}

function nameOf(size, seed) {
  return `small --items 100 --levels 3 --demands ${size} --hot 1 --seed ${seed}`;
}

function measure(size, seed) {
  const dataset = factoryOf(nameOf(size, seed), roundsMin * 4);
  const { engine, inputs } = load(dataset);
  const rows = engine.follow(planId).counters.rowsComputed;
  const hash = hashOf(engine);
  const state = planInput(dataset);
  const fault = faultOf(engine, state);
  const regeneration = repeated(() => regenerate(engine));
  const times = [];
  for (const event of changes(dataset)) {
    applyChange(state, event);
    const made = inputs.change(event);
    if (!event.type.startsWith('SalesOrder')) {
      for (const input of made) engine.apply(input, '3');
      engine.follow(planId);
      continue;
    }
    const change = timed(() => {
      for (const input of made) engine.apply(input, '3');
      engine.follow(planId);
    });
    times.push(change.cpu);
  }
  const change = { cpu: median(times) };
  return { size, rows, hash, regeneration, change, fault: fault ?? faultOf(engine, state) };
}

/** The median of several rounds, as many as give a time that can be told. */
function repeated(action) {
  const times = [];
  for (let round = 0; round <= roundsMin; round += 1) {
    clearGarbage();
    const { cpu } = timed(action);
    if (round > 0) times.push(cpu);
  }
  return { cpu: median(times), spread: spreadOf(times) };
}
