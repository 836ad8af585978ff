import { setTimeout as pause } from 'node:timers/promises';
import type { WrongExpectedVersionError } from '@eventstore/db-client';
import { failed, success } from '@tidemark/kernel';
import { noEvents } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend, StoredEvent } from '@tidemark/streams';
import { readStream } from './stream-reader.js';
import type { StreamReaderOptions } from './stream-reader.js';
import { overdue } from './timed.js';

const firstPauseMs = 5;
const pauseMsMax = 100;

/**
 * What a refused expected revision means: somebody else appended, or this very append stands there
 * already. The server tells a repeat from a conflict only once the first has reached its index, so
 * one that comes right behind it is refused as well; the events that stand there tell.
 */
export async function outcomeOfRefusal(
  options: StreamReaderOptions,
  append: EncodedAppend,
  { actualVersion }: WrongExpectedVersionError,
): Promise<AppendOutcome> {
  const { stream, expected, ids } = append;
  const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : noEvents;
  const conflict = failed({ code: 'CONFLICT', stream, expected, actual } as const);
  const last = expected + ids.length;
  // There is no room for this append up to the last event.
  if (actual < last) return conflict;
  const first = await whenReadable(options, stream, expected + 1);
  if (first.id !== ids[0]) return conflict;
  const { position } = await whenReadable(options, stream, last);
  for (let at = 0; at < ids.length;) {
    const standing = await readStream(options, stream, { from: expected + 1 + at, limit: page });
    for (const { id } of standing) {
      if (at === ids.length) break;
      if (id !== ids[at]) return conflict;
      at += 1;
    }
  }
  return success({ revision: last, position });
}

const page = 1_000;

/** An event that the server has told of, though perhaps not yet indexed. */
async function whenReadable(
  options: StreamReaderOptions,
  stream: string,
  revision: number,
): Promise<StoredEvent> {
  const { ms } = options;
  const until = performance.now() + ms;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, pauseMsMax)) {
    const [event] = await readStream(options, stream, { from: revision, limit: 1 });
    if (event !== undefined) return event;
    const doing = `Reading event ${revision} of ${stream}, which the server told of`;
    if (performance.now() > until) throw overdue(doing, { ms, ambiguous: true });
    await pause(pauseMs);
  }
}
