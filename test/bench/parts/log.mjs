// The log: durable appends of journal entries, and folding them again, from memory and as stored.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { createPlanningEngine } from '@tidemark/planning';
import { noEvents } from '@tidemark/streams';
import { entryContent, metaOf, toPlanningInput } from '@tidemark/wire';
import { changes } from '../gen-dataset.mjs';
import { factoryOf, inputsOf } from '../factory.mjs';
import { clearGarbage, figure, median, spreadOf, timed } from '../figures.mjs';

const dataSet = 'medium';
const changesAfter = 20_000;
const rounds = 5;
const batchSize = 500;
const streams = 10;
const appended = 40_000;
const appendLeast = 30_000;
const replayLeast = 200_000;

export async function log() {
  const dataset = factoryOf(dataSet, changesAfter);
  const { inputs, opening } = inputsOf(dataset);
  const later = [...changes(dataset)].flatMap((event) => inputs.change(event));
  const all = [...opening, ...later];
  const entries = all.filter(({ kind }) => kind === 'entry');
  const facts = all.filter(({ kind }) => kind !== 'entry' && kind !== 'planDefined');
  const plan = all.filter(({ kind }) => kind === 'planDefined');
  return [
    ...folded({ facts, entries, plan }),
    ...(await appendedAndRead({ facts, entries, plan })),
  ];
}

/** Entries folded into the rows of a plan, without planning; a second of CPU time. */
function folded({ facts, entries, plan }) {
  const rates = [];
  for (let round = 0; round < rounds; round += 1) {
    const engine = createPlanningEngine();
    for (const input of facts) engine.apply(input, '1');
    clearGarbage();
    const { cpu } = timed(() => {
      for (const input of [...entries, ...plan]) engine.apply(input, '1');
    });
    rates.push(entries.length / (cpu / 1000));
  }
  const name = `replay, ${entries.length} entries folded`;
  const spread = spreadOf(rates);
  return [
    figure(name, median(rates), 'entries/s', { dataSet, spread, mark: { least: replayLeast } }),
  ];
}

async function appendedAndRead(inputs) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  try {
    const store = (await openEmbedded({ folder })).events;
    const appends = await appendAll(store, inputs.entries);
    const replays = [];
    for (let round = 0; round < rounds; round += 1) replays.push(await readAgain(store, inputs));
    await store.close();
    const append = `durable append in batches of ${batchSize}, embedded store`;
    return [
      figure(append, median(appends), 'events/s', {
        dataSet,
        spread: spreadOf(appends),
        mark: { least: appendLeast },
      }),
      figure('replay from the embedded store, decoded', median(replays), 'entries/s', {
        dataSet,
        spread: spreadOf(replays),
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Batch after batch, each durable before the next is sent. */
async function appendAll(store, entries) {
  const rates = [];
  const last = new Array(streams).fill(noEvents);
  const meta = metaOf('bench', 0);
  let number = 0;
  for (let round = 0; round < rounds; round += 1) {
    const events = entries
      .slice(0, appended / rounds)
      .map(({ entry }) => ({ id: `e${(number += 1)}`, meta, ...entryContent(entry) }));
    const start = performance.now();
    for (let from = 0; from < events.length; from += batchSize) {
      const stream = (from / batchSize) % streams;
      const batch = events.slice(from, from + batchSize);
      const done = await store.append(`journal/bench/${stream}`, batch, last[stream]);
      if (!done.ok) throw new Error('The bench is the only writer.');
      last[stream] = done.value.revision;
    }
    rates.push(events.length / ((performance.now() - start) / 1000));
  }
  return rates;
}

async function readAgain(store, { facts, plan }) {
  const engine = createPlanningEngine();
  for (const input of facts) engine.apply(input, '1');
  clearGarbage();
  const start = performance.now();
  let count = 0;
  for (let after, atHead = false; !atHead;) {
    const batch = await store.readAll({ limit: 1_000, ...(after === undefined ? {} : { after }) });
    for (const event of batch.events) engine.apply(toPlanningInput(event), event.position);
    count += batch.events.length;
    ({ through: after, atHead } = batch);
  }
  for (const input of plan) engine.apply(input, '1');
  return count / ((performance.now() - start) / 1000);
}
