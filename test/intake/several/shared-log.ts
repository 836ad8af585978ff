import { noDimensions } from '@tidemark/kernel';
import { openMemoryEventStore } from '@tidemark/memory';
import {
  createIntake,
  createPlanner,
  type Intake,
  type IntakeAnswer,
  type SnapshotOptions,
} from '@tidemark/runtime';
import { logBatches, type EventStore } from '@tidemark/streams';
import { decodeStored, type StoredMeaning } from '@tidemark/wire';
import type { Json } from '../intake-company.js';

export const company = 'acme';
const clock = { now: () => Date.UTC(2026, 2, 2, 12) };
export const sending = { principal: 'tester', source: 'erp' };

/** What somebody does to the company through one intake; what is told is comparable. */
export type Act = (intake: Intake) => Promise<unknown>;

/** Sends a batch; told are the counts of what became of it. */
export const send =
  (...events: readonly Json[]): Act =>
  async (intake) =>
    countsOf(await intake.take(company, events, sending));

export function countsOf(answer: IntakeAnswer): Json {
  const { accepted, repeated, olderIgnored, parked, refused } = answer;
  return { accepted, repeated, olderIgnored, parked, refused };
}

export function openIntake(store: EventStore, snapshots?: SnapshotOptions): Intake {
  const sleep = (): Promise<void> => Promise.resolve();
  return createIntake({ store, clock, sleep, ...(snapshots && { snapshots }) });
}

/** A log that several intakes may write to. */
export const openSharedLog = (): EventStore => openMemoryEventStore({ isShared: true });

/** What is done to the store before one of its calls; true: that was the last time. */
export type Between = (call: number) => Promise<void>;

/** The same log, with something done before each append and each read of one writer. */
export function withBetween(store: EventStore, between: Between): EventStore {
  let calls = 0;
  const before = (): Promise<void> => between((calls += 1));
  return {
    async append(stream, events, expected) {
      await before();
      return store.append(stream, events, expected);
    },
    async readStream(stream, wanted) {
      await before();
      return store.readStream(stream, wanted);
    },
    async readAll(wanted) {
      await before();
      return store.readAll(wanted);
    },
    head: () => store.head(),
    follow: (wanted) => store.follow(wanted),
    close: () => store.close(),
  };
}

async function meaningsOf(store: EventStore): Promise<readonly StoredMeaning[]> {
  const found: StoredMeaning[] = [];
  for await (const { events } of logBatches(store))
    found.push(...events.map((e) => decodeStored(e)));
  return found;
}

function transactionsIn(meanings: readonly StoredMeaning[]): readonly string[] {
  const ids = new Set<string>();
  for (const meaning of meanings) {
    if (meaning.kind === 'entry') ids.add(meaning.entry.cause.id);
    if (meaning.kind === 'note') ids.add(meaning.note.cause.id);
  }
  return [...ids].toSorted();
}

/** All that is left in the end: transactions, stock, what is kept, and the plan. */
export async function endOf(store: EventStore): Promise<Json> {
  const meanings = await meaningsOf(store);
  const intake = openIntake(store);
  const planner = createPlanner({ store, company, clock });
  await planner.catchUp();
  const rows = (planner.view()?.rowsOf() ?? []).flatMap((node) => [
    ...node.orders,
    ...node.requirements,
    ...node.coverage,
    ...node.messages,
  ]);
  const items = meanings.flatMap((meaning) =>
    meaning.kind === 'fact' && meaning.fact.kind === 'item' ? [meaning.fact.item.id] : [],
  );
  const ids = transactionsIn(meanings);
  const stock = [...new Set(items)]
    .toSorted()
    .map(async (item) => [item, await intake.stockOnHand(company, item, noDimensions)]);
  return {
    transactions: await Promise.all(
      ids.map(async (id) => [id, await intake.transaction(company, id)]),
    ),
    stock: await Promise.all(stock),
    parked: (await intake.parked(company)).map(({ id }) => id).toSorted(),
    letters: (await intake.deadLetters(company))
      .map(({ rule, text }) => `${rule} ${text}`)
      .toSorted(),
    plan: rows.map((row) => JSON.stringify(row)).toSorted(),
  };
}

/** What the log itself says twice, or of two items: none of it may be there. */
export async function wrongIn(store: EventStore): Promise<readonly string[]> {
  const wrong: string[] = [];
  const itemOf = new Map<string, string>();
  const recorded = new Set<string>();
  const facts = new Set<string>();
  const kept = new Map<string, 'open' | 'closed'>();
  const sequences = new Map<string, number>();
  const close = (id: string, what: string): void => {
    if (kept.get(id) !== 'open') wrong.push(`${what} ${id} ended twice`);
    kept.set(id, 'closed');
  };
  const open = (id: string, what: string): void => {
    if (kept.get(id) === 'open') wrong.push(`${what} ${id} kept twice`);
    kept.set(id, 'open');
  };
  for (const meaning of await meaningsOf(store)) {
    if (meaning.kind === 'entry' || meaning.kind === 'note') {
      const { item, cause } = meaning.kind === 'entry' ? meaning.entry : meaning.note;
      if (cause.kind === 'transaction') {
        const first = itemOf.get(cause.id) ?? item;
        itemOf.set(cause.id, first);
        if (first !== item) wrong.push(`${cause.id} is of ${first} and of ${item}`);
      }
      // An order that replaces a firmed one, and a removal of a posted one, are two records.
      const of = meaning.kind === 'entry' ? (meaning.entry.assert?.id ?? 'none') : 'note';
      const key = `${item} ${cause.kind} ${cause.source} ${cause.id} ${cause.version} ${of}`;
      if (recorded.has(key)) wrong.push(`${key} is recorded twice`);
      recorded.add(key);
    }
    if (meaning.kind === 'entry') {
      const { item, sequence } = meaning.entry;
      const expected = (sequences.get(item) ?? 0) + 1;
      if (sequence !== expected) wrong.push(`${item} has entry ${sequence} after ${expected - 1}`);
      sequences.set(item, sequence);
    }
    if (meaning.kind === 'fact') {
      const { head, fact } = meaning;
      const key = `${fact.kind} ${head.source} ${head.id} ${head.version}`;
      if (facts.has(key)) wrong.push(`${key} is recorded twice`);
      facts.add(key);
    }
    if (meaning.kind !== 'intake') continue;
    const { event } = meaning;
    if (event.kind === 'changeParked') open(event.parked.id, 'change');
    if (event.kind === 'parkedChangeTaken') close(event.id, 'change');
    if (event.kind === 'changeRefused') open(event.letter.id, 'letter');
    if (event.kind === 'deadLetterResolved') close(event.id, 'letter');
  }
  return wrong;
}
