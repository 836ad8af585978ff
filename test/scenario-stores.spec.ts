import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScenario, runScenario, type ScenarioOutcome } from '@tidemark/admin';
import { openEmbedded } from '@tidemark/embedded';
import type { EventStore } from '@tidemark/streams';
import { newDataFolder, removeDataFolders } from './stores/data-folder.js';
import { describeOnServer, openServerStore } from './stores/eventstore-server.js';
import { openEmpty, postgresForSpecs } from './stores/postgres-cluster.js';

const postgres = await postgresForSpecs();

const folder = join(import.meta.dirname, 'scenarios');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .toSorted()
  .map((name) => join(folder, name));

/** TIDEMARK_SCENARIOS: plays no more than so many on each server, evenly among all. */
const asked = Number(process.env['TIDEMARK_SCENARIOS'] ?? files.length);
const onServers = Math.min(files.length, asked);

function someOf(count: number): readonly string[] {
  return files.filter(
    (_, at) =>
      Math.floor(((at + 1) * count) / files.length) > Math.floor((at * count) / files.length),
  );
}

function play(file: string, store?: EventStore): Promise<ScenarioOutcome> {
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  return runScenario(scenario, { exact: false, ...(store && { store }) });
}

interface OpenStore {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** Plays scenarios in memory and on empty stores: the same steps, plans, revisions and hashes. */
async function playBoth(
  played: readonly string[],
  open: () => Promise<OpenStore>,
): Promise<{ readonly hashes: number }> {
  let hashes = 0;
  for (const file of played) {
    const expected = await play(file);
    const { store, close } = await open();
    const outcome = await play(file, store);
    await close();
    expect([file, outcome]).toEqual([file, expected]);
    hashes += outcome.plans.length;
  }
  return { hashes };
}

describe('the scenarios come to the plans that they come to in memory', () => {
  afterAll(removeDataFolders);

  it(`in a data folder: all ${files.length}`, async () => {
    const { hashes } = await playBoth(files, async () => {
      const { events: store, close } = await openEmbedded({ folder: newDataFolder() });
      return { store, close };
    });
    expect(hashes).toBeGreaterThan(files.length / 2);
  }, 1_200_000);

  postgres.describe('on PostgreSQL', () => {
    it(`${onServers} of ${files.length}`, async () => {
      const { hashes } = await playBoth(someOf(onServers), async () => {
        const { events: store, dispose: close } = await openEmpty({ url: postgres.url });
        return { store, close };
      });
      expect(hashes).toBeGreaterThan(onServers / 2);
    }, 1_200_000);
  });

  describeOnServer('on EventStoreDB', () => {
    it(`${onServers} of ${files.length}`, async () => {
      const { hashes } = await playBoth(someOf(onServers), async () => {
        const store = await openServerStore();
        return { store, close: () => store.close() };
      });
      expect(hashes).toBeGreaterThan(onServers / 2);
    }, 1_200_000);
  });
});
