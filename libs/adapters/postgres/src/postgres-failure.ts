import { types } from 'node:util';
import { LogDamaged, Outage } from '@tidemark/streams';
import type { OutageCode } from '@tidemark/streams';

/** The SQLSTATE of an error that the server sent. */
export function sqlStateOf(thrown: unknown): string | undefined {
  const code = codeOf(thrown);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')
    ? code
    : undefined;
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Two transactions met; nothing was written. The same statement again may well succeed. */
export function isCollision(thrown: unknown): boolean {
  const state = sqlStateOf(thrown);
  return state === '40001' || state === '40P01';
}

// By SQLSTATE, else by its class (the first two characters).
const outages: Readonly<Record<string, OutageCode>> = {
  '25006': 'refusesWrites',
  '28000': 'unavailable',
  '28P01': 'unavailable',
  '3D000': 'unavailable',
  '53100': 'diskFull',
  '55P03': 'timeout',
  '57014': 'timeout',
  '58030': 'inputOutput',
  '08': 'unavailable',
  '40': 'unavailable',
  '53': 'overloaded',
  '57': 'unavailable',
};

const remedies: Readonly<Record<OutageCode, string>> = {
  unavailable: 'Check that the server runs and that address, user and password are right.',
  timeout: 'Check the load of the server and what holds locks (pg_stat_activity).',
  diskFull: 'Free some space on the server; writing resumes.',
  inputOutput: "Check the server's disk and log.",
  overloaded: 'The server has no more connections or memory: raise its limits or open fewer.',
  refusesWrites: 'This server is a standby: connect to the primary.',
};

/**
 * What the port says for what `pg` threw; anything else comes back as it is. `sent`: a writing
 * statement had been sent. Unless the server has said that it undid it, it may have been done.
 */
export function failureOf(thrown: unknown, doing: string, sent: boolean): unknown {
  if (thrown instanceof Outage || !types.isNativeError(thrown)) return thrown;
  const state = sqlStateOf(thrown);
  if (state === 'XX001' || state === 'XX002') {
    return new LogDamaged(`${doing}: ${thrown.message}. Restore the database from a backup.`, {
      cause: thrown,
    });
  }
  if (state === undefined) {
    if (!isOfTheLine(thrown)) return thrown;
    return outage('unavailable', { thrown, doing, ambiguous: sent });
  }
  const code = outages[state] ?? outages[state.slice(0, 2)];
  if (code === undefined) return thrown;
  const undone = !/^(08|57|58)/.test(state);
  return outage(code, { thrown, doing, ambiguous: sent && !undone });
}

function outage(
  code: OutageCode,
  { thrown, doing, ambiguous }: { thrown: Error; doing: string; ambiguous: boolean },
): Outage {
  const told = `${doing} failed: ${thrown.message || String(codeOf(thrown))}. ${remedies[code]}`;
  return new Outage(code, told, { ambiguous, cause: thrown });
}

/** `pg` has no type for these: errors of the socket, and its own of a connection that broke. */
function isOfTheLine(thrown: Error): boolean {
  const code = codeOf(thrown);
  if (code !== undefined && /^E[A-Z_]+$/.test(code)) return true;
  return /connection|timeout exceeded|not queryable/i.test(thrown.message);
}
