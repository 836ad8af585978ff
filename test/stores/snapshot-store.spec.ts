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
