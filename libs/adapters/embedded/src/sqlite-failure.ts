import { LogDamaged, Outage } from '@tidemark/streams';

// Primary result codes of SQLite: the low byte of the extended code.
const primary = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
} as const;
const notADatabase = 26;

/** The extended result code, if `thrown` came out of SQLite. */
export function sqliteCodeOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode : undefined;
}

export function isBusy(thrown: unknown): boolean {
  const code = sqliteCodeOf(thrown);
  return code !== undefined && ((code & 0xff) === primary.busy || (code & 0xff) === primary.locked);
}

/**
 * What the port says for what SQLite threw; anything else comes back as it is.
 *
 * A full disk leaves the transaction undone, so it may be tried again. After any other failed write
 * nobody knows what the disk holds - a second fsync can succeed with data lost - so the process
 * must not write any more; its successor reads what is really there.
 */
export function failureOf(thrown: unknown, doing: string): unknown {
  const code = sqliteCodeOf(thrown);
  if (code === undefined) return thrown;
  const told = `${doing} failed: ${String(thrown)} (SQLite ${code}).`;
  switch (code & 0xff) {
    case primary.full:
      return new Outage(
        'diskFull',
        `${told} Nothing was written. Free some space; writing resumes.`,
        {
          cause: thrown,
        },
      );
    case primary.busy:
    case primary.locked:
      return new Outage('unavailable', `${told} Try again.`, { cause: thrown });
    case primary.cannotOpen:
      return new Outage('unavailable', `${told} Check that the folder may be read and written.`, {
        cause: thrown,
      });
    case primary.corrupt:
    case notADatabase:
      return new LogDamaged(`${told} Restore the folder from a backup.`, { cause: thrown });
    case primary.readOnly:
    case primary.inputOutput:
      return new Outage('inputOutput', `${told} Check the disk, then start the process again.`, {
        cause: thrown,
        ambiguous: true,
        fatal: true,
      });
    default:
      return thrown;
  }
}
