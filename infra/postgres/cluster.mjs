// A PostgreSQL cluster of our own: made by initdb, on loopback and a free port, data checksums and
// fsync on, one password, stopped by its process id. Nothing of the machine's own is touched.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chownSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, EngineMissing, freePort, isAlive } from '../processes.mjs';
import { canReach, findPrograms, unprivilegedUser } from './find-postgres.mjs';

export const title = 'PostgreSQL';

const startMs = 60_000;
const stopMs = 20_000;
const lookMs = 50;

const settings = (port) => `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 200
shared_buffers = 128MB
max_wal_size = 2GB
logging_collector = off
`;

/** Starts the cluster of that folder, or says where it runs. */
export async function start(folder) {
  const user = unprivilegedUser();
  const place = placeOf(folder);
  prepareFolder(place, user);
  const unlock = await lockFolder(place);
  try {
    const running = runningOf(place);
    if (running !== undefined) return { ...running, title, already: true };
    const bin = findPrograms();
    if (!existsSync(join(place.data, 'PG_VERSION'))) await initialise(bin, place, user);
    return { ...(await launch(bin, place, user)), title, already: false };
  } finally {
    unlock();
  }
}

/** Stops it; true if it ran. With `remove` its folder goes too. */
export async function stop(folder, { remove = false } = {}) {
  const place = placeOf(folder);
  const running = runningOf(place);
  // Fast shutdown, then immediate: committed data are safe either way.
  const signals = ['SIGINT', 'SIGQUIT', 'SIGKILL'];
  if (running !== undefined) await endProcess(running.pid, { title, signals, ms: stopMs });
  if (remove) rmSync(place.path, { recursive: true, force: true });
  return running !== undefined;
}

function placeOf(folder) {
  const path = join(folder, 'postgres');
  return {
    path,
    data: join(path, 'data'),
    log: join(path, 'server.log'),
    state: join(path, 'cluster.json'),
    lock: join(path, 'starting.lock'),
  };
}

function prepareFolder(place, user) {
  mkdirSync(place.path, { recursive: true });
  if (user !== undefined) chownSync(place.path, user.uid, user.gid);
  if (canReach(user, place.path)) return;
  throw new EngineMissing(
    `PostgreSQL must run as user "${user?.name ?? process.env.USER}", who cannot come to ` +
      `${place.path}. Name another folder: --folder, or TIDEMARK_INFRA.`,
  );
}

/** One start at a time: another one is waited for; the lock of one that died is taken over. */
async function lockFolder(place) {
  const until = performance.now() + startMs;
  for (;;) {
    try {
      writeFileSync(place.lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(place.lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(place.lock);
    if (owner === undefined) continue;
    if (!isAlive(owner)) rmSync(place.lock, { force: true });
    else if (performance.now() < until) await sleep(lookMs);
    else
      throw new Error(`Process ${owner} has been starting PostgreSQL in ${place.path} for long.`);
  }
}

/** Undefined while it is being written, or when it has gone meanwhile. */
function ownerOf(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    return owner > 0 ? owner : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The cluster of this folder, if its server lives. */
function runningOf(place) {
  if (!existsSync(place.state)) return undefined;
  const state = JSON.parse(readFileSync(place.state, 'utf8'));
  const pid = postmasterOf(place);
  return pid === undefined ? undefined : { ...state, pid };
}

/** Process id of the server, if it is one and works on this very folder. */
function postmasterOf(place) {
  const file = join(place.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, data] = readFileSync(file, 'utf8').split('\n');
  if (data !== place.data || !isAlive(Number(pid))) return undefined;
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' });
  // Without ps the file is believed.
  return stdout === null || stdout.includes(place.data) ? Number(pid) : undefined;
}

const asUser = (user) => (user === undefined ? {} : { uid: user.uid, gid: user.gid });

/** Makes the cluster. What a killed run left half made is made anew. */
async function initialise(bin, place, user) {
  rmSync(place.data, { recursive: true, force: true });
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(place.path, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const args = ['-D', place.data, '-U', 'tidemark', '--pwfile', passwordFile];
  const secure = ['-A', 'scram-sha-256', '--data-checksums'];
  const texts = ['-E', 'UTF8', '--locale', 'C', '--no-instructions'];
  try {
    execFileSync(join(bin, 'initdb'), [...args, ...secure, ...texts], {
      ...asUser(user),
      cwd: place.path,
      stdio: 'pipe',
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const port = await freePort();
  appendFileSync(join(place.data, 'postgresql.conf'), settings(port));
  const url = `postgres://tidemark:${password}@127.0.0.1:${port}/postgres`;
  const version = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim();
  const state = { url, port, version, dataDir: place.data };
  writeFileSync(place.state, JSON.stringify(state), { mode: 0o600 });
}

/**
 * What a start says while one that was killed is not wholly gone: its processes hold memory, or
 * nobody has taken note of its end yet.
 */
const stillGoing = /still in use|lock file "postmaster.pid" already exists/;

/** Starts the server; once more while processes of one that was killed are still going. */
async function launch(bin, place, user) {
  const until = performance.now() + startMs;
  for (;;) {
    if (await launchOnce(bin, place, { user, until })) return runningOf(place);
    if (performance.now() > until || !stillGoing.test(endOf(place.log))) {
      throw new Error(`PostgreSQL did not start. It said, in ${place.log}:\n${endOf(place.log)}`);
    }
    await sleep(lookMs);
  }
}

/** False if it ended, or was not ready in time. */
async function launchOnce(bin, place, { user, until }) {
  const log = openSync(place.log, 'a');
  const args = ['-D', place.data];
  const child = spawn(join(bin, 'postgres'), args, {
    ...asUser(user),
    cwd: place.path,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended = false;
  child.once('error', () => (ended = true));
  child.once('exit', () => (ended = true));
  while (!isReady(place, child.pid)) {
    if (ended) return false;
    if (performance.now() > until) {
      child.kill('SIGQUIT');
      return false;
    }
    await sleep(lookMs);
  }
  child.unref();
  return true;
}

/** The last line of postmaster.pid says `ready` as soon as connections are taken. */
function isReady(place, pid) {
  const file = join(place.data, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function endOf(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}
