// Appends numbered events to a data folder as fast as it can and prints a line for each append
// that was acknowledged, until somebody kills it. Runs on the built rooms.
//   node test/stores/append-numbers.mjs <folder> <seed> <snapshots: yes|no>
//
// Lines, in this order: `opening`; `opened`; then `<stream> <first number> <last number>` per
// acknowledged append, and `snapshot <position>` per saved snapshot. The event of number n of a
// stream belongs at its revision n and has the id `<stream>-<n>`.
import { writeSync } from 'node:fs';
import { openEmbedded } from '@tidemark/embedded';
import { lastRevisionOf } from '@tidemark/streams';

const [folder, seed, snapshots] = process.argv.slice(2);
const streams = ['journal/a', 'journal/b', 'plan/a'];
const lanesPerStream = 3;
const eventsMax = 6;

// At once and in one piece: a line that was printed was acknowledged before.
const say = (line) => void writeSync(1, `${line}\n`);

say('opening');
const { events, snapshots: saved } = await openEmbedded({ folder });
say('opened');
await Promise.all([
  ...streams.map((stream, at) => appendTo(stream, Number(seed) + at)),
  ...(snapshots === 'yes' ? [saveSnapshots()] : []),
]);

/** Several appends of a stream are in flight at any time; each expects the one before it. */
async function appendTo(stream, start) {
  let expected = await lastRevisionOf(events, stream);
  let size = start;
  const lane = async () => {
    for (;;) {
      size = (size * 7 + 3) % 1_009;
      const first = expected + 1;
      const count = 1 + (size % eventsMax);
      expected += count;
      const outcome = await events.append(stream, numbers(stream, first, count), first - 1);
      if (!outcome.ok) throw new Error(`Conflict: ${JSON.stringify(outcome.failure)}`);
      say(`${stream} ${first} ${first + count - 1}`);
    }
  };
  await Promise.all(Array.from({ length: lanesPerStream }, lane));
}

function numbers(stream, first, count) {
  return Array.from({ length: count }, (_, at) => ({
    id: `${stream}-${first + at}`,
    type: 'NumberNoted',
    data: { number: first + at, filling: 'x'.repeat((first * 131) % 2_000) },
  }));
}

async function saveSnapshots() {
  const chunks = Array.from({ length: 20 }, (_, at) => `${at}`.repeat(10_000));
  for (;;) {
    const position = await events.head();
    await saved.save({ name: 'state', position, schemaVersion: 1, chunks });
    say(`snapshot ${position}`);
  }
}
