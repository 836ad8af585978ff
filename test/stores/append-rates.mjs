// Measures how fast the embedded event store appends: events of about 300 bytes, each answer
// durable. Runs on the built rooms: npm run build, then
//   node tools/with-node24.mjs test/stores/append-rates.mjs [seconds per measurement]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { logBatches } from '@tidemark/streams';

const seconds = Number(process.argv[2] ?? 3);
const filling = 'x'.repeat(240);
const measurements = [
  { writers: 1, events: 1 },
  { writers: 1, events: 100 },
  { writers: 8, events: 1 },
  { writers: 8, events: 100 },
  { writers: 64, events: 1 },
];

for (const measurement of measurements) {
  const above = mkdtempSync(join(tmpdir(), 'tidemark-rates-'));
  try {
    console.log(await measure(join(above, 'data'), measurement));
  } finally {
    rmSync(above, { recursive: true, force: true });
  }
}

async function measure(folder, { writers, events }) {
  const stores = await openEmbedded({ folder });
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const waits = [];
  const write = async (writer) => {
    for (let first = 0; performance.now() < until; first += events) {
      const batch = numbers(first, events);
      const askedAt = performance.now();
      const outcome = await stores.events.append(`journal/acme/${writer}`, batch, first - 1);
      waits.push(performance.now() - askedAt);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const took = (performance.now() - startedAt) / 1_000;
  const reading = await readRate(stores.events);
  await stores.close();
  const rate = Math.round((waits.length * events) / took);
  const sorted = waits.toSorted((left, right) => left - right);
  const wait = (share) => sorted[Math.floor(sorted.length * share)].toFixed(2);
  return (
    `${writers} writers, ${events} events an append: ${rate} events/s, ` +
    `${Math.round(waits.length / took)} appends/s, median ${wait(0.5)} ms, ` +
    `99 % ${wait(0.99)} ms; read back ${reading} events/s`
  );
}

function numbers(first, count) {
  return Array.from({ length: count }, (_, at) => ({
    id: `n-${first + at}`,
    type: 'NumberNoted',
    data: { number: first + at, filling },
  }));
}

async function readRate(events) {
  const startedAt = performance.now();
  let count = 0;
  for await (const batch of logBatches(events)) count += batch.events.length;
  return Math.round((count / (performance.now() - startedAt)) * 1_000);
}
