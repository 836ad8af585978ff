import { jest } from '@jest/globals';
import { openLog, readLogAddress } from '@tidemark/stores';
import { logBatches } from '@tidemark/streams';
import { Dice } from '@tidemark/testkit';
import { decodeStored } from '@tidemark/wire';
import { writeSync } from 'node:fs';
import { runCli } from '../cli/run-cli.js';
import { buildService } from '../restart/app-process.js';
import { until } from '../roles/deployment.js';
import { delivery, expectEqualPlans, masterData, sale, send } from '../roles/story-house.js';
import { infraFolder, postgresForSpecs } from '../stores/postgres-cluster.js';
import { ChaosHouse, victims, type Victim } from './chaos-house.js';
import { Sender } from './load.js';

// A server of its own, which is killed, too.
const folder = infraFolder('chaos');
const postgres = await postgresForSpecs(folder);

const rounds = Number(process.env['TIDEMARK_CHAOS'] ?? 5);
const chosen = process.env['TIDEMARK_CHAOS_VICTIMS']?.split(',') ?? victims;
const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);
const startedAt = Date.now();
// Bounds for a machine that does much else; nothing here waits.
jest.setTimeout(300_000 + rounds * 120_000);

function isVictim(name: string): name is Victim {
  return victims.some((victim) => victim === name);
}

/** What was done, how fast, and how long the rest takes. */
function tell(done: number, all: number, what: string): void {
  const seconds = (Date.now() - startedAt) / 1000;
  const left = Math.round((seconds / done) * (all - done));
  const rate = ((60 * done) / seconds).toFixed(1);
  writeSync(1, `chaos: ${done} of ${all} kills, ${rate}/min, ${left} s left; ${what}\n`);
}

/** How often each change of a source stands in the journals. */
async function journaled(url: string): Promise<ReadonlyMap<string, number>> {
  const address = readLogAddress(url);
  if (!address.ok) throw new Error(address.failure.message);
  const { events: store, close } = await openLog(address.value, 'read');
  const found = new Map<string, number>();
  for await (const { events } of logBatches(store, { streamPrefixes: ['journal/'] })) {
    for (const event of events) {
      const stored = decodeStored(event);
      if (stored.kind !== 'entry') continue;
      const { id } = stored.entry.cause;
      found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  await close();
  return found;
}

postgres.describe('an installation of which anything dies at any moment', () => {
  it(`loses nothing, counts nothing twice: ${rounds} x kill -9 of each, seed ${seed}`, async () => {
    buildService();
    const dice = new Dice(seed);
    const house = await ChaosHouse.on(folder, dice);
    try {
      await send(house.one('intake'), masterData);
      const senders = [sale, delivery].map((make) => new Sender(() => house.one('intake'), make));
      const count = () => senders.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
      const plan = Array.from({ length: rounds }, () => chosen.filter(isVictim)).flat();
      for (const [at, victim] of plan.entries()) {
        const wanted = count() + dice.between(1, 9);
        await until(() => count() >= wanted);
        await house.strike(victim);
        tell(at + 1, plan.length, `${victim}; ${count()} events acknowledged`);
      }
      for (const sender of senders) await sender.end();
      const position =
        senders
          .map((sender) => sender.position)
          .toSorted()
          .at(-1) ?? '';
      await expectEqualPlans(house.followed(position));
      const acknowledged = senders.flatMap((sender) => sender.acknowledged);
      const found = await journaled(house.url);
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(acknowledged.map((id) => [id, 1])),
      );
      const verified = await runCli(['verify', '--data', house.url]);
      expect([verified.stdout, verified.code]).toEqual([expect.stringMatching(/equal\s*$/), 0]);
      const repeats = senders.reduce((sum, sender) => sum + sender.repeats, 0);
      writeSync(1, `chaos: ${acknowledged.length} acknowledged, ${repeats} sent again\n`);
    } finally {
      await house.dispose();
    }
  });
});
