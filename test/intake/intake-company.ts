import { formatPlanDay, formatQuantity, noDimensions } from '@tidemark/kernel';
import { openMemoryEventStore } from '@tidemark/memory';
import type { PlanRevision } from '@tidemark/planning';
import { createIntake, createPlanner, type IntakeAnswer } from '@tidemark/runtime';
import { logBatches } from '@tidemark/streams';
import {
  decodeStored,
  intakeStream,
  joinRevision,
  planStream,
  readEvents,
  readText,
  type RevisionChunk,
} from '@tidemark/wire';

export type Json = Readonly<Record<string, unknown>>;

const company = 'acme';
const now = Date.UTC(2026, 2, 2, 12);
const sending = { principal: 'tester', source: 'erp' };

/** What became of one event, as its sender is told. */
export type Told =
  | 'accepted'
  | 'repeated'
  | 'olderIgnored'
  | { readonly warned: string; readonly field: string }
  | { readonly parked: string; readonly missing: string }
  | { readonly refused: string; readonly rule: string; readonly field: string };

/** A request body as bytes; anything else that is sent is an event or a line of NDJSON. */
export class Body {
  readonly bytes: Uint8Array;

  constructor(content: string | Uint8Array) {
    this.bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  }
}

/** A company on a log in memory: its way in, and its planner, which follows when it is asked. */
export class IntakeCompany {
  readonly store = openMemoryEventStore();
  readonly intake = createIntake({ store: this.store, clock: { now: () => now } });
  readonly #planner = createPlanner({
    store: this.store,
    company,
    clock: { now: () => now },
    exclusively: (action) => this.intake.exclusively(company, action),
  });
  readonly revisions: PlanRevision[] = [];

  constructor() {
    this.#planner.onRevision((revision) => this.revisions.push(revision));
  }

  take(events: readonly unknown[]): Promise<IntakeAnswer> {
    return this.intake.take(company, events, sending);
  }

  /** Sends events that nothing is wrong with. */
  async give(events: readonly unknown[]): Promise<void> {
    const { refusedRows, parkedRows, warnings } = await this.take(events);
    expect({ refusedRows, parkedRows, warnings }).toEqual({
      refusedRows: [],
      parkedRows: [],
      warnings: [],
    });
  }

  /** Sends one event, a line of NDJSON, or a whole body. */
  async send(sent: unknown): Promise<Told> {
    if (!(sent instanceof Body)) return toldOf(await this.take([sent]));
    const text = readText(sent.bytes);
    const events = text.ok ? readEvents(text.value) : text;
    if (events.ok) return toldOf(await this.take(events.value));
    const { code, rule, field } = events.failure;
    return { refused: code, rule, field };
  }

  async sendAgain(letter: string, event: unknown): Promise<Told> {
    return toldOf(await this.intake.sendAgain({ company, id: letter }, event, sending));
  }

  letters() {
    return this.intake.deadLetters(company);
  }

  parked() {
    return this.intake.parked(company);
  }

  transaction(id: string) {
    return this.intake.transaction(company, id);
  }

  async stock(item: string): Promise<string> {
    return formatQuantity(await this.intake.stockOnHand(company, item, noDimensions));
  }

  /** All that planning reads, as `stream/revision type`: no dead letters, nothing parked. */
  async inputs(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { events } of logBatches(this.store)) {
      for (const { stream, revision, type } of events) {
        const isKept = stream === intakeStream(company) || stream.startsWith('plan/');
        if (!isKept) found.push(`${stream}/${revision} ${type}`);
      }
    }
    return found;
  }

  /** The revisions that the planner makes of what it has not read yet. */
  async plan(): Promise<readonly PlanRevision[]> {
    const before = this.revisions.length;
    await this.#planner.catchUp();
    return this.revisions.slice(before);
  }

  /** The revisions as they stand in the log. */
  async published(): Promise<readonly PlanRevision[]> {
    const found: PlanRevision[] = [];
    let chunks: RevisionChunk[] = [];
    const streamPrefixes = [planStream(company, 'dynamic')];
    for await (const { events } of logBatches(this.store, { streamPrefixes })) {
      for (const stored of events) {
        const meaning = decodeStored(stored);
        if (meaning.kind === 'revisionChunk') chunks.push(meaning.chunk);
        if (meaning.kind !== 'revisionCommitted') continue;
        found.push(joinRevision(chunks, meaning.commit));
        chunks = [];
      }
    }
    return found;
  }

  #rows(item: string) {
    return this.#planner.view()?.rowsOf(item) ?? [];
  }

  /** Planned orders of an item as `quantity by requirement date`. */
  async orders(item: string): Promise<readonly string[]> {
    await this.plan();
    return this.#rows(item).flatMap(({ orders }) =>
      orders.map(
        ({ quantity, requirementDate }) =>
          `${formatQuantity(quantity)} by ${formatPlanDay(requirementDate)}`,
      ),
    );
  }

  /** Requirements of an item as `id quantity, so much uncovered`, stock as `onHand quantity`. */
  async requirements(item: string): Promise<readonly string[]> {
    await this.plan();
    return this.#rows(item).flatMap(({ requirements }) =>
      requirements
        .filter(({ kind }) => kind !== 'plannedOrder')
        .map(({ id, quantity, uncovered }) => {
          const open = uncovered === undefined ? '' : `, ${formatQuantity(uncovered)} uncovered`;
          return `${id} ${formatQuantity(quantity)}${open}`;
        }),
    );
  }

  async delays(item: string): Promise<readonly string[]> {
    await this.plan();
    return this.#rows(item).flatMap(({ messages }) =>
      messages.flatMap((message) =>
        message.kind === 'delay' ? [`${message.requirement} ${message.days} days`] : [],
      ),
    );
  }

  /** What the last run met and went on, as `code: names`. */
  async findings(): Promise<readonly string[]> {
    await this.plan();
    const findings = this.revisions.at(-1)?.findings ?? [];
    return findings.map(({ code, mentions }) => `${code}: ${mentions.join(' ')}`);
  }

  /** Every row of the plan as text, in one order. */
  async wholePlan(): Promise<readonly string[]> {
    await this.plan();
    const nodes = this.#planner.view()?.rowsOf() ?? [];
    return nodes
      .flatMap(({ orders, requirements, coverage, messages }) => [
        ...orders,
        ...requirements,
        ...coverage,
        ...messages,
      ])
      .map((row) => JSON.stringify(row))
      .toSorted();
  }
}

function toldOf(answer: IntakeAnswer): Told {
  const [refused] = answer.refusedRows;
  if (refused !== undefined) {
    return { refused: refused.code, rule: refused.rule, field: refused.field };
  }
  const [parked] = answer.parkedRows;
  if (parked !== undefined) return { parked: parked.code, missing: parked.missing };
  const [warning] = answer.warnings;
  if (warning !== undefined) return { warned: warning.code, field: warning.field };
  if (answer.repeated > 0) return 'repeated';
  return answer.olderIgnored > 0 ? 'olderIgnored' : 'accepted';
}
