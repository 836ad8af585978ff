// Times of the planning core and of the way in. Ratios are asserted, never times: a machine may be
// slow, but a change must stay far cheaper than a regeneration.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlanningEngine } from '@tidemark/planning';
import { openEmbedded } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import { createIntake, createPlanner } from '@tidemark/runtime';
import { DatasetInputs } from './dataset-inputs.js';
import { ordersOf } from './engine-orders.js';
import { changes, events, generate, parseArgs, planHash } from './gen-dataset.mjs';

const changesTimed = 1000;
const usual = ['small', 'seed'];

/** A change must cost less than this part of a regeneration, at the median. */
const partOfRegeneration = 1 / 20;

const usage = `npm run bench -- [preset...] [--json]

Presets: small, seed, medium, large (default: ${usual.join(', ')}).
Exit code 1 if a change costs more than 1/20 of a regeneration at the median, or if the plan after
the changes is not the plan of a regeneration.`;

export async function bench(args) {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const json = args.includes('--json');
  const named = args.filter((arg) => !arg.startsWith('--'));
  const rows = [];
  for (const preset of named.length === 0 ? usual : named) rows.push(coreOf(preset));
  for (const row of rows) if (!json) printCore(row);
  const way = [await wayIn('memory'), await wayIn('embedded')];
  if (json) console.log(JSON.stringify({ core: rows, way }, undefined, 2));
  else for (const row of way) printWay(row);
  const faults = rows.flatMap(faultsOf);
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

function coreOf(preset) {
  const dataset = generate(parseArgs(['--preset', preset, '--changes', String(changesTimed)]));
  const { engine, inputs } = load(dataset);
  const first = timed(() => engine.follow('dynamic'));
  const again = timed(() => engine.run({ plan: 'dynamic', mode: 'regeneration' }, '2'));
  const times = [];
  let visited = 0;
  let rowsComputed = 0;
  for (const event of changes(dataset)) {
    const change = timed(() => {
      for (const input of inputs.change(event)) engine.apply(input, String(event.seq));
      return engine.follow('dynamic');
    });
    times.push(change.milliseconds);
    visited += change.value?.counters.nodesVisited ?? 0;
    rowsComputed += change.value?.counters.rowsComputed ?? 0;
  }
  times.sort((left, right) => left - right);
  const followed = planHash(ordersOf(engine.view('dynamic')));
  const last = engine.run({ plan: 'dynamic', mode: 'regeneration' }, '3');
  return {
    preset,
    nodes: engine.view('dynamic').nodes().length,
    rows: first.value.counters.rowsComputed,
    firstRegeneration: first.milliseconds,
    regeneration: again.milliseconds,
    change: {
      p50: at(times, 0.5),
      p90: at(times, 0.9),
      p99: at(times, 0.99),
      mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    },
    nodesPerChange: visited / times.length,
    rowsPerChange: rowsComputed / times.length,
    equal: last.ok && last.value.nodes.length === 0,
    planHash: followed,
    heapMegabytes: process.memoryUsage().heapUsed / 2 ** 20,
  };
}

function load(dataset) {
  const inputs = new DatasetInputs();
  const engine = createPlanningEngine();
  for (const event of events(dataset)) {
    if (event.type === 'SnapshotEnded') break;
    for (const input of inputs.snapshot(event)) engine.apply(input, '1');
  }
  for (const input of inputs.end()) engine.apply(input, '1');
  return { engine, inputs };
}

function timed(action) {
  const start = performance.now();
  const value = action();
  return { value, milliseconds: performance.now() - start };
}

function at(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function faultsOf({ preset, change, regeneration, equal }) {
  const faults = [];
  if (change.p50 > regeneration * partOfRegeneration) {
    faults.push(`${preset}: a change takes ${share(change.p50, regeneration)} of a regeneration.`);
  }
  if (!equal) faults.push(`${preset}: the plan after the changes is not that of a regeneration.`);
  return faults;
}

function share(part, whole) {
  return `1/${Math.max(1, Math.round(whole / part))}`;
}

function printCore(row) {
  const ms = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
  console.log(
    `${row.preset}: ${row.nodes} nodes, ${row.rows} rows; ` +
      `first plan ${ms(row.firstRegeneration)}, regeneration ${ms(row.regeneration)}`,
  );
  const { p50, p90, p99, mean } = row.change;
  console.log(
    `  one change p50 ${ms(p50)}, p90 ${ms(p90)}, p99 ${ms(p99)}, mean ${ms(mean)} ` +
      `(${share(p50, row.regeneration)} of a regeneration at p50); ` +
      `${row.nodesPerChange.toFixed(1)} nodes, ${row.rowsPerChange.toFixed(0)} rows visited; ` +
      `equal to a regeneration: ${row.equal ? 'yes' : 'NO'}; heap ${row.heapMegabytes.toFixed(0)} MB`,
  );
}

const itemCount = 200;
const eventsSent = 20_000;
const batchSize = 500;

/** Events through the way in until they are in the log, and single changes until planned. */
async function wayIn(kind) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const opened = kind === 'embedded' ? await openEmbedded({ folder }) : undefined;
  const store = opened?.events ?? openMemoryEventStore();
  const clock = { now: () => Date.now() };
  const intake = createIntake({ store, clock });
  const planner = createPlanner({
    store,
    company: 'bench',
    clock,
    exclusively: (action) => intake.exclusively('bench', action),
  });
  const taking = { source: 'bench', principal: 'bench' };
  await intake.take('bench', openingOf(), taking);
  await planner.catchUp();
  const start = performance.now();
  for (let from = 0; from < eventsSent; from += batchSize) {
    await intake.take(
      'bench',
      Array.from({ length: batchSize }, (_, at) => sale(from + at)),
      taking,
    );
  }
  const accepted = eventsSent / ((performance.now() - start) / 1000);
  const planning = performance.now();
  await planner.catchUp();
  const planned = performance.now() - planning;
  const latencies = [];
  for (let at = 0; at < 300; at += 1) {
    const sent = performance.now();
    await intake.take('bench', [sale(at, 2)], taking);
    await planner.catchUp();
    latencies.push(performance.now() - sent);
  }
  latencies.sort((left, right) => left - right);
  await (opened?.close() ?? store.close());
  rmSync(folder, { recursive: true, force: true });
  return { kind, accepted, planned, p50: at(latencies, 0.5), p99: at(latencies, 0.99) };
}

function openingOf() {
  const items = Array.from({ length: itemCount }, (_, at) => ({
    type: 'item.changed.v1',
    version: 1,
    data: { id: `I-${at}`, orderType: 'purchase', leadTime: 5, decimals: 0 },
  }));
  return [
    ...items,
    { type: 'day.changed.v1', version: 1, data: { day: '2026-05-01' } },
    { type: 'plan.defined.v1', version: 1, data: { id: 'dynamic', continuity: 'exact' } },
  ];
}

function sale(number, version = 1) {
  const day = 1 + (number % 28);
  return {
    type: 'inventory.transaction.changed.v1',
    version,
    data: {
      id: `SO-${number}`,
      item: `I-${number % itemCount}`,
      direction: 'issue',
      type: 'salesOrder',
      quantity: String(1 + ((number * version) % 9)),
      date: `2026-06-${String(day).padStart(2, '0')}`,
    },
  };
}

function printWay({ kind, accepted, planned, p50, p99 }) {
  console.log(
    `way in, ${kind} store: ${accepted.toFixed(0)} events/s in batches of ${batchSize}; ` +
      `${eventsSent} planned in ${planned.toFixed(0)} ms; one change, sent to planned and ` +
      `published: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  );
}
