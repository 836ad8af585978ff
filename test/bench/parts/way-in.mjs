// The way in: validated events until they are in the log, and one change until it is planned and
// published. On the embedded store, and on one in memory beside it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import { createIntake, createPlanner } from '@tidemark/runtime';
import { ascending, at, figure, median, spreadOf } from '../figures.mjs';

const itemCount = 200;
const eventsSent = 20_000;
const batchSize = 500;
const rounds = 5;
const changesTimed = 300;
const intakeLeast = 30_000;
const dataSet = `${itemCount} items`;

export async function wayIn() {
  return [...(await through('embedded')), ...(await through('memory'))];
}

async function through(kind) {
  const rates = [];
  for (let round = 0; round < rounds; round += 1) {
    rates.push(await withStore(kind, async (way) => rateOf(way)));
  }
  const latencies = await withStore(kind, async (way) => ascending(await latenciesOf(way)));
  const mark = kind === 'embedded' ? { mark: { least: intakeLeast } } : {};
  const label = `intake in batches of ${batchSize}, ${kind} store`;
  const change = `one change sent, planned, published, ${kind} store`;
  return [
    figure(label, median(rates), 'events/s', { dataSet, spread: spreadOf(rates), ...mark }),
    figure(`${change}, p50`, at(latencies, 0.5), 'ms', { dataSet }),
    figure(`${change}, p99`, at(latencies, 0.99), 'ms', { dataSet }),
  ];
}

async function withStore(kind, measure) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const opened = kind === 'embedded' ? await openEmbedded({ folder }) : undefined;
  const store = opened?.events ?? openMemoryEventStore();
  try {
    const clock = { now: () => Date.now() };
    const intake = createIntake({ store, clock });
    const exclusively = (action) => intake.exclusively('bench', action);
    const planner = createPlanner({ store, company: 'bench', clock, exclusively });
    const taking = { source: 'bench', principal: 'bench' };
    const send = (events) => intake.take('bench', events, taking);
    await send(openingOf());
    await planner.catchUp();
    return await measure({ send, planner });
  } finally {
    await (opened?.close() ?? store.close());
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rateOf({ send }) {
  const start = performance.now();
  for (let from = 0; from < eventsSent; from += batchSize) {
    await send(Array.from({ length: batchSize }, (_, place) => sale(from + place)));
  }
  return eventsSent / ((performance.now() - start) / 1000);
}

async function latenciesOf({ send, planner }) {
  for (let from = 0; from < eventsSent; from += batchSize) {
    await send(Array.from({ length: batchSize }, (_, place) => sale(from + place)));
  }
  await planner.catchUp();
  const latencies = [];
  for (let change = 0; change < changesTimed; change += 1) {
    const sent = performance.now();
    await send([sale(change, 2)]);
    await planner.catchUp();
    latencies.push(performance.now() - sent);
  }
  return latencies;
}

function openingOf() {
  const items = Array.from({ length: itemCount }, (_, place) => ({
    type: 'item.changed.v1',
    version: 1,
    data: { id: `I-${place}`, orderType: 'purchase', leadTime: 5, decimals: 0 },
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
