export type OutageCode =
  'unavailable' | 'timeout' | 'diskFull' | 'inputOutput' | 'overloaded' | 'refusesWrites';

/**
 * The world outside failed; the runtime retries with bounds (DESIGN section 7).
 *
 * `ambiguous`: the append may or may not have happened. Appending the same event ids at the same
 * expected revision again tells, and does no harm. `fatal`: this process cannot write any more and
 * should exit; its successor finds everything acknowledged.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
  readonly code: OutageCode;
  readonly ambiguous: boolean;
  readonly fatal: boolean;

  constructor(
    code: OutageCode,
    message: string,
    more: { ambiguous?: boolean; fatal?: boolean; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.ambiguous = more.ambiguous ?? false;
    this.fatal = more.fatal ?? false;
  }
}

/** The store was asked after `close()`. */
export class StoreClosed extends Error {
  override readonly name = 'StoreClosed';

  constructor(what: string) {
    super(`${what} is closed and takes no more calls. Open it again.`);
  }
}

/** The caller broke a stated rule of the port (a size, a name): a defect, not an outage. */
export class AppendRefused extends Error {
  override readonly name = 'AppendRefused';
}

/**
 * The log holds a record that is not what was written. Nothing is repaired or cut off on its own:
 * restore the folder from a backup, or copy the log up to the position named.
 */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
  readonly position: string | undefined;

  constructor(message: string, more: { position?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.position = more.position;
  }
}
