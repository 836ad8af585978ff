/// <reference types="jest" />
import type { ReadModelStore } from '@tidemark/streams';
import { buildRules, checkpointRules } from './read-model-build-rules.js';
import { changeRules } from './read-model-change-rules.js';
import { queryRules } from './read-model-query-rules.js';
import type { OpenReadModels } from './stock-model.js';

/** Declares the tests that every read-model store passes. */
export function readModelStoreContract(name: string, open: OpenReadModels): void {
  describe(`the read-model store contract: ${name}`, () => {
    const opened: ReadModelStore[] = [];
    const fresh: OpenReadModels = async (shapes) => {
      const store = await open(shapes);
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });
    checkpointRules(fresh);
    changeRules(fresh);
    buildRules(fresh);
    queryRules(fresh);
  });
}
