/** What every stored event says besides its data (DESIGN section 5). */
export interface StoredMeta {
  readonly schemaVersion: number;
  /** Who had it recorded. */
  readonly principal: string;
  /** When it was recorded here (RFC 3339); information only, no rule reads it. */
  readonly recordedTime: string;
}

/** Share one meta over an append: it is then serialised once. */
export function metaOf(principal: string, recordedAt: number): Readonly<Record<string, unknown>> {
  const meta: StoredMeta = {
    schemaVersion: 1,
    principal,
    recordedTime: new Date(recordedAt).toISOString(),
  };
  return { ...meta };
}
