import { checkSnapshotName, reasonToIgnore, snapshotsKept } from '@tidemark/streams';
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
      checkSnapshotName(name);
      const bytes = Array.from(chunks, (chunk) => new Uint8Array(Buffer.from(chunk)));
      const snapshot = { name, position, schemaVersion, chunks: bytes };
      const kept = [{ snapshot, bad: undefined }, ...(byName.get(name) ?? [])];
      byName.set(name, kept.slice(0, snapshotsKept));
    },
    async load(name, options) {
      checkSnapshotName(name);
      return newestUsable(byName.get(name) ?? [], options);
    },
    damage(name, reason) {
      const [newest] = byName.get(name) ?? [];
      if (newest !== undefined) newest.bad = reason;
    },
  };
}

function newestUsable(kept: readonly Kept[], options: LoadOptions): SnapshotFound {
  const ignored: IgnoredSnapshot[] = [];
  for (const one of kept) {
    const { snapshot, bad } = one;
    const spoilt = bad === undefined ? undefined : { reason: bad, detail: `it is ${bad}` };
    const why = spoilt ?? reasonToIgnore(snapshot, options);
    if (why === undefined) return { snapshot, ignored };
    const which = `Snapshot ${snapshot.name} at ${snapshot.position}`;
    ignored.push({ ...why, detail: `${which}: ${why.detail}.` });
  }
  return { snapshot: undefined, ignored };
}
