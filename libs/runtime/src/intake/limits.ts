/** Bounds of the way in. A batch is one call; callers of longer streams cut them. */
export const intakeLimits = {
  eventsPerTake: 10_000,
  /** Batches of one company in the queue. */
  takesWaiting: 256,
  /** Tries of one batch when another writer comes first. */
  attempts: 25,
  /** Tries of one claim when other claims come first; each reads those alone. */
  claimAttempts: 50,
  claimsPerPage: 500,
  /** Transactions of one claim, and so of one append: an id has at most 512 bytes. */
  idsPerClaim: 500,
  /** Changes of one company that wait for something unknown. */
  parked: 100_000,
  /** Dead letters of one company that are held in memory; the log holds all. */
  letters: 10_000,
  letterCharacters: 64_000,
  /** Bytes of one fact, in UTF-8. */
  factBytes: 900_000,
  /** Ten years: a source time farther ahead is refused. */
  clockAheadDays: 3_652,
} as const;
