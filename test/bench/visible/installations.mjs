// Installations of one generated company, each of processes of its own: the standalone application
// on a data folder, or roles on servers.
import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { start, stop } from '../../../infra/postgres/cluster.mjs';
import { AppProcess } from '../../restart/app-process.js';

export const company = 'acme';
const root = join(import.meta.dirname, '..', '..', '..');

function tidemark(...args) {
  const program = join(root, 'tools', 'tidemark.mjs');
  execFileSync(process.execPath, [program, ...args], { stdio: 'ignore' });
}

/** A data folder of the preset, and its file with changes behind the snapshot. */
export function generated(preset, changes) {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-visible-'));
  const [snapshot, changed] = [join(folder, 'snapshot.ndjson'), join(folder, 'changed.ndjson')];
  const generator = join(root, 'test', 'bench', 'gen-dataset.mjs');
  const make = (out, count) =>
    execFileSync(
      process.execPath,
      [generator, '--preset', preset, '--changes', String(count), '--out', out],
      { stdio: 'ignore' },
    );
  make(snapshot, 0);
  make(changed, changes);
  const data = join(folder, 'data');
  tidemark('import', 'dataset', snapshot, '--data', data, '--company', company);
  return { folder, data, changed };
}

/** The standalone application on a copy of the data folder. */
export async function standalone({ folder, data }) {
  const copy = join(folder, 'standalone');
  cpSync(data, copy, { recursive: true });
  const environment = { TIDEMARK_DATA: copy, TIDEMARK_EXAMPLE: 'none' };
  const app = new AppProcess({
    app: 'standalone',
    environment,
    up: /is up: open (http:\/\/[^/]+)\//,
  });
  return {
    name: 'standalone on a data folder',
    wayIn: app,
    readers: app,
    planners: [],
    async end() {
      app.kill();
      await app.ended('SIGKILL');
      rmSync(copy, { recursive: true });
    },
  };
}

/** The four roles, two planners among them, on PostgreSQL or with the log in EventStoreDB. */
export async function roles({ data }, eventstore) {
  const servers = join(tmpdir(), `tidemark-bench-infra-${process.pid}`);
  const { url } = await start(servers);
  const name = 'visible';
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const models = url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  const log = eventstore === undefined ? models : ownLog(eventstore);
  tidemark('migrate', '--from', data, '--to', log);
  const environment = { TIDEMARK_DATA: log, TIDEMARK_READ_MODELS: models };
  const role = (app) => new AppProcess({ app, environment, up: /is up: (http:\S+)/ });
  const wayIn = role('intake');
  await wayIn.address();
  const [readers, projector] = [role('api'), role('projector')];
  const planners = [role('planner'), role('planner')];
  const all = [wayIn, readers, projector, ...planners];
  return {
    name: `roles, log in ${eventstore === undefined ? 'PostgreSQL' : 'EventStoreDB'}`,
    wayIn,
    readers,
    planners,
    async end() {
      for (const one of all) one.kill();
      await Promise.all(all.map((one) => one.ended('SIGKILL')));
      await stop(servers, { remove: true });
    },
  };
}

/** A namespace that no other run has. */
function ownLog(eventstore) {
  const and = eventstore.includes('?') ? '&' : '?';
  return `${eventstore}${and}namespace=bench_${randomBytes(6).toString('hex')}`;
}
