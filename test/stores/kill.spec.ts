import { randomInt } from 'node:crypto';
import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { FolderInUse, openEmbedded } from '@tidemark/embedded';
import type { Embedded } from '@tidemark/embedded';
import type { StoredEvent } from '@tidemark/streams';
import { Dice, wholeLog } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders, snapshotFiles } from './data-folder.js';
import { buildStores, killWriter, startWriter } from './killed-writer.js';
import type { Testament } from './killed-writer.js';

const rounds = Number(process.env['TIDEMARK_KILL_ROUNDS'] ?? 50);
const seed = Number(process.env['TIDEMARK_KILL_SEED'] ?? randomInt(1_000_000_000));
const roundsPerFolder = 5;
const appendsMax = 120;
const roundMilliseconds = 10_000;

/** What a folder must hold: of all its writers together. */
class Folder {
  readonly path = newDataFolder();
  readonly #acknowledged = new Map<string, number>();
  #snapshot = '';

  take({ acknowledged, snapshot }: Testament): void {
    for (const [stream, last] of acknowledged) this.#acknowledged.set(stream, last);
    this.#snapshot = snapshot ?? this.#snapshot;
  }

  /** Cuts the newest snapshot short, if there is one; returns its path. */
  tear(dice: Dice): string | undefined {
    const path = snapshotFiles(this.path).at(-1);
    if (path === undefined) return undefined;
    truncateSync(path, dice.between(0, statSync(path).size - 1));
    this.#snapshot = '';
    return path;
  }

  /** Opens it as the next process would, and says what is not as it must be. */
  async wrong(torn: string | undefined): Promise<string[]> {
    const stores = await openEmbedded({ folder: this.path });
    try {
      const log = await wholeLog(stores.events);
      const { problems } = await stores.events.verify();
      const drafts = readdirSync(this.path, { recursive: true }).filter((name) =>
        String(name).endsWith('.tmp'),
      );
      return [
        ...problems,
        ...wrongOrder(log),
        ...this.#missing(log),
        ...(await this.#wrongSnapshots(stores, torn)),
        ...drafts.map((name) => `${String(name)} was left behind.`),
      ];
    } finally {
      await stores.close();
    }
  }

  #missing(log: readonly StoredEvent[]): string[] {
    return [...this.#acknowledged].flatMap(([stream, last]) => {
      const events = log.filter((event) => event.stream === stream).length;
      return events > last ? [] : [`${stream} has ${events} events; ${last} was acknowledged.`];
    });
  }

  async #wrongSnapshots({ events, snapshots }: Embedded, torn?: string): Promise<string[]> {
    const head = await events.head();
    const { snapshot, ignored } = await snapshots.load('state', { schemaVersion: 1, head });
    const reasons = ignored.map(({ reason }) => reason).join();
    const wanted = torn === undefined ? '' : 'torn';
    const older = (snapshot?.position ?? '') < this.#snapshot;
    return [
      ...(reasons === wanted ? [] : [`Snapshots are ignored: "${reasons}", not "${wanted}".`]),
      ...(older ? [`Snapshot ${this.#snapshot} was acknowledged: ${snapshot?.position}.`] : []),
      ...(snapshot === undefined || snapshot.chunks.length === 20 ? [] : ['Chunks are missing.']),
    ];
  }
}

/** Each stream has the numbers 0, 1, 2, … at these revisions, once, in commit order. */
function wrongOrder(log: readonly StoredEvent[]): string[] {
  const next = new Map<string, number>();
  let before = '';
  return log.flatMap(({ stream, revision, position, id, data }) => {
    const number = next.get(stream) ?? 0;
    next.set(stream, number + 1);
    const ordered = position > before;
    before = position;
    const said = (data as { readonly number: number }).number;
    const right = ordered && revision === number && said === number && id === `${stream}-${number}`;
    return right ? [] : [`${id} (${said}) stands at ${stream} ${revision}, not ${number}.`];
  });
}

describe(`a writer that is killed at any moment (seed ${seed})`, () => {
  beforeAll(buildStores, roundMilliseconds * 3);
  afterAll(removeDataFolders);

  it(
    `leaves every acknowledged event once, in order, in a folder that opens: ${rounds} times`,
    async () => {
      const dice = new Dice(seed);
      let folder = new Folder();
      let appends = 0;
      for (let round = 0; round < rounds; round += 1) {
        if (round % roundsPerFolder === 0) folder = new Folder();
        // In a folder's first round every other writer dies while it makes the folder.
        const opening = round % (2 * roundsPerFolder) === 0 || dice.chance(0.1);
        const order = {
          folder: folder.path,
          seed: dice.between(0, 1_000),
          snapshots: dice.chance(0.5),
        };
        const acknowledgedMax = opening ? 0 : dice.between(1, appendsMax);
        const testament = await killWriter(order, acknowledgedMax);
        folder.take(testament);
        const torn = dice.chance(0.3) ? folder.tear(dice) : undefined;
        const which = `seed ${seed}, round ${round}`;
        expect([which, ...(await folder.wrong(torn))]).toEqual([which]);
        if (torn !== undefined) rmSync(torn);
        appends += testament.appends;
      }
      expect(appends).toBeGreaterThan(rounds);
    },
    rounds * roundMilliseconds,
  );

  it(
    'is named to the next writer while it lives, and read beside and after its death',
    async () => {
      const folder = newDataFolder();
      const writer = startWriter({ folder, seed, snapshots: false });
      const acknowledged: string[] = [];
      let seen: Promise<StoredEvent[]> | undefined;
      for await (const line of writer.lines) {
        if (line.includes('/')) acknowledged.push(line);
        if (acknowledged.length < 10 || seen !== undefined) continue;
        await expect(openEmbedded({ folder })).rejects.toThrow(FolderInUse);
        await expect(openEmbedded({ folder })).rejects.toThrow(`process ${writer.pid} on `);
        // More than there are now: it must see those that come.
        seen = followBeside(folder, 500).finally(() => writer.kill());
      }
      await writer.ended();
      // Nobody has opened it to write since: the write-ahead file is as the dead writer left it.
      const { events, close } = await openEmbedded({ folder, mode: 'read' });
      const log = await wholeLog(events);
      await close();
      expect(wrongOrder(log)).toEqual([]);
      const beside = (await seen) ?? [];
      expect(beside.length).toBeGreaterThanOrEqual(500);
      expect(beside.map(({ id }) => id)).toEqual(log.slice(0, beside.length).map(({ id }) => id));
      for (const line of acknowledged) {
        const [stream = '', , last] = line.split(' ');
        expect(log.some(({ id }) => id === `${stream}-${last}`)).toBe(true);
      }
    },
    roundMilliseconds * 3,
  );
});

/** Follows as a reader until so many events have come. */
async function followBeside(folder: string, count: number): Promise<StoredEvent[]> {
  const { events, close } = await openEmbedded({ folder, mode: 'read', pollMs: 1 });
  const seen: StoredEvent[] = [];
  for await (const batch of events.follow()) {
    seen.push(...batch.events);
    if (seen.length >= count) break;
  }
  await close();
  return seen;
}
