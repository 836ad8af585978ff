import { openMemoryEventStore } from '@tidemark/memory';
import { planDayOf } from '@tidemark/kernel';
import type { PlanRevision } from '@tidemark/planning';
import { appendInChunks, createBell, lastRevisionOf } from '@tidemark/streams';
import { encodeRevision } from '@tidemark/wire';
import { PlanFeed, streamLimits, tellChanges } from '@tidemark/serving';
import type { HttpReply, HttpRequest } from '@tidemark/serving';
import { Writable } from 'node:stream';

const stream = 'plan/acme/dynamic';

function revisionOf(revision: number): PlanRevision {
  const counters = { nodesVisited: 0, rowsComputed: 0, nodesChanged: 0, inputsApplied: 0 };
  return {
    plan: 'dynamic',
    revision,
    mode: 'follow',
    day: planDayOf(20_000),
    tidemark: String(revision),
    position: String(revision),
    step: 0,
    nodes: [],
    findings: [],
    counters,
    requested: 0,
    processed: 0,
    skipped: [],
    decisions: [],
  };
}

function openPlan() {
  const store = openMemoryEventStore();
  const bell = createBell();
  const feed = new PlanFeed({ store, stream, listen: () => ({ bell, end: () => undefined }) });
  const publish = async (revision: number) => {
    const events = encodeRevision('acme', revisionOf(revision)).map((content, at) => ({
      id: `${revision}-${at}`,
      ...content,
    }));
    const expected = await lastRevisionOf(store, stream);
    await appendInChunks(store, stream, { id: `batch-${revision}`, events, expected });
    bell.ring();
  };
  return { feed, publish, store };
}

/** The connection of a reader that takes what is written only when it is told to. */
class Connection extends Writable {
  text = '';
  #taking: (() => void) | undefined;
  readonly #stalled: () => void;

  constructor(stalled: () => void) {
    super({ highWaterMark: 1 });
    this.#stalled = stalled;
  }

  override _write(chunk: Buffer, _: BufferEncoding, taken: () => void): void {
    this.text += chunk.toString();
    this.#taking = taken;
    if (this.text.includes('id: 1')) this.#stalled();
    else this.take();
  }

  take(): void {
    const taking = this.#taking;
    this.#taking = undefined;
    taking?.();
  }

  writeHead(): this {
    return this;
  }
}

const request = { raw: { destroy: () => undefined } } as unknown as HttpRequest;

function replyOn(raw: Connection): HttpReply {
  return { raw, hijack: () => undefined } as unknown as HttpReply;
}

describe('a reader of changes that takes nothing', () => {
  it('is sent away with a last event once the plan is too far ahead', async () => {
    const { feed, publish } = openPlan();
    await publish(1);
    let stall: () => void = () => undefined;
    const stalled = new Promise<void>((resolve) => {
      stall = resolve;
    });
    const connection = new Connection(stall);
    const signal = new AbortController().signal;
    const telling = tellChanges({ request, reply: replyOn(connection) }, feed, {
      after: 0,
      filter: {},
      signal,
    });
    await stalled;
    const last = streamLimits.revisionsBehind + 1;
    for (let revision = 2; revision <= last; revision += 1) await publish(revision);
    await telling;
    // Nothing but the goodbye waits for the reader: the revisions are in the log.
    connection.take();
    connection.take();
    expect(connection.text).toContain('event: lagging');
    expect(connection.text).not.toContain('id: 2\n');
  });
});

describe('the feed of a plan', () => {
  it('leaves out chunks whose writer gave up', async () => {
    const { feed, publish, store } = openPlan();
    await publish(1);
    const chunk = { company: 'acme', plan: 'dynamic', revision: 2, index: 0, nodes: [] };
    const left = { id: 'left-0', type: 'PlanRevisionChunk', data: chunk };
    const expected = await lastRevisionOf(store, stream);
    await store.append(stream, [{ ...left, meta: { batch: { id: 'left' } } }], expected);
    await publish(2);
    const told: number[] = [];
    for await (const { revision } of feed.after(0)) told.push(revision);
    expect(told).toEqual([1, 2]);
    expect(await feed.last()).toBe(2);
  });

  it.each([0, 1, 4, 9, 10])('begins right after revision %i', async (after) => {
    const { feed, publish } = openPlan();
    for (let revision = 1; revision <= 10; revision += 1) await publish(revision);
    const told: number[] = [];
    for await (const { revision } of feed.after(after)) told.push(revision);
    expect(told).toEqual(Array.from({ length: 10 - after }, (_, index) => after + index + 1));
  });
});
