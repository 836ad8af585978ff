/// <reference types="jest" />
import type { ReadModelStore } from '@tidemark/streams';
import { buildRules, checkpointRules } from './read-model-build-rules.js';
import { changeRules } from './read-model-change-rules.js';
import { queryRules } from './read-model-query-rules.js';
import { writerRules } from './read-model-writer-rules.js';
import type { OpenReadModels, OpenSharedReadModels } from './stock-model.js';

/** Declares the tests that every read-model store passes. */
export function readModelStoreContract(name: string, open: OpenSharedReadModels): void {
  describe(`the read-model store contract: ${name}`, () => {
    const opened: ReadModelStore[] = [];
    const noted = (store: ReadModelStore): ReadModelStore => {
      opened.push(store);
      return store;
    };
    const shared: OpenSharedReadModels = async (shapes) => {
      const { store, beside } = await open(shapes);
      return { store: noted(store), beside: async () => noted(await beside()) };
    };
    const fresh: OpenReadModels = async (shapes) => (await shared(shapes)).store;
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });
    checkpointRules(fresh);
    changeRules(fresh);
    buildRules(fresh);
    queryRules(fresh);
    writerRules(shared);
  });
}
