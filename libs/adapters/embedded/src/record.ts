import { crc32 } from 'node:zlib';
import { LogDamaged, packAppend, positionOfCount, unpackAppend } from '@tidemark/streams';
import type { EncodedAppend, PackedAppend, StoredEvent } from '@tidemark/streams';

/** One append as one row; `count` is the place of its first event among all events, from 1. */
export interface AppendRecord extends PackedAppend {
  readonly count: number;
  readonly checksum: number;
}

export function recordOfAppend(append: EncodedAppend, count: number): AppendRecord {
  const unsigned = { count, ...packAppend(append) };
  return { ...unsigned, checksum: checksumOf(unsigned) };
}

/** CRC-32 over everything that the record says, its place included. */
export function checksumOf(record: Omit<AppendRecord, 'checksum'>): number {
  const { count, stream, revision, events, types, ids, metas, data } = record;
  const head = `${count}\n${stream}\n${revision}\n${events}\n${types}\n${ids}\n${metas}\n`;
  return crc32(data, crc32(head));
}

/**
 * The events of a record.
 *
 * @throws LogDamaged if the record is not what was written.
 */
export function eventsOfRecord(record: AppendRecord): StoredEvent[] {
  checkRecord(record);
  return unpackAppend(record, (index) => positionOfCount(record.count + index));
}

/** @throws LogDamaged naming the position, if the checksum does not match. */
export function checkRecord(record: AppendRecord): void {
  const computed = checksumOf(record);
  if (computed === record.checksum) return;
  const position = positionOfCount(record.count);
  throw new LogDamaged(
    `The record at position ${position} (${record.stream}, revision ${record.revision}) is ` +
      `damaged: checksum ${computed}, written ${record.checksum}. Restore the folder from a` +
      ` backup.`,
    { position },
  );
}
