import { StoredRecord } from './stored-event.js';
import type { EncodedAppend } from './encode-append.js';
import type { Position } from './position.js';
import type { StoredEvent } from './stored-event.js';

/**
 * An append as one row of a table: `types`, `ids`, `metas` and `data` hold one text per event,
 * joined by line breaks (which none of them contains); types and metas that are all equal are held
 * once. For adapters.
 */
export interface PackedAppend {
  readonly stream: string;
  /** Of its first event. */
  readonly revision: number;
  readonly events: number;
  readonly types: string;
  readonly ids: string;
  readonly metas: string;
  readonly data: string;
}

export function packAppend(append: EncodedAppend): PackedAppend {
  return {
    stream: append.stream,
    revision: append.expected + 1,
    events: append.ids.length,
    types: joined(append.types),
    ids: append.ids.join('\n'),
    metas: joined(append.metaTexts),
    data: append.dataTexts.join('\n'),
  };
}

function joined(texts: readonly string[]): string {
  const first = texts[0] ?? '';
  return texts.every((text) => text === first) ? first : texts.join('\n');
}

/** The events of a row; `positionAt` tells the place of the event of an index, from 0. */
export function unpackAppend(
  packed: PackedAppend,
  positionAt: (index: number) => Position,
): StoredEvent[] {
  const { stream, revision, events } = packed;
  if (events === 1) {
    const { ids, types, data, metas } = packed;
    return [new StoredRecord(stream, revision, positionAt(0), ids, types, data, metas)];
  }
  const types = packed.types.split('\n');
  const ids = packed.ids.split('\n');
  const metas = packed.metas.split('\n');
  const data = packed.data.split('\n');
  const type = types.length === 1 ? types[0] : undefined;
  const meta = metas.length === 1 ? metas[0] : undefined;
  const found: StoredEvent[] = [];
  for (let index = 0; index < events; index += 1) {
    const event = new StoredRecord(
      stream,
      revision + index,
      positionAt(index),
      ids[index] ?? '',
      type ?? types[index] ?? '',
      data[index] ?? '',
      meta ?? metas[index] ?? '',
    );
    found.push(event);
  }
  return found;
}
