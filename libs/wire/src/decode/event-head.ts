/** Who sends an event, about which thing, in which version; read from its envelope. */
export interface EventHead {
  readonly type: string;
  readonly company: string;
  readonly source: string;
  /** Id of the thing the event is about. */
  readonly id: string;
  readonly version: number;
  /** When it happened: milliseconds since 1970. */
  readonly time?: number;
  /** Who made the change in the source. */
  readonly principal?: string;
  readonly schemaVersion: number;
}
