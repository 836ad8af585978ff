/** A stored event as far as decoding needs it; the events of the store port are of this shape. */
export interface ReadableEvent {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly metaText: string;
  readonly data: unknown;
  readonly meta: unknown;
}
