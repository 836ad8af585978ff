import type { ReadableEvent } from './readable-event.js';

/**
 * A stored event that this process cannot read: of an unknown type, or written by a newer version.
 * It stops the reader, visibly; nothing is skipped.
 */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  readonly stream: string;
  readonly revision: number;
  readonly type: string;

  constructor(event: ReadableEvent, why: string, cause?: unknown) {
    const where = `Event ${event.revision} of ${event.stream} (${event.type})`;
    super(`${where} ${why}`, cause === undefined ? undefined : { cause });
    this.stream = event.stream;
    this.revision = event.revision;
    this.type = event.type;
  }
}

/** Turns the data of one schema version into that of the next. */
export type Upcaster = (data: unknown) => unknown;

/**
 * Upcasters by stored type, the first from version 1 to 2. The current version of a type is the
 * number of its upcasters plus 1. A published field is never renamed without one.
 */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/** No type has changed yet: all are of version 1. */
export const upcasters: Upcasters = {};

export function currentVersionOf(type: string, registry: Upcasters = upcasters): number {
  return (registry[type]?.length ?? 0) + 1;
}

/**
 * The event's data as of the current schema version of its type.
 *
 * @throws UnreadableEvent if it was written in a newer version.
 */
export function currentData(event: ReadableEvent, registry: Upcasters = upcasters): unknown {
  const written = schemaVersionOf(event);
  const steps = registry[event.type] ?? [];
  const current = steps.length + 1;
  if (written === current) return event.data;
  if (written > current) {
    const why = `has schema version ${written}; this process knows up to ${current}. Update it.`;
    throw new UnreadableEvent(event, why);
  }
  return steps.slice(written - 1).reduce((data: unknown, step) => step(data), event.data);
}

let lastMetaText = '';
let lastVersion = 1;

/** Events of one append mostly share their meta text: it is parsed once. */
function schemaVersionOf(event: ReadableEvent): number {
  if (event.metaText === lastMetaText) return lastVersion;
  const { meta } = event;
  const version =
    typeof meta === 'object' && meta !== null && 'schemaVersion' in meta ? meta.schemaVersion : 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new UnreadableEvent(event, `has the schema version ${JSON.stringify(version)}.`);
  }
  lastMetaText = event.metaText;
  lastVersion = version;
  return version;
}
