// One factory: its first plan, its regeneration against the reference planner of the generator in
// the same process, and its changes one by one. Coverage is stored, messages are computed.
import { factoryOf, faultOf, hashOf, load, planId, regenerate } from '../factory.mjs';
import { ascending, at, clearGarbage, figure, median, spreadOf, timed } from '../figures.mjs';
import { applyChange, changes, planInput, referencePlan } from '../gen-dataset.mjs';

const rounds = 5;
/** Changes between two comparisons with a regeneration and with the reference plan. */
const stride = 1000;

/** Data sets that must be no slower than the reference planner. */
const asFastAsReference = new Set(['seed', 'large', 'medium --hot 0.3']);
const changeMarks = { p50: 1, p99: 30 };

export function planning(dataSet, { changesTimed }) {
  const dataset = factoryOf(dataSet, changesTimed);
  const { engine, inputs } = load(dataset);
  clearGarbage();
  const first = timed(() => told(engine.follow(planId)));
  const fault = faultOf(engine, planInput(dataset));
  const about = { dataSet, hash: hashOf(engine), ...(fault === undefined ? {} : { void: fault }) };
  const rows = first.value.revision.counters.rowsComputed;
  return [
    figure('nodes', engine.view(planId).nodes().length, '', about),
    figure('rows', rows, '', about),
    figure('first plan, all lines told', first.cpu, 'ms CPU', about),
    ...regenerations(engine, planInput(dataset), about),
    figure('heap with the plan', heapMegabytes(), 'MB', about),
    ...(changesTimed > 0 ? changesOf({ dataset, engine, inputs, about }) : []),
  ];
}

/** Medians of five, in turn, after one of each to warm up. */
function regenerations(engine, state, about) {
  const mine = [];
  const theirs = [];
  let differing = 0;
  for (let round = 0; round <= rounds; round += 1) {
    clearGarbage();
    const reference = timed(() => referencePlan(state));
    clearGarbage();
    const own = timed(() => regenerate(engine));
    differing += own.value.nodes.length;
    if (round === 0) continue;
    theirs.push(reference.cpu);
    mine.push(own.cpu);
  }
  const checked =
    differing === 0 ? about : { void: `${differing} nodes differ when planned again`, ...about };
  const ratio = median(mine) / median(theirs);
  const mark = asFastAsReference.has(about.dataSet) ? { mark: { most: 1 }, isRatio: true } : {};
  return [
    figure('regeneration', median(mine), 'ms CPU', { ...checked, spread: spreadOf(mine) }),
    figure('referencePlan', median(theirs), 'ms CPU', { ...about, spread: spreadOf(theirs) }),
    figure('regeneration / referencePlan', ratio, 'ratio', { ...checked, ...mark }),
  ];
}

/** Puts every changed line of a revision into words, as whoever appends it does. */
function told(revision) {
  let lines = 0;
  for (const { orders, requirements, coverage, messages } of revision?.nodes ?? []) {
    lines += orders.length + requirements.length + coverage.length + messages.length;
  }
  return { revision, lines };
}

/**
 * Each change alone until the exact plan is computed: applied and followed, before any append; and
 * until all its lines are told.
 */
function changesOf({ dataset, engine, inputs, about }) {
  const state = planInput(dataset);
  const cpu = [];
  const wall = [];
  const cpuTold = [];
  const work = { nodes: 0, rows: 0, nodesMost: 0 };
  let fault = about.void;
  for (const event of changes(dataset)) {
    applyChange(state, event);
    const made = inputs.change(event);
    const change = timed(() => {
      for (const input of made) engine.apply(input, String(event.seq));
      return engine.follow(planId);
    });
    cpu.push(change.cpu);
    wall.push(change.wall);
    cpuTold.push(change.cpu + timed(() => told(change.value)).cpu);
    const counters = change.value?.counters;
    work.nodes += counters?.nodesVisited ?? 0;
    work.nodesMost = Math.max(work.nodesMost, counters?.nodesVisited ?? 0);
    work.rows += counters?.rowsComputed ?? 0;
    if (cpu.length % stride === 0) fault ??= differenceOf(engine, state, cpu.length);
  }
  fault ??= differenceOf(engine, state, cpu.length);
  const checked = {
    dataSet: about.dataSet,
    hash: hashOf(engine),
    ...(fault === undefined ? {} : { void: fault }),
  };
  return figuresOfChanges({ cpu, wall, cpuTold, work, checked });
}

function differenceOf(engine, state, count) {
  const fault = faultOf(engine, state);
  if (fault !== undefined) return `after ${count} changes ${fault}`;
  const differing = regenerate(engine).nodes.length;
  return differing === 0
    ? undefined
    : `after ${count} changes ${differing} nodes differ from a regeneration`;
}

function figuresOfChanges({ cpu, wall, cpuTold, work, checked }) {
  const of = `one of ${cpu.length} changes`;
  const marks = checked.dataSet === 'medium' ? changeMarks : {};
  const row = (name, times, part) =>
    figure(`${of}, ${name}`, at(ascending(times), part), 'ms CPU', {
      ...checked,
      ...(marks[name] === undefined ? {} : { mark: { most: marks[name] } }),
    });
  const mean = cpu.reduce((sum, time) => sum + time, 0) / cpu.length;
  return [
    row('p50', cpu, 0.5),
    row('p90', cpu, 0.9),
    row('p99', cpu, 0.99),
    figure(`${of}, mean`, mean, 'ms CPU', { ...checked, spread: spreadOf(cpu) }),
    row('p50 with all lines told', cpuTold, 0.5),
    row('p99 with all lines told', cpuTold, 0.99),
    figure(`${of}, p50 by the clock`, at(ascending(wall), 0.5), 'ms', checked),
    figure(`${of}, p99 by the clock`, at(ascending(wall), 0.99), 'ms', checked),
    figure(`${of}, nodes visited`, work.nodes / cpu.length, 'mean', {
      ...checked,
      spread: { least: 0, most: work.nodesMost },
    }),
    figure(`${of}, rows computed`, work.rows / cpu.length, 'mean', checked),
  ];
}

function heapMegabytes() {
  clearGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
