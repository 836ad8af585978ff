import { comparePositions } from './position.js';
import type { Position } from './position.js';

/**
 * A state as of `position`, in chunks that come back cut as they were given. Texts become UTF-8.
 * `schemaVersion` is the writer's: a reader of another version ignores the snapshot.
 */
export interface SnapshotToSave {
  /** Whose state: 1 to 256 characters, any. */
  readonly name: string;
  readonly position: Position;
  readonly schemaVersion: number;
  readonly chunks: Iterable<Uint8Array | string>;
}

export interface Snapshot {
  readonly name: string;
  readonly position: Position;
  readonly schemaVersion: number;
  readonly chunks: readonly Uint8Array[];
}

export type IgnoredBecause =
  /** Its end is missing: the writer died, or the file was cut. */
  | 'torn'
  /** Its bytes are not those that were written. */
  | 'damaged'
  /** Written for another schema version, or in another file format. */
  | 'otherVersion'
  /** Later than the log: the log was restored from a backup. */
  | 'aheadOfLog';

export interface IgnoredSnapshot {
  readonly reason: IgnoredBecause;
  /** Which one, and the values that are wrong. */
  readonly detail: string;
}

export interface SnapshotFound {
  /** The newest one that can be used, or undefined: fold from the origin. */
  readonly snapshot: Snapshot | undefined;
  /** The newer ones that cannot, newest first, to be reported. */
  readonly ignored: readonly IgnoredSnapshot[];
}

export interface LoadOptions {
  readonly schemaVersion: number;
  /** Head of the log; a snapshot beyond it is ignored. */
  readonly head?: Position;
}

/** Snapshots are a saving, never the truth: losing all of them loses time only. */
export interface SnapshotStore {
  /**
   * Stores all of it or nothing, durably, and keeps the last two saved under the name.
   *
   * @throws Outage when it cannot be written; the earlier ones stay.
   */
  save(snapshot: SnapshotToSave): Promise<void>;

  load(name: string, options: LoadOptions): Promise<SnapshotFound>;
}

/** How many snapshots stay per name. */
export const snapshotsKept = 2;

const nameLengthMax = 256;

/** @throws RangeError for a name that no snapshot may have; for adapters. */
export function checkSnapshotName(name: string): void {
  if (name.length > 0 && name.length <= nameLengthMax) return;
  throw new RangeError(
    `The snapshot name has ${name.length} characters; it must have 1 to ${nameLengthMax}.`,
  );
}

/** Why a whole, undamaged snapshot is not one for this reader, if it is not; for adapters. */
export function reasonToIgnore(
  { position, schemaVersion }: Pick<Snapshot, 'position' | 'schemaVersion'>,
  wanted: LoadOptions,
): IgnoredSnapshot | undefined {
  if (schemaVersion !== wanted.schemaVersion) {
    const detail = `it has schema ${schemaVersion}, wanted ${wanted.schemaVersion}`;
    return { reason: 'otherVersion', detail };
  }
  if (wanted.head !== undefined && comparePositions(position, wanted.head) > 0) {
    return { reason: 'aheadOfLog', detail: `it is at ${position}, the log ends at ${wanted.head}` };
  }
  return undefined;
}
