/// <reference types="jest" />
import { snapshotsKept } from '@tidemark/streams';
import type { SnapshotFound, SnapshotStore, SnapshotToSave } from '@tidemark/streams';

/** An open snapshot store without snapshots. */
export interface OpenedSnapshotStore {
  readonly store: SnapshotStore;
  /** Makes the newest snapshot of the name unusable: cuts it short, or changes a byte of it. */
  spoil(name: string, how: 'torn' | 'damaged'): Promise<void>;
  /** Takes away what the store left behind. */
  dispose(): Promise<void>;
}

const name = 'plan/acme/dynamic';
const positionAt = (number: number): string => `100000000000000${number}`;

function stateAt(number: number, more: Partial<SnapshotToSave> = {}): SnapshotToSave {
  const chunks = [`state ${number}`, 'rows '.repeat(1_000), 'end'];
  return { name, position: positionAt(number), schemaVersion: 3, chunks, ...more };
}

function textsOf({ snapshot }: SnapshotFound): string[] | undefined {
  return snapshot?.chunks.map((chunk) => Buffer.from(chunk).toString('utf8'));
}

function reasonsOf({ ignored }: SnapshotFound): string[] {
  return ignored.map(({ reason }) => reason);
}

/** Declares the tests that every snapshot store passes. */
export function snapshotStoreContract(
  title: string,
  open: () => Promise<OpenedSnapshotStore>,
): void {
  describe(`the snapshot store contract: ${title}`, () => {
    let opened: OpenedSnapshotStore | undefined;
    const fresh = async () => (opened = await open());
    afterEach(async () => {
      await opened?.dispose();
      opened = undefined;
    });
    keepingRules(fresh);
    ignoringRules(fresh);
  });
}

function keepingRules(fresh: () => Promise<OpenedSnapshotStore>): void {
  const wanted = { schemaVersion: 3 };

  it('gives back what was saved, cut as it was', async () => {
    const { store } = await fresh();
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    const chunks = ['ä\u{1f600}', bytes, '', new Uint8Array(0), 'x'.repeat(3_000_000), 'end 0'];
    await store.save(stateAt(1, { chunks }));
    const { snapshot, ignored } = await store.load(name, wanted);
    expect(ignored).toEqual([]);
    expect(snapshot).toMatchObject({ name, position: positionAt(1), schemaVersion: 3 });
    const lengths = snapshot?.chunks.map(({ length }) => length);
    expect(lengths).toEqual([6, 256, 0, 0, 3_000_000, 5]);
    expect(Buffer.from(snapshot?.chunks[1] ?? []).equals(bytes)).toBe(true);
    expect(Buffer.from(snapshot?.chunks[0] ?? []).toString('utf8')).toBe('ä\u{1f600}');
  });

  it('without chunks is a snapshot too', async () => {
    const { store } = await fresh();
    await store.save(stateAt(1, { chunks: [] }));
    expect((await store.load(name, wanted)).snapshot?.chunks).toEqual([]);
  });

  it('finds nothing under a name that was never saved', async () => {
    const { store } = await fresh();
    expect(await store.load(name, wanted)).toEqual({ snapshot: undefined, ignored: [] });
    await store.save(stateAt(1));
    const other = await store.load(`${name}/`, wanted);
    expect(other).toEqual({ snapshot: undefined, ignored: [] });
  });

  it('gives the newest of a name, whatever the position', async () => {
    const { store } = await fresh();
    for (const number of [1, 3, 2]) await store.save(stateAt(number));
    await store.save(stateAt(9, { name: 'other' }));
    expect((await store.load(name, wanted)).snapshot?.position).toBe(positionAt(2));
  });

  it.each(['', 'n'.repeat(257)])('refuses the name %p', async (wrong) => {
    const { store } = await fresh();
    await expect(store.save(stateAt(1, { name: wrong }))).rejects.toThrow(RangeError);
    await expect(store.load(wrong, wanted)).rejects.toThrow(RangeError);
  });

  it('takes any characters as a name', async () => {
    const { store } = await fresh();
    const names = ['../../x', 'a/b', '\u0000\n', '\u{1f600}', 'A/B', 'n'.repeat(256)];
    for (const [at, one] of names.entries()) await store.save(stateAt(at, { name: one }));
    for (const [at, one] of names.entries()) {
      expect((await store.load(one, wanted)).snapshot?.position).toBe(positionAt(at));
    }
  });
}

function ignoringRules(fresh: () => Promise<OpenedSnapshotStore>): void {
  const wanted = { schemaVersion: 3 };

  it.each(['torn', 'damaged'] as const)(
    'ignores one that is %s, says so, and gives the one before',
    async (how) => {
      const { store, spoil } = await fresh();
      await store.save(stateAt(1));
      await store.save(stateAt(2));
      await spoil(name, how);
      const found = await store.load(name, wanted);
      expect(reasonsOf(found)).toEqual([how]);
      expect(found.ignored[0]?.detail).not.toBe('');
      expect(textsOf(found)?.[0]).toBe('state 1');
      await store.save(stateAt(3));
      expect(textsOf(await store.load(name, wanted))?.[0]).toBe('state 3');
    },
  );

  it('ignores those of another schema version', async () => {
    const { store } = await fresh();
    await store.save(stateAt(1));
    await store.save(stateAt(2, { schemaVersion: 4 }));
    const older = await store.load(name, wanted);
    expect([reasonsOf(older), textsOf(older)?.[0]]).toEqual([['otherVersion'], 'state 1']);
    const none = await store.load(name, { schemaVersion: 5 });
    expect(none.snapshot).toBeUndefined();
    expect(reasonsOf(none)).toEqual(['otherVersion', 'otherVersion']);
  });

  it('ignores those that are ahead of the log', async () => {
    const { store } = await fresh();
    await store.save(stateAt(2));
    await store.save(stateAt(4));
    const cases = [
      [4, [], 'state 4'],
      [3, ['aheadOfLog'], 'state 2'],
      [2, ['aheadOfLog'], 'state 2'],
      [1, ['aheadOfLog', 'aheadOfLog'], undefined],
    ] as const;
    for (const [head, reasons, text] of cases) {
      const found = await store.load(name, { ...wanted, head: positionAt(head) });
      expect([reasonsOf(found), textsOf(found)?.[0]]).toEqual([reasons, text]);
    }
  });

  it(`keeps the last ${snapshotsKept} of a name`, async () => {
    const { store, spoil } = await fresh();
    for (let number = 1; number <= 5; number += 1) await store.save(stateAt(number));
    const all = await store.load(name, { schemaVersion: 99 });
    expect(all.ignored).toHaveLength(snapshotsKept);
    await spoil(name, 'torn');
    expect(textsOf(await store.load(name, wanted))?.[0]).toBe('state 4');
  });
}
