import { openReadModelStore } from '@tidemark/embedded';
import { readModelStoreContract } from '@tidemark/testkit';
import { newDataFolder, removeDataFolders } from './data-folder.js';

afterAll(removeDataFolders);

readModelStoreContract('embedded', async (shapes) =>
  openReadModelStore(`${newDataFolder()}/read-models.sqlite`, shapes),
);
