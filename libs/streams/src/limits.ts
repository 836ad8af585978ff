/** Bounds of one append. The bytes are those of all data and meta texts in UTF-8. */
export const appendLimits = { events: 10_000, bytes: 1_000_000 } as const;

/**
 * Bounds of the appends, of different streams, that stand in the log in the order of the calls when
 * they are called in one turn of the event loop. Units are UTF-16 units of all their texts.
 */
export const turnLimits = { appends: 500, units: 4_000_000 } as const;

/** Characters (UTF-16 units) of names; control characters and lone surrogates are refused. */
export const nameLimits = { stream: 512, id: 128, type: 128 } as const;

/**
 * Bounds of one read: events that may be asked for, the default batch of a follower, and the bytes
 * of text after which a page ends early.
 */
export const readLimits = { events: 10_000, batch: 1_000, bytes: 16_000_000 } as const;

/** Appends, and UTF-16 units of their texts, that may wait in a store for their turn. */
export const waitingLimits = { appends: 50_000, units: 64_000_000 } as const;
