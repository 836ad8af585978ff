import { openEmbedded } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import { eventStoreContract } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders } from './data-folder.js';

afterAll(removeDataFolders);

eventStoreContract('in memory', async () => {
  const store = openMemoryEventStore();
  return { store, dispose: () => store.close() };
});

eventStoreContract('embedded', async () => {
  const { events, close } = await openEmbedded({ folder: newDataFolder() });
  return { store: events, dispose: close };
});

// Appends go to the writer, everything else is answered by a reader beside it.
eventStoreContract('embedded, read beside its writer', async () => {
  const folder = newDataFolder();
  const writer = await openEmbedded({ folder });
  const reader = await openEmbedded({ folder, mode: 'read', pollMs: 1 });
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
  };
  const append = writer.events.append.bind(writer.events);
  return { store: { ...reader.events, append, close }, dispose: close };
});
