// The event store on an EventStoreDB server, beside its bare client in the same run: events of
// about 300 bytes, appended one by one and in batches with several in flight, read and followed.
import { randomBytes } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { streamNameFilter } from '@eventstore/db-client';
import { openEventStoreDb } from '@tidemark/eventstore';
import { logBatches, noEvents } from '@tidemark/streams';
import { figure, median, spreadOf } from '../figures.mjs';

const rounds = 3;
const seconds = 1.5;
const filling = 'x'.repeat(240);
const sizes = [
  { events: 1, inFlight: 1 },
  { events: 100, inFlight: 1 },
  { events: 100, inFlight: 4 },
  { events: 100, inFlight: 16 },
];
const readEvents = 40_000;

export async function eventstore() {
  const connection = process.env.TIDEMARK_EVENTSTORE ?? '';
  if (connection === '') {
    console.error('EventStoreDB: skipped, no server (set TIDEMARK_EVENTSTORE)');
    return [];
  }
  const namespace = `bench_${randomBytes(6).toString('hex')}`;
  const store = await openEventStoreDb({ connection, namespace });
  const client = EventStoreDBClient.connectionString(connection);
  const [ours, bare] = [waysOf(store), bareWaysOf(client, `${namespace}bare`)];
  const rates = new Map();
  // Turn by turn, so that what else the machine does meets both alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const ways of [ours, bare]) await measureAll(ways, { rates, round });
  }
  await store.close();
  await client.dispose();
  return [...rates].map(([name, all]) =>
    figure(name, median(all), 'events/s', { spread: spreadOf(all) }),
  );
}

async function measureAll(ways, { rates, round }) {
  const note = (name, rate) => {
    const full = `${name}, ${ways.name}`;
    rates.set(full, [...(rates.get(full) ?? []), rate]);
  };
  for (const size of sizes) {
    const rate = await appendRate(ways, size, `${round}-${size.events}-${size.inFlight}`);
    note(`append ${size.events} at once, ${size.inFlight} in flight`, rate);
  }
  note('read a stream', await ways.readStream(`${round}-100-1-0`));
  const most = Math.min(readEvents, ways.appended);
  note('read the log', await ways.readLog(most));
  note('follow the log', await ways.follow(most));
}

async function appendRate(ways, { events, inFlight }, name) {
  const start = performance.now();
  const until = start + seconds * 1_000;
  let count = 0;
  const write = async (writer) => {
    let last;
    for (let first = 0; performance.now() < until; first += events) {
      last = await ways.append(`${name}-${writer}`, { first, count: events, last });
      count += events;
      ways.appended += events;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, writer) => write(writer)));
  return rateOf(count, start);
}

const rateOf = (count, start) => count / ((performance.now() - start) / 1_000);

function waysOf(store) {
  const taken = async (batches, most) => {
    const start = performance.now();
    let count = 0;
    for await (const { events } of batches) {
      count += events.length;
      if (count >= most) break;
    }
    return rateOf(count, start);
  };
  return {
    name: 'this adapter',
    appended: 0,
    async append(stream, { first, count, last = noEvents }) {
      const events = Array.from({ length: count }, (_, at) => ({
        id: `n-${first + at}`,
        type: 'NumberNoted',
        data: { number: first + at, filling },
      }));
      const outcome = await store.append(stream, events, last);
      if (!outcome.ok) throw new Error('The bench is the only writer.');
      return outcome.value.revision;
    },
    async readStream(stream) {
      const start = performance.now();
      let count = 0;
      for (;;) {
        const page = await store.readStream(stream, { from: count, limit: 1_000 });
        if (page.length === 0) return rateOf(count, start);
        count += page.length;
      }
    },
    readLog: (most) => taken(logBatches(store), most),
    follow: (most) => taken(store.follow(), most),
  };
}

function bareWaysOf(client, prefix) {
  const counted = async (events, most) => {
    const start = performance.now();
    let count = 0;
    for await (const { event } of events) {
      if (event?.streamId.startsWith('$') === false) count += 1;
      if (count >= most) break;
    }
    return rateOf(count, start);
  };
  return {
    name: 'bare client',
    appended: 0,
    async append(stream, { first, count, last = NO_STREAM }) {
      const events = Array.from({ length: count }, (_, at) =>
        jsonEvent({ type: 'NumberNoted', data: { number: first + at, filling } }),
      );
      const options = { expectedRevision: last };
      const done = await client.appendToStream(`${prefix}-${stream}`, events, options);
      return done.nextExpectedRevision;
    },
    readStream: (stream) => counted(client.readStream(`${prefix}-${stream}`), Infinity),
    readLog: (most) => counted(client.readAll({ maxCount: most }), most),
    follow: (most) =>
      counted(
        client.subscribeToAll({ filter: streamNameFilter({ prefixes: [`${prefix}-`] }) }),
        most,
      ),
  };
}
