import { openReadModelStore } from '@tidemark/embedded';
import { readModelStoreContract } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders } from './data-folder.js';

afterAll(removeDataFolders);

readModelStoreContract('embedded', async (shapes) => {
  const path = `${newDataFolder()}/read-models.sqlite`;
  return {
    store: openReadModelStore(path, shapes),
    beside: async () => openReadModelStore(path, shapes),
  };
});
