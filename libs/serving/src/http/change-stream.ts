import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { PlanFeed } from '../companies/plan-feed.js';
import { toldRevision, type RevisionFilter } from '../companies/told-revision.js';
import type { HttpReply, HttpRequest } from './exchange.js';

export const streamLimits = {
  /** Revisions that a plan may publish while a reader takes nothing: then it is sent away. */
  revisionsBehind: 1_000,
  heartbeatMs: 15_000,
  /** Time a reader has to take the last event, once it is sent away. */
  goodbyeMs: 10_000,
  reconnectMs: 2_000,
} as const;

export interface ChangesWanted {
  readonly after: number;
  readonly filter: RevisionFilter;
  /** Ends the stream: the server stops. */
  readonly signal: AbortSignal;
}

interface Exchange {
  readonly request: HttpRequest;
  readonly reply: HttpReply;
}

/**
 * Tells a plan's revisions as server-sent events until the reader leaves. What the reader has not
 * taken is at most one revision: the next is read from the log when that is on its way. A reader
 * that takes nothing while the plan goes on is sent away and may come back by `Last-Event-ID`.
 */
export async function tellChanges(
  { request, reply }: Exchange,
  feed: PlanFeed,
  { after, filter, signal }: ChangesWanted,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  raw.once('close', leave);
  signal.addEventListener('abort', leave);
  const beat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(': still there\n\n');
  }, streamLimits.heartbeatMs);
  try {
    raw.write(`retry: ${streamLimits.reconnectMs}\n: revisions after ${after}\n\n`);
    await tell(raw, feed, { after, filter, signal: leaving.signal });
  } catch (failure) {
    request.raw.destroy();
    throw failure;
  } finally {
    clearInterval(beat);
    signal.removeEventListener('abort', leave);
    end(raw, 'closing', { reason: 'The server stops. Come back with Last-Event-ID.' });
  }
}

async function tell(
  raw: ServerResponse,
  feed: PlanFeed,
  { after, filter, signal }: ChangesWanted,
): Promise<void> {
  for await (const revision of feed.follow(after, signal)) {
    const told = toldRevision(revision, filter);
    const id = `id: ${revision.revision}\n`;
    // An id alone moves on what the reader comes back with, and shows nothing.
    const text = told === undefined ? '' : `event: revision\ndata: ${JSON.stringify(told)}\n`;
    if (raw.write(`${id}${text}\n`)) continue;
    if (await fallsBehind(raw, feed, signal)) {
      const behind = `${streamLimits.revisionsBehind} revisions wait`;
      end(raw, 'lagging', { reason: `${behind}. Come back with Last-Event-ID.` });
      return;
    }
  }
}

/** Waits for the reader to take what was written; true if the plan goes too far on meanwhile. */
async function fallsBehind(
  raw: ServerResponse,
  feed: PlanFeed,
  signal: AbortSignal,
): Promise<boolean> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const taken = once(raw, 'drain', { signal: either }).then(
    () => false,
    () => false,
  );
  const outrun = feed.outrun(streamLimits.revisionsBehind, either).then(() => !either.aborted);
  try {
    return await Promise.race([taken, outrun]);
  } finally {
    done.abort();
  }
}

/** The last event; a reader that does not take it in time is cut off. */
function end(raw: ServerResponse, event: string, data: object): void {
  if (raw.writableEnded || raw.destroyed) return;
  raw.end(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const cut = setTimeout(() => raw.destroy(), streamLimits.goodbyeMs);
  cut.unref();
  raw.once('close', () => clearTimeout(cut));
}
