import { writeSync } from 'node:fs';
import { openEmbedded } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import { openPostgres } from '@tidemark/postgres';
import { noEvents, origin } from '@tidemark/streams';
import type { EventStore } from '@tidemark/streams';
import { heldWritersContract, idsOf, numbered } from '@tidemark/testkit';
import pg from 'pg';
import { newDataFolder, removeDataFolders } from './data-folder.js';
import { newSchema, onServer, openEmpty, postgresForSpecs } from './postgres-cluster.js';

const postgres = await postgresForSpecs();
const writersCount = 8;

// The whole of it: TIDEMARK_HELD_EVENTS=1000000 TIDEMARK_HELD_SECONDS=600 npm run spec -- held
const writing = {
  events: Number(process.env['TIDEMARK_HELD_EVENTS'] ?? 200_000),
  seconds: Number(process.env['TIDEMARK_HELD_SECONDS'] ?? 30),
  tell: (said: string) => void writeSync(1, `${said}\n`),
};
const short = { ...writing, events: 20_000 };

afterAll(removeDataFolders);

const times = (store: EventStore) => Array.from({ length: writersCount }, () => store);

heldWritersContract(
  'in memory',
  async () => {
    const store = openMemoryEventStore();
    return { writers: times(store), followers: [store], dispose: () => store.close() };
  },
  short,
);

heldWritersContract(
  'embedded',
  async () => {
    const { events, close } = await openEmbedded({ folder: newDataFolder() });
    return { writers: times(events), followers: [events], dispose: close };
  },
  short,
);

/** Every fifth statement that appends keeps its transaction open for a few milliseconds. */
const holding = (schema: string) => `
  CREATE FUNCTION ${schema}.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF random() < 0.2 THEN PERFORM pg_sleep(0.002 + random() * 0.02); END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER hold AFTER INSERT ON ${schema}.appends
    FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.hold();`;

postgres.describe('on PostgreSQL', () => {
  heldWritersContract(
    'PostgreSQL',
    async () => {
      const schema = newSchema();
      const open = (migrate: boolean) =>
        openPostgres({ url: postgres.url, schema, migrate, connections: 4 });
      const first = await open(true);
      await onServer(postgres.url, holding(schema));
      const others = await Promise.all(Array.from({ length: writersCount }, () => open(false)));
      const all = [first, ...others];
      return {
        writers: others.map(({ events }) => events),
        followers: [first.events, ...others.slice(0, 1).map(({ events }) => events)],
        dispose: async () => {
          for (const one of all) await one.close();
          await onServer(postgres.url, `DROP SCHEMA ${schema} CASCADE`);
        },
      };
    },
    writing,
  );

  it('an event is shown when nothing that began before it runs any more', async () => {
    const { events, schema, dispose } = await openEmpty({ url: postgres.url });
    const beside = await openPostgres({ url: postgres.url, schema, migrate: false });
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    await holder.query('BEGIN; SELECT pg_current_xact_id()');
    await events.append('s', numbered(1), noEvents);
    expect(idsOf(await beside.events.readStream('s', { limit: 9 }))).toEqual(['e0']);
    const early = await beside.events.readAll({ limit: 9 });
    expect(early).toEqual({ events: [], through: origin, atHead: true });
    // Who has been told that it is there waits until it is shown.
    const own = events.readAll({ limit: 9 });
    const following = beside.events.follow()[Symbol.asyncIterator]();
    const next = following.next();
    await holder.query('ROLLBACK');
    expect(idsOf((await own).events)).toEqual(['e0']);
    const batch = await next;
    expect(batch.done === true ? [] : idsOf(batch.value.events)).toEqual(['e0']);
    await following.return?.();
    await holder.end();
    await beside.close();
    await dispose();
  });

  it('a transaction that never ends is named to who waits for it', async () => {
    const { events, dispose } = await openEmpty({ url: postgres.url, callMs: 3_000 });
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    const sql = 'SELECT pg_current_xact_id(), pg_backend_pid() AS pid';
    await holder.query('BEGIN');
    const { rows } = await holder.query<{ pid: number }>(sql);
    await events.append('s', numbered(1), noEvents);
    await expect(events.head()).rejects.toThrow(`process ${rows[0]?.pid} (tidemark`);
    await holder.end();
    await dispose();
  });
});
