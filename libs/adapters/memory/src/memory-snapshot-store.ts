import { comparePositions, snapshotsKept } from '@tidemark/streams';
import type {
  IgnoredSnapshot,
  LoadOptions,
  Snapshot,
  SnapshotFound,
  SnapshotStore,
} from '@tidemark/streams';

/** Snapshots in memory. `damage` plays a bad disk: see the contract suite. */
export interface MemorySnapshotStore extends SnapshotStore {
  /** Makes the newest snapshot under the name unusable. */
  damage(name: string, reason: 'torn' | 'damaged'): void;
}

interface Kept {
  readonly snapshot: Snapshot;
  bad: 'torn' | 'damaged' | undefined;
}

export function openMemorySnapshotStore(): MemorySnapshotStore {
  const byName = new Map<string, Kept[]>();
  return {
    async save({ name, position, schemaVersion, chunks }) {
      checkName(name);
      const bytes = Array.from(chunks, (chunk) => new Uint8Array(Buffer.from(chunk)));
      const snapshot = { name, position, schemaVersion, chunks: bytes };
      const kept = [{ snapshot, bad: undefined }, ...(byName.get(name) ?? [])];
      byName.set(name, kept.slice(0, snapshotsKept));
    },
    async load(name, options) {
      checkName(name);
      return newestUsable(byName.get(name) ?? [], options);
    },
    damage(name, reason) {
      const [newest] = byName.get(name) ?? [];
      if (newest !== undefined) newest.bad = reason;
    },
  };
}

const nameLengthMax = 256;

function checkName(name: string): void {
  if (name.length > 0 && name.length <= nameLengthMax) return;
  throw new RangeError(
    `The snapshot name has ${name.length} characters; it must have 1 to ${nameLengthMax}.`,
  );
}

function newestUsable(kept: readonly Kept[], options: LoadOptions): SnapshotFound {
  const ignored: IgnoredSnapshot[] = [];
  for (const one of kept) {
    const why = reasonToIgnore(one, options);
    if (why === undefined) return { snapshot: one.snapshot, ignored };
    ignored.push(why);
  }
  return { snapshot: undefined, ignored };
}

function reasonToIgnore(
  { snapshot, bad }: Kept,
  { schemaVersion, head }: LoadOptions,
): IgnoredSnapshot | undefined {
  const which = `Snapshot ${snapshot.name} at ${snapshot.position}`;
  if (bad !== undefined) return { reason: bad, detail: `${which} is ${bad}.` };
  if (snapshot.schemaVersion !== schemaVersion) {
    const detail = `${which} has schema ${snapshot.schemaVersion}, wanted ${schemaVersion}.`;
    return { reason: 'otherVersion', detail };
  }
  if (head !== undefined && comparePositions(snapshot.position, head) > 0) {
    return {
      reason: 'aheadOfLog',
      detail: `${which} is later than the log, which ends at ${head}.`,
    };
  }
  return undefined;
}
