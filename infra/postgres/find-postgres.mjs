// Finds the server's programs and the user they may run as.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { EngineMissing } from '../processes.mjs';

const versionMin = 14;

/**
 * The folder of initdb and postgres: TIDEMARK_POSTGRES_BIN, the newest of the system's packages, or
 * the path. Installs the package if it is missing and we are root on a system with apt-get.
 */
export function findPrograms() {
  const found = lookAround();
  if (found !== undefined) return found;
  if (isRoot() && hasProgram('apt-get')) {
    console.error('PostgreSQL is not installed: apt-get install postgresql …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '-qq', 'postgresql'], { stdio: 'ignore', env });
    const installed = lookAround();
    if (installed !== undefined) return installed;
  }
  throw new EngineMissing(
    `PostgreSQL ${versionMin} or newer is not installed. Get it: apt-get install postgresql ` +
      '(Debian, Ubuntu), dnf install postgresql-server (Fedora), brew install postgresql@17 ' +
      '(macOS), or set TIDEMARK_POSTGRES_BIN to the folder that holds initdb.',
  );
}

function lookAround() {
  return candidates().find((bin) => {
    const programs = ['initdb', 'postgres'].map((name) => join(bin, name));
    return programs.every((path) => existsSync(path)) && versionOf(bin) >= versionMin;
  });
}

function candidates() {
  const asked = process.env.TIDEMARK_POSTGRES_BIN;
  if (asked !== undefined) return [asked];
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).map(Number) : [];
  const newestFirst = versions.filter((one) => one > 0).toSorted((a, b) => b - a);
  const onPath = (process.env.PATH ?? '').split(':').filter((dir) => dir !== '');
  return [...newestFirst.map((one) => join(packaged, String(one), 'bin')), ...onPath];
}

function versionOf(bin) {
  const { stdout } = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

function hasProgram(name) {
  return (process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, name)));
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** The server refuses to run as root: then as `postgres`, or `nobody`. Undefined: as we are. */
export function unprivilegedUser() {
  if (!isRoot()) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (ids.some(({ status }) => status !== 0)) continue;
    const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
    return { name, uid, gid };
  }
  throw new EngineMissing(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody". Add one: ' +
      'useradd --system postgres',
  );
}

/** Whether that user can come to the folder: all folders above it let others pass. */
export function canReach(user, path) {
  if (user === undefined) return isWritable(path);
  try {
    execFileSync('test', ['-x', path], { uid: user.uid, gid: user.gid, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
