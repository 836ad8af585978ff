// What a program without our adapter would do: one row per event, one statement per append, a
// cursor on a serial number. It checks nothing, and under load it skips events: a yardstick only.
import { createRequire } from 'node:module';

// `pg` belongs to the adapter's room.
const require = createRequire(
  new URL('../../libs/adapters/postgres/package.json', import.meta.url),
);
const pg = require('pg');

const pageRows = 1_000;

export async function openBare(url, table, writers) {
  const pool = new pg.Pool({ connectionString: url, max: Math.min(writers, 12) + 2 });
  await pool.query(`CREATE TABLE ${table} (position bigserial PRIMARY KEY, stream text NOT NULL,
    revision bigint NOT NULL, id text NOT NULL, type text NOT NULL, data text NOT NULL,
    UNIQUE (stream, revision))`);
  const page = async (after) => {
    const text = `SELECT * FROM ${table} WHERE position > $1 ORDER BY position LIMIT ${pageRows}`;
    const { rows } = await pool.query({ name: `${table}-page`, text, values: [after] });
    for (const row of rows) row.data = JSON.parse(row.data);
    return rows;
  };
  return {
    async append(stream, events, expected) {
      const text = `INSERT INTO ${table} (stream, revision, id, type, data)
        SELECT $1, $2::bigint + e.n, e.id, e.type, e.data
        FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS e (id, type, data, n)`;
      const columns = ['id', 'type', 'data'].map((name) =>
        events.map((event) => (name === 'data' ? JSON.stringify(event.data) : event[name])),
      );
      await pool.query({ name: `${table}-append`, text, values: [stream, expected, ...columns] });
    },
    async readAll() {
      let count = 0;
      let after = '0';
      for (let rows = await page(after); rows.length > 0; rows = await page(after)) {
        count += rows.length;
        after = rows.at(-1).position;
      }
      return count;
    },
    /** Polls as fast as it can; counts what it saw, which may be less than there is. */
    follow() {
      let count = 0;
      let after = '0';
      let over = false;
      const polling = (async () => {
        for (;;) {
          const last = over;
          const rows = await page(after);
          count += rows.length;
          after = rows.at(-1)?.position ?? after;
          if (last && rows.length === 0) return;
        }
      })();
      return {
        async until() {
          over = true;
          await polling;
          return count;
        },
      };
    },
    close: () => pool.end(),
  };
}
