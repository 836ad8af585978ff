import { LogDamaged, positionOfCount } from '@tidemark/streams';
import { checkRecord } from './record.js';
import type { DatabaseSync } from 'node:sqlite';
import type { LogReader } from './log-reader.js';
import type { AppendRecord } from './record.js';

export interface Verification {
  readonly events: number;
  readonly streams: number;
  /** What is wrong, in order, at most `problemsMax`; none: the log is what was written. */
  readonly problems: readonly string[];
}

export const problemsMax = 100;

/**
 * Reads the whole log and checks every checksum, that positions and the revisions of each stream
 * have no gaps, and the structure of the file. Holds one number per stream in memory.
 */
export function verifyLog(database: DatabaseSync, reader: LogReader): Verification {
  const problems: string[] = [];
  const note = (problem: string) => {
    if (problems.length < problemsMax) problems.push(problem);
  };
  const revisions = new Map<string, number>();
  let count = 0;
  try {
    for (const record of reader.records()) {
      noteDamage(record, note);
      if (record.count !== count + 1) {
        note(`After position ${positionOfCount(count)} comes ${positionOfCount(record.count)}.`);
      }
      const next = revisions.get(record.stream) ?? 0;
      if (record.revision !== next) {
        note(`${record.stream} has revision ${record.revision} where ${next} belongs.`);
      }
      count = record.count + record.events - 1;
      revisions.set(record.stream, record.revision + record.events);
    }
    noteStructure(database, note);
  } catch (thrown) {
    note(String(thrown));
  }
  return { events: count, streams: revisions.size, problems };
}

function noteDamage(record: AppendRecord, note: (problem: string) => void): void {
  try {
    checkRecord(record);
  } catch (thrown) {
    if (!(thrown instanceof LogDamaged)) throw thrown;
    note(thrown.message);
  }
}

function noteStructure(database: DatabaseSync, note: (problem: string) => void): void {
  for (const row of database.prepare('PRAGMA integrity_check(100)').iterate()) {
    const [said] = Object.values(row);
    if (said !== 'ok') note(`The file events.sqlite: ${String(said)}.`);
  }
}
