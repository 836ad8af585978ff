import { readFileSync, writeFileSync } from 'node:fs';
import { openEmbedded } from '@tidemark/embedded';
import { openMemorySnapshotStore } from '@tidemark/memory';
import { snapshotStoreContract } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders, snapshotFiles, spoilFile } from './data-folder.js';

afterAll(removeDataFolders);

snapshotStoreContract('in memory', async () => {
  const store = openMemorySnapshotStore();
  return {
    store,
    spoil: async (name, how) => store.damage(name, how),
    dispose: async () => undefined,
  };
});

snapshotStoreContract('embedded', async () => {
  const folder = newDataFolder();
  const { snapshots, close } = await openEmbedded({ folder });
  return {
    store: snapshots,
    spoil: async (_, how) => spoilFile(snapshotFiles(folder).at(-1) ?? '', how),
    dispose: close,
  };
});

describe('a snapshot file', () => {
  const wanted = { schemaVersion: 1 };
  const state = { name: 's', position: '1', schemaVersion: 1, chunks: ['end 0', '', 'end 2'] };

  it('cut at any byte is torn, whatever its chunks say', async () => {
    const folder = newDataFolder();
    const { snapshots, close } = await openEmbedded({ folder });
    await snapshots.save(state);
    const [path = ''] = snapshotFiles(folder);
    const bytes = readFileSync(path);
    for (let size = 0; size < bytes.length; size += 1) {
      writeFileSync(path, bytes.subarray(0, size));
      const { snapshot, ignored } = await snapshots.load('s', wanted);
      expect([size, snapshot, ignored[0]?.reason]).toEqual([size, undefined, 'torn']);
    }
    writeFileSync(path, bytes);
    expect((await snapshots.load('s', wanted)).snapshot?.chunks).toHaveLength(3);
    await close();
  });

  it('with any byte changed is not used', async () => {
    const folder = newDataFolder();
    const { snapshots, close } = await openEmbedded({ folder });
    await snapshots.save(state);
    const [path = ''] = snapshotFiles(folder);
    const bytes = readFileSync(path);
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(place) ^ 0x04, place);
      writeFileSync(path, changed);
      const { snapshot, ignored } = await snapshots.load('s', wanted);
      expect([place, snapshot, ignored.length]).toEqual([place, undefined, 1]);
    }
    await close();
  });
});
