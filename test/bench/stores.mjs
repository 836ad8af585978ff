// Rates of the stores in PostgreSQL beside those of its bare client, in one run:
//   npm run bench -- stores [seconds per measurement]
// Events of about 300 bytes, every answer durable. The server is one of infra/up, with fsync.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '@tidemark/postgres';
import { logBatches } from '@tidemark/streams';
import { start, stop } from '../../infra/postgres/cluster.mjs';
import { openBare } from './bare-postgres.mjs';

const filling = 'x'.repeat(240);
const shapes = [
  { writers: 1, events: 1 },
  { writers: 1, events: 100 },
  { writers: 8, events: 100 },
  { writers: 64, events: 1 },
];

export async function benchStores([seconds = '3']) {
  const folder = join(tmpdir(), `tidemark-bench-infra-${process.pid}`);
  const { url, version } = await start(folder);
  console.log(`PostgreSQL ${version}, ${seconds} s a measurement; events/s`);
  try {
    for (const shape of shapes) {
      const bare = await measureBare(url, shape, Number(seconds));
      const store = await measureStore(url, shape, Number(seconds));
      const named = `${shape.writers} writers, ${shape.events} events an append`;
      for (const what of ['append', 'read', 'follow']) {
        const share = Math.round((store[what] / bare[what]) * 100);
        console.log(`${named}: ${what} ${store[what]}, bare ${bare[what]} (${share} %)`);
      }
    }
  } finally {
    await stop(folder, { remove: true });
  }
  return 0;
}

const numbers = (first, count) =>
  Array.from({ length: count }, (_, at) => ({
    id: `n-${first + at}`,
    type: 'NumberNoted',
    data: { number: first + at, filling },
  }));

/** Writers that append until the time is over: events, and seconds that it took. */
async function write({ writers, events }, seconds, append) {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let count = 0;
  const one = async (writer) => {
    for (let first = 0; performance.now() < until; first += events) {
      await append(`journal/acme/${writer}`, numbers(first, events), first - 1);
      count += events;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => one(writer)));
  return { count, rate: rateOf(count, startedAt) };
}

function rateOf(count, startedAt) {
  return Math.round((count / (performance.now() - startedAt)) * 1_000);
}

async function measureStore(url, shape, seconds) {
  const schema = `store_${shape.writers}_${shape.events}`;
  const { events, close } = await openPostgres({ url, schema });
  const reader = await openPostgres({ url, schema });
  const following = counted(reader.events);
  const written = await write(shape, seconds, async (...call) => {
    const outcome = await events.append(...call);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  });
  const follow = await following.until(written.count);
  const startedAt = performance.now();
  let count = 0;
  for await (const batch of logBatches(events)) count += batch.events.length;
  const read = rateOf(count, startedAt);
  await Promise.all([close(), reader.close()]);
  return { append: written.rate, read, follow };
}

/** A follower beside the writers, from the first event on. */
function counted(events) {
  const startedAt = performance.now();
  let count = 0;
  let wanted = Infinity;
  const done = new AbortController();
  const following = (async () => {
    for await (const batch of events.follow({ signal: done.signal })) {
      count += batch.events.length;
      if (count >= wanted) return;
    }
  })();
  return {
    async until(total) {
      wanted = total;
      if (count >= wanted) done.abort();
      await following;
      return rateOf(count, startedAt);
    },
  };
}

async function measureBare(url, shape, seconds) {
  const bare = await openBare(url, `bare_${shape.writers}_${shape.events}`, shape.writers);
  const followStart = performance.now();
  const following = bare.follow();
  const written = await write(shape, seconds, bare.append);
  const followed = await following.until(written.count);
  const follow = rateOf(followed, followStart);
  const startedAt = performance.now();
  const read = rateOf(await bare.readAll(), startedAt);
  await bare.close();
  return { append: written.rate, read, follow };
}
