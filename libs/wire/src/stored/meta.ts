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

/** When an event was recorded, in milliseconds since 1970 UTC; undefined if it does not say so. */
export function recordedTimeOf({ meta }: { readonly meta: unknown }): number | undefined {
  if (typeof meta !== 'object' || meta === null || !('recordedTime' in meta)) return undefined;
  const time = Date.parse(String(meta.recordedTime));
  return Number.isNaN(time) ? undefined : time;
}
