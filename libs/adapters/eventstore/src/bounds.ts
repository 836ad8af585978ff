/** Bounds of what this adapter holds and waits for. */
export const clientBounds = {
  /**
   * Appends handed to the client at once. Its one append stream holds writes back from 16 messages
   * on, and a write that is held back when the connection breaks ends the process (an unhandled
   * rejection); the server is busy with far fewer.
   */
  appendsInFlight: 12,
  /**
   * An append that opens the stream reaches the server behind those that are called right after it:
   * it goes alone, as does the next one when the last answer is so old.
   */
  openMs: 50,
  /** One append is one message: larger than any append within the port's limits. */
  appendMessageBytes: 15 * 1024 * 1024,
  /** The client is taken to have forgotten an append that it has not settled for so long. */
  forgottenMs: 60_000,
  /** Events that a subscription reads ahead of its reader. */
  readAhead: 64,
  /** Events the server looks at before it tells how far it has come. */
  searchWindow: 1_000,
  /** Subscriptions of paging readers kept for the next page, and for how long. */
  cursorsKept: 4,
  cursorKeptMs: 1_000,
} as const;

/** How long a call or a page may stand still, and how often a waiting follower looks around. */
export interface Patience {
  readonly callMs: number;
  readonly watchMs: number;
}

export const defaultPatience: Patience = { callMs: 10_000, watchMs: 2_000 };
