import { crc32 } from 'node:zlib';
import { LogDamaged, positionOfCount, StoredRecord } from '@tidemark/streams';
import type { EncodedAppend, StoredEvent } from '@tidemark/streams';

/**
 * One append as one row. `count` is the place of its first event among all events, from 1.
 * `types`, `ids`, `metas` and `data` hold one text per event, joined by line breaks (which none of
 * them contains); types and metas that are all equal are held once.
 */
export interface AppendRecord {
  readonly count: number;
  readonly stream: string;
  readonly revision: number;
  readonly events: number;
  readonly checksum: number;
  readonly types: string;
  readonly ids: string;
  readonly metas: string;
  readonly data: string;
}

export function recordOfAppend(append: EncodedAppend, count: number): AppendRecord {
  const unsigned = {
    count,
    stream: append.stream,
    revision: append.expected + 1,
    events: append.ids.length,
    types: joined(append.types),
    ids: append.ids.join('\n'),
    metas: joined(append.metaTexts),
    data: append.dataTexts.join('\n'),
  };
  return { ...unsigned, checksum: checksumOf(unsigned) };
}

function joined(texts: readonly string[]): string {
  const first = texts[0] ?? '';
  return texts.every((text) => text === first) ? first : texts.join('\n');
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
  const { count, stream, revision, events } = record;
  if (events === 1) {
    const { ids, types, data, metas } = record;
    return [new StoredRecord(stream, revision, positionOfCount(count), ids, types, data, metas)];
  }
  const types = record.types.split('\n');
  const ids = record.ids.split('\n');
  const metas = record.metas.split('\n');
  const data = record.data.split('\n');
  const type = types.length === 1 ? types[0] : undefined;
  const meta = metas.length === 1 ? metas[0] : undefined;
  const found: StoredEvent[] = [];
  for (let index = 0; index < events; index += 1) {
    const event = new StoredRecord(
      stream,
      revision + index,
      positionOfCount(count + index),
      ids[index] ?? '',
      type ?? types[index] ?? '',
      data[index] ?? '',
      meta ?? metas[index] ?? '',
    );
    found.push(event);
  }
  return found;
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
