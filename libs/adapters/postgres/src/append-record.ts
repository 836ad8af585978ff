import { crc32 } from 'node:zlib';
import { LogDamaged, packAppend, unpackAppend } from '@tidemark/streams';
import type { EncodedAppend, PackedAppend, StoredEvent } from '@tidemark/streams';
import { positionOf } from './log-place.js';

/** A row of the log. */
export interface AppendRecord extends PackedAppend {
  readonly checksum: number;
  readonly epoch: number;
  readonly xid: string;
  /** Number of its last event in its transaction. */
  readonly last: number;
}

/** A row to write, with its CRC-32 over everything that the writer knows of it. */
export function packChecked(append: EncodedAppend): PackedAppend & { readonly checksum: number } {
  const packed = packAppend(append);
  return { ...packed, checksum: checksumOf(packed) };
}

function checksumOf({ stream, revision, events, types, ids, metas, data }: PackedAppend): number {
  return crc32(data, crc32(`${stream}\n${revision}\n${events}\n${types}\n${ids}\n${metas}\n`));
}

/**
 * The events of a row.
 *
 * @throws LogDamaged if the row is not what was written.
 */
export function eventsOf(record: AppendRecord): StoredEvent[] {
  const { epoch, xid, last, events } = record;
  const first = last - events + 1;
  const positionAt = (index: number) => positionOf({ epoch, xid, number: first + index });
  const computed = checksumOf(record);
  if (computed !== record.checksum) {
    const position = positionAt(0);
    throw new LogDamaged(
      `The row at position ${position} (${record.stream}, revision ${record.revision}) is ` +
        `damaged: checksum ${computed}, written ${record.checksum}. Restore the database from a ` +
        'backup.',
      { position },
    );
  }
  return unpackAppend(record, positionAt);
}
