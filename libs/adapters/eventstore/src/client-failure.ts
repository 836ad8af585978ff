import { ErrorType, isCommandError } from '@eventstore/db-client';
import { AppendRefused, LogDamaged, Outage, StoreClosed } from '@tidemark/streams';
import type { OutageCode } from '@tidemark/streams';

// Status codes of gRPC that mean "try again", from the client's errors that have no type.
const statusCodes: ReadonlyMap<number, OutageCode> = new Map([
  [1, 'unavailable'], // cancelled
  [2, 'unavailable'], // unknown
  [4, 'timeout'],
  [8, 'overloaded'],
  [13, 'unavailable'], // internal
  [14, 'unavailable'],
]);

const outageTypes: ReadonlyMap<string, OutageCode> = new Map([
  [ErrorType.UNAVAILABLE, 'unavailable'],
  [ErrorType.CANCELLED, 'unavailable'],
  [ErrorType.NOT_LEADER, 'unavailable'],
  // What a server says while it starts: "Server Is Not Ready".
  [ErrorType.UNKNOWN, 'unavailable'],
  [ErrorType.TIMEOUT, 'timeout'],
  [ErrorType.DEADLINE_EXCEEDED, 'timeout'],
]);

/**
 * What the port says for what the client threw; anything else comes back as it is.
 *
 * `ambiguous`: the call was an append, which may have been written whatever the failure says.
 */
export function failureOf(thrown: unknown, doing: string, more = { ambiguous: false }): unknown {
  if (isOurs(thrown)) return thrown;
  const told = `${doing} failed: ${textOf(thrown)}.`;
  if (thrown instanceof Error && isCommandError(thrown)) {
    switch (thrown.type) {
      case ErrorType.ACCESS_DENIED:
        return new Outage('unavailable', `${told} ${accessRemedy}`, { cause: thrown });
      case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
        return new AppendRefused(`${told} ${appendSizeRemedy}`, { cause: thrown });
      case ErrorType.STREAM_DELETED:
        return new LogDamaged(`${told} Somebody deleted it: restore the server from a backup.`, {
          cause: thrown,
        });
      default:
    }
  }
  const code = outageCodeOf(thrown);
  if (code === undefined) return thrown;
  const remedy = 'Is the server up, and does it answer? Try again.';
  return new Outage(code, `${told} ${remedy}`, { ...more, cause: thrown });
}

const accessRemedy = 'Give a user who may read $all and write the streams of the namespace.';
const appendSizeRemedy = 'Start the server with MaxAppendSize of 1 MiB (the default) or more.';

/** Whether the same call may well succeed at once, over a new connection. */
export function mayPass(thrown: unknown): boolean {
  return !isOurs(thrown) && outageCodeOf(thrown) !== undefined;
}

export function hasType(thrown: unknown, type: ErrorType): boolean {
  return thrown instanceof Error && isCommandError(thrown) && thrown.type === type;
}

function isOurs(thrown: unknown): boolean {
  return (
    thrown instanceof Outage ||
    thrown instanceof LogDamaged ||
    thrown instanceof StoreClosed ||
    thrown instanceof AppendRefused
  );
}

function outageCodeOf(thrown: unknown): OutageCode | undefined {
  if (thrown instanceof Error && isCommandError(thrown)) {
    const code = outageTypes.get(thrown.type);
    if (code !== undefined) return code;
  }
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'number' ? statusCodes.get(thrown.code) : undefined;
}

function textOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.message === '' ? thrown.constructor.name : thrown.message.replace(/\.$/, '');
}
