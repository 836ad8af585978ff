// A single EventStoreDB or KurrentDB node: the one that TIDEMARK_EVENTSTORE names, else one of our
// own from the program that TIDEMARK_EVENTSTORE_SERVER names: on loopback and free ports, without
// TLS and projections, every append synced to disk, stopped by its process id.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, EngineMissing, freePort, isAlive } from '../processes.mjs';

export const title = 'EventStoreDB';

const startMs = 120_000;
const stopMs = 30_000;
const lookMs = 100;

/** Starts the server of that folder, or says where one runs. */
export async function start(folder) {
  const given = process.env.TIDEMARK_EVENTSTORE ?? '';
  if (given !== '') return { title, url: given, already: true };
  const place = placeOf(folder);
  const running = runningOf(place);
  const server = running ?? launch(place, programOf(), await portsOf(place));
  await untilLeader(server, place);
  return { ...server, title, already: running !== undefined };
}

/** Stops the server of that folder; true if it ran. With `remove` its folder goes too. */
export async function stop(folder, { remove = false } = {}) {
  const place = placeOf(folder);
  const running = runningOf(place);
  if (running !== undefined) {
    await endProcess(running.pid, { title, signals: ['SIGTERM', 'SIGKILL'], ms: stopMs });
  }
  if (remove) rmSync(place.path, { recursive: true, force: true });
  return running !== undefined;
}

function programOf() {
  const named = process.env.TIDEMARK_EVENTSTORE_SERVER ?? '';
  if (named !== '' && existsSync(named)) return resolve(named);
  const said =
    named === '' ? '' : `TIDEMARK_EVENTSTORE_SERVER names ${named}, which is not there. `;
  throw new EngineMissing(
    `${said}There is no EventStoreDB server. Set TIDEMARK_EVENTSTORE to one that runs ` +
      '(esdb://127.0.0.1:2113?tls=false), or TIDEMARK_EVENTSTORE_SERVER to the program ' +
      'EventStore.ClusterNode of a package, or build release 24.6 from its public source with ' +
      'the .NET SDK (docs/operations-eventstore.md).',
  );
}

function placeOf(folder) {
  const path = join(folder, 'eventstore');
  return { path, data: join(path, 'data'), log: join(path, 'server.log'), ...statesOf(path) };
}

const statesOf = (path) => ({ state: join(path, 'server.json'), logs: join(path, 'logs') });

/** The server of this folder, if it lives. */
function runningOf(place) {
  if (!existsSync(place.state)) return undefined;
  const state = JSON.parse(readFileSync(place.state, 'utf8'));
  if (!isAlive(state.pid)) return undefined;
  const args = ['-o', 'command=', '-p', String(state.pid)];
  const { stdout } = spawnSync('ps', args, { encoding: 'utf8' });
  // Without ps the file is believed.
  return stdout === null || stdout.includes(place.data) ? state : undefined;
}

/** The ports of the last time, so that clients find the server again. */
async function portsOf(place) {
  if (existsSync(place.state)) return JSON.parse(readFileSync(place.state, 'utf8'));
  return { port: await freePort(), replicationPort: await freePort() };
}

function launch(place, program, { port, replicationPort }) {
  mkdirSync(place.path, { recursive: true });
  const log = openSync(place.log, 'a');
  const child = spawn(program, argumentsOf(place, { port, replicationPort }), {
    cwd: dirname(program),
    env: { ...process.env, EVENTSTORE_TELEMETRY_OPTOUT: 'true' },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  // Without a process there is no pid, and that is told.
  child.once('error', () => undefined);
  if (child.pid === undefined) throw new Error(`${program} cannot be started.`);
  const url = `esdb://127.0.0.1:${port}?tls=false`;
  const state = { url, port, replicationPort, pid: child.pid, dataDir: place.data };
  writeFileSync(place.state, JSON.stringify(state));
  return state;
}

async function untilLeader({ port, pid }, place) {
  const until = performance.now() + startMs;
  while (!(await leads(port))) {
    if (!isAlive(pid) || performance.now() > until) {
      throw new Error(`${title} did not start. It said, in ${place.log}:\n${endOf(place.log)}`);
    }
    await sleep(lookMs);
  }
}

function argumentsOf(place, { port, replicationPort }) {
  return [
    '--insecure',
    '--run-projections=None',
    `--db=${place.data}`,
    `--log=${place.logs}`,
    '--node-ip=127.0.0.1',
    '--replication-ip=127.0.0.1',
    `--node-port=${port}`,
    `--replication-port=${replicationPort}`,
    // The default of 256 MB is read at every start; a million names are enough here.
    '--stream-existence-filter-size=4000000',
  ];
}

/** Whether the server takes calls: it answers before it does. */
function leads(port) {
  return new Promise((resolve) => {
    const asked = get({ host: '127.0.0.1', port, path: '/info', timeout: 1_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve(/"state":\s*"leader"/.test(text)));
      answer.on('error', () => resolve(false));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
  });
}

function endOf(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
}
