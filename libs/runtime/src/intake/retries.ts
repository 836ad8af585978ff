import { Outage } from '@tidemark/streams';

/** Bounds of what is tried again when the store is away: about 1.3 seconds in all. */
export const retryLimits = { attempts: 6, firstPauseMs: 40 } as const;

export interface Retries {
  /** Runs the action again after an outage, after longer and longer pauses. */
  run<Value>(action: () => Promise<Value>): Promise<Value>;
}

export function retriesWith(sleep: (milliseconds: number) => Promise<void>): Retries {
  return {
    async run(action) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await action();
        } catch (failure) {
          const canRetry = failure instanceof Outage && !failure.fatal;
          if (!canRetry || attempt >= retryLimits.attempts) throw failure;
          await sleep(retryLimits.firstPauseMs * 2 ** (attempt - 1));
        }
      }
    },
  };
}
