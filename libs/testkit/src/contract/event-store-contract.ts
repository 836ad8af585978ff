/// <reference types="jest" />
import type { EventStore } from '@tidemark/streams';
import { appendRules, refusalRules, repeatRules, turnRules } from './append-rules.js';
import { batchRules } from './batch-rules.js';
import { closeRules, followRules } from './follow-rules.js';
import { logRules, streamRules } from './read-rules.js';

/** An open event store without events. */
export interface OpenedEventStore {
  readonly store: EventStore;
  /** Closes the store and takes away what it left behind; after `close` too. */
  dispose(): Promise<void>;
}

/** Declares the tests that every event store passes: the port's promises, one by one. */
export function eventStoreContract(name: string, open: () => Promise<OpenedEventStore>): void {
  describe(`the event store contract: ${name}`, () => {
    const opened: OpenedEventStore[] = [];
    const fresh = async () => {
      const one = await open();
      opened.push(one);
      return one.store;
    };
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.dispose();
    });
    appendRules(fresh);
    repeatRules(fresh);
    turnRules(fresh);
    refusalRules(fresh);
    streamRules(fresh);
    logRules(fresh);
    followRules(fresh);
    closeRules(fresh);
    batchRules(fresh);
  });
}
