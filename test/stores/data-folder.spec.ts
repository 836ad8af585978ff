import { DatabaseSync } from 'node:sqlite';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderInUse, FolderRefused, openEmbedded } from '@tidemark/embedded';
import type { Embedded } from '@tidemark/embedded';
import { LogDamaged, noEvents, Outage } from '@tidemark/streams';
import { appended, idsOf, numbered, wholeLog } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders } from './data-folder.js';

const open: Embedded[] = [];

async function opened(folder: string, mode: 'write' | 'read' = 'write'): Promise<Embedded> {
  const one = await openEmbedded({ folder, mode, pollMs: 1 });
  open.push(one);
  return one;
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  removeDataFolders();
});

describe('a data folder', () => {
  it('has one writer: a second one is told which process that is', async () => {
    const folder = newDataFolder();
    const first = await opened(folder);
    await expect(opened(folder)).rejects.toThrow(FolderInUse);
    await expect(opened(folder)).rejects.toThrow(`process ${process.pid} on `);
    // The refused one must not have taken the lock away.
    await expect(opened(folder)).rejects.toThrow(FolderInUse);
    await first.events.append('s', numbered(2), noEvents);
    await first.close();
    const next = await opened(folder);
    expect(idsOf(await wholeLog(next.events))).toEqual(['e0', 'e1']);
  });

  it('is kept by its writer until all appends are written, however often it closes', async () => {
    const folder = newDataFolder();
    const first = await opened(folder);
    const inFlight = first.events.append('s', numbered(1), noEvents);
    const closing = [first.close(), first.events.close(), first.close()];
    await expect(opened(folder)).rejects.toThrow(FolderInUse);
    await Promise.all(closing);
    expect(appended(await inFlight).revision).toBe(0);
    const next = await opened(folder);
    await first.close();
    await expect(opened(folder)).rejects.toThrow(FolderInUse);
    expect(await next.events.readStream('s', { limit: 1 })).toHaveLength(1);
  });

  it('is read beside a running writer, and readers see new events', async () => {
    const folder = newDataFolder();
    const writer = await opened(folder);
    await writer.events.append('s', numbered(2), noEvents);
    const readers = [await opened(folder, 'read'), await opened(folder, 'read')];
    const following = readers.map(async ({ events }) => {
      const ids: string[] = [];
      for await (const batch of events.follow()) {
        ids.push(...idsOf(batch.events));
        if (ids.length >= 5) break;
      }
      return ids;
    });
    for (const at of [2, 3, 4]) await writer.events.append('s', numbered(1, 'e', at), at - 1);
    for (const ids of await Promise.all(following))
      expect(ids).toEqual('e0 e1 e2 e3 e4'.split(' '));
    const refusal = readers[0]?.events.append('s', numbered(1), 4);
    await expect(refusal).rejects.toMatchObject({ code: 'refusesWrites', fatal: false });
  });

  it('is read without a writer, and a writer may come beside', async () => {
    const folder = newDataFolder();
    const writer = await opened(folder);
    await writer.events.append('s', numbered(3), noEvents);
    await writer.close();
    const reader = await opened(folder, 'read');
    expect(await wholeLog(reader.events)).toHaveLength(3);
    expect(await reader.events.verify()).toEqual({ events: 3, streams: 1, problems: [] });
    await opened(folder);
  });

  it('that no writer has made yet is an outage for readers, or refused', async () => {
    const folder = newDataFolder();
    await expect(opened(folder, 'read')).rejects.toThrow(FolderRefused);
    mkdirSync(folder);
    writeFileSync(join(folder, 'version'), 'tidemark-embedded 1\n');
    await expect(opened(folder, 'read')).rejects.toThrow(Outage);
    writeFileSync(join(folder, 'events.sqlite'), '');
    await expect(opened(folder, 'read')).rejects.toThrow(Outage);
    expect(await wholeLog((await opened(folder)).events)).toEqual([]);
  });

  it.each([
    ['a newer format', 'tidemark-embedded 2\n'],
    ['no format of ours', 'something else\n'],
  ])('of %s is refused and left as it is', async (_, version) => {
    const folder = newDataFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'version'), version);
    for (const mode of ['write', 'read'] as const) {
      await expect(opened(folder, mode)).rejects.toThrow(FolderRefused);
    }
    expect(existsSync(join(folder, 'events.sqlite'))).toBe(false);
    expect(readFileSync(join(folder, 'version'), 'utf8')).toBe(version);
  });

  it('with a log but without a version is refused', async () => {
    const folder = newDataFolder();
    await (await opened(folder)).close();
    rmSync(join(folder, 'version'));
    await expect(opened(folder)).rejects.toThrow(FolderRefused);
  });

  it('is cleared of what killed writers left half written', async () => {
    const folder = newDataFolder();
    await (await opened(folder)).close();
    const before = namesIn(folder);
    for (const draft of ['writer.json.1.tmp', 'snapshots/0-000000000001.snapshot.1.tmp']) {
      writeFileSync(join(folder, draft), 'half');
    }
    await (await opened(folder)).close();
    expect(namesIn(folder)).toEqual(before);
  });
});

/** Changes the log behind the store's back. */
function tamper(folder: string, sql: string): void {
  const database = new DatabaseSync(join(folder, 'events.sqlite'));
  database.exec(sql);
  database.close();
}

async function positionOf(folder: string, stream: string, revision: number): Promise<string> {
  const { events, close } = await opened(folder);
  const [event] = await events.readStream(stream, { from: revision, limit: 1 });
  await close();
  return event?.position ?? '';
}

describe('a log that is not what was written', () => {
  const tampered: readonly (readonly [string, string])[] = [
    ['whose data were changed', `UPDATE appends SET data = '7' WHERE revision = 2 AND stream = 1`],
    ['whose revision was changed', 'UPDATE appends SET revision = 9 WHERE revision = 2'],
    ['whose stream has another name', `UPDATE streams SET name = 'x' WHERE name = 's'`],
    ['that lost a record', 'DELETE FROM appends WHERE revision = 2'],
    ['that lost the name of a stream', `DELETE FROM streams WHERE name = 's'`],
  ];

  it.each(tampered)('%s says so when it is read and when it is verified', async (_, sql) => {
    const folder = newDataFolder();
    const writer = await opened(folder);
    for (const revision of [0, 1, 2, 3]) {
      await writer.events.append('s', numbered(1, 'e', revision), revision - 1);
    }
    await writer.close();
    tamper(folder, sql);
    const { events } = await opened(folder);
    await expect(events.readAll({ limit: 100 })).rejects.toThrow(LogDamaged);
    const { problems } = await events.verify();
    expect(problems).not.toEqual([]);
  });

  it('names the position of the record', async () => {
    const folder = newDataFolder();
    const writer = await opened(folder);
    await writer.events.append('s', numbered(3), noEvents);
    await writer.events.append('t', numbered(1), noEvents);
    await writer.close();
    const position = await positionOf(folder, 't', 0);
    tamper(folder, `UPDATE appends SET checksum = 1 WHERE stream = 2`);
    const { events } = await opened(folder);
    await expect(events.readStream('t', { limit: 1 })).rejects.toMatchObject({ position });
    // What is not damaged can be read and copied.
    expect(idsOf(await events.readStream('s', { limit: 9 }))).toEqual(['e0', 'e1', 'e2']);
  });

  it('is no database at all', async () => {
    const folder = newDataFolder();
    await (await opened(folder)).close();
    writeFileSync(join(folder, 'events.sqlite'), 'not a database, '.repeat(1_000));
    await expect(opened(folder)).rejects.toThrow(LogDamaged);
    await expect(opened(folder, 'read')).rejects.toThrow(LogDamaged);
  });
});

describe('a full disk', () => {
  it('fails the append with nothing written, and writing resumes when there is space', async () => {
    const folder = newDataFolder();
    const { events } = await opened(folder);
    const event = { id: 'big', type: 'T', data: 'x'.repeat(200_000) };
    await events.append('s', numbered(1), noEvents);
    events.limitSize(100_000);
    const failure = { name: 'Outage', code: 'diskFull', ambiguous: false, fatal: false };
    await expect(events.append('s', [event], 0)).rejects.toMatchObject(failure);
    expect(idsOf(await wholeLog(events))).toEqual(['e0']);
    events.limitSize(100_000_000);
    expect(appended(await events.append('s', [event], 0)).revision).toBe(1);
    expect(await events.verify()).toEqual({ events: 2, streams: 1, problems: [] });
  });

  it('fails a whole group of appends, of new streams too, and each may be repeated', async () => {
    const { events } = await opened(newDataFolder());
    events.limitSize(100_000);
    const data = 'x'.repeat(50_000);
    const appendAll = () =>
      Array.from({ length: 8 }, (_, at) =>
        events.append(`s/${at}`, [{ id: 'big', type: 'T', data }], noEvents),
      );
    const failed = await Promise.allSettled(appendAll());
    expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 'rejected'));
    events.limitSize(100_000_000);
    const outcomes = await Promise.all(appendAll());
    expect(outcomes.map((outcome) => appended(outcome).revision)).toEqual(outcomes.map(() => 0));
    expect(await events.verify()).toEqual({ events: 8, streams: 8, problems: [] });
  });
});

describe('a log longer than what is kept of it in memory', () => {
  it('is read and followed the same from the file and from memory', async () => {
    const { events } = await opened(newDataFolder());
    const appends = 2_500;
    const all = Array.from({ length: appends }, (_, at) =>
      events.append(`s/${at % 7}`, numbered(2, `a${at}-`), Math.floor(at / 7) * 2 - 1),
    );
    await Promise.all(all);
    const wanted = Array.from({ length: appends }, (_, at) => [`a${at}-0`, `a${at}-1`]).flat();
    const followed: string[] = [];
    for await (const batch of events.follow({ limit: 333 })) {
      followed.push(...idsOf(batch.events));
      if (batch.atHead) break;
    }
    expect(followed).toEqual(wanted);
    expect(idsOf(await wholeLog(events))).toEqual(wanted);
    const third = await events.readStream('s/3', { limit: 10_000 });
    expect(third.map(({ revision }) => revision)).toEqual(third.map((_, at) => at));
    expect(third).toHaveLength(714);
  });
});
