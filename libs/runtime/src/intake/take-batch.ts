import { decideChange, type ItemChange } from '@tidemark/journal';
import {
  classOf,
  decodeEvent,
  encodeFact,
  entryContent,
  factTypes,
  intakeContent,
  daysStream,
  intakeStream,
  journalStream,
  masterDataStream,
  noteContent,
  plansStream,
  wireRefusal,
  type DecodeContext,
  type DecodedEvent,
  type Destination,
  type IntakeEvent,
  type MissingReference,
  type ParkedChange,
  type StoredContent,
  type WireRefusal,
} from '@tidemark/wire';
import type { BatchRows } from './answer.js';
import { factTooLarge, itemMismatch, parkingFull, planMissing, reused } from './batch-refusals.js';
import { contentOf, factKey, type CompanyState } from './company-state.js';
import { letterOf, parkedOf } from './kept.js';
import { intakeLimits } from './limits.js';
import type { Outbox } from './outbox.js';
import { missingCodes, missingReference } from './references.js';
import { nothingRecorded, refuseLate, warningsOf } from './remarks.js';

/** One batch on its way: what it needs and what it fills. */
export interface BatchWork {
  readonly state: CompanyState;
  readonly rows: BatchRows;
  readonly outbox: Outbox;
  readonly context: DecodeContext;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly now: number;
}

type Told = 'accepted' | 'repeated' | 'olderIgnored' | 'refused';

/** Folds events one after the other into the state and fills the outbox; nothing is awaited. */
export class BatchFold {
  readonly #work: BatchWork;
  /** Intake events of this batch with their rows, written after everything else. */
  #kept: Kept[] = [];
  /** Changes parked, letters kept and waiting ended that the log does not hold yet. */
  #parked = 0;
  readonly #letters = new Set<string>();
  readonly #ended = new Set<string>();
  /** Transactions that the log has not seen, with their items. */
  #unseen = new Map<string, string>();
  readonly #leansOn = new Set<string>();
  /** The family of streams that the outbox holds events of. */
  #family: Destination | undefined;

  constructor(work: BatchWork) {
    this.#work = work;
  }

  /** Decodes one event. */
  decode(input: unknown, row: number): DecodedEvent | undefined {
    const decoded = decodeEvent(input, this.#work.context);
    const failure = decoded.ok ? refuseLate(decoded.value, this.#work.now) : decoded.failure;
    if (failure === undefined && decoded.ok) return decoded.value;
    if (failure !== undefined) this.#refuse(row, failure, input);
    return undefined;
  }

  /** Events of another family of streams must be in the log before this one is. */
  mustFlushBefore(event: DecodedEvent): boolean {
    return this.#family !== undefined && this.#family !== event.goesTo;
  }

  flushed(): void {
    this.#family = undefined;
  }

  /** Takes a decoded event. `input` is what was sent, to be kept where the event cannot go on. */
  take(event: DecodedEvent, row: number, input: unknown): void {
    const missing = missingReference(this.#work.state, event.content);
    if (missing !== undefined) this.#park(event, row, { missing, input });
    else this.#fold(event, row, input);
  }

  /** Decodes a change that has waited; one that can no longer be read is refused. */
  decodeParked(parked: ParkedChange): DecodedEvent | undefined {
    const { context } = this.#work;
    const sent = { ...context, source: parked.source, numbers: 'taken' as const };
    const decoded = decodeEvent(parked.event, sent);
    if (decoded.ok) return decoded.value;
    this.#endWaiting(parked, this.#refuse(this.#rowOf(parked), decoded.failure, parked.event));
    return undefined;
  }

  /** Takes up a change that has waited, now that all it names is known. */
  takeUp(parked: ParkedChange, event: DecodedEvent): void {
    this.#endWaiting(parked, this.#fold(event, this.#rowOf(parked), parked.event));
  }

  /** It was taken up in this batch already. */
  hasEnded({ id }: ParkedChange): boolean {
    return this.#ended.has(id);
  }

  #rowOf({ id }: ParkedChange): number {
    return this.#work.rows.rowOf(id);
  }

  #endWaiting(parked: ParkedChange, outcome: Told): void {
    const { company, id } = parked;
    this.#ended.add(id);
    // Parked and taken up in one batch: the log need not know that it waited.
    const unwritten = this.#kept.findIndex(
      ({ event }) => event.kind === 'changeParked' && event.parked.id === id,
    );
    if (unwritten < 0) {
      this.#kept.push({ event: { kind: 'parkedChangeTaken', company, id, outcome }, row: -1 });
      return;
    }
    this.#kept.splice(unwritten, 1);
    this.#parked -= 1;
    this.#work.state.parking.forget(parked);
  }

  /** Hands over the intake's own events, to be written at the end of the batch. */
  addKept(): readonly IntakeEvent[] {
    const stream = intakeStream(this.#work.context.company);
    const kept = this.#kept;
    for (const { event, row } of kept) this.#add(stream, intakeContent(event), row);
    this.#kept = [];
    this.#parked = 0;
    return kept.map(({ event }) => event);
  }

  /** Something is to be kept that was not handed over yet. */
  get hasMore(): boolean {
    return this.#kept.length > 0;
  }

  /** Transactions that come to the log for the first time since this was last asked. */
  takeUnseen(): ReadonlyMap<string, string> {
    const unseen = this.#unseen;
    this.#unseen = new Map();
    return unseen;
  }

  /** Streams whose next events might let what was refused be taken. */
  get leansOn(): ReadonlySet<string> {
    return this.#leansOn;
  }

  #fold(event: DecodedEvent, row: number, input: unknown): Told {
    return event.content.kind === 'change'
      ? this.#foldChange(event.content.change, event, { row, input })
      : this.#foldFact(event, { row, input });
  }

  #foldChange(change: ItemChange, event: DecodedEvent, { row, input }: At): Told {
    const { state, rows, now } = this.#work;
    const stream = journalStream(change.company, change.item);
    const mismatch = itemMismatch(state, change);
    if (mismatch !== undefined) return this.#refuse(row, mismatch, input);
    const journal = state.journalOf(change.item);
    const outcome = decideChange(journal, change);
    if (outcome.outcome === 'refused') {
      const { code, message, field = '', mentions, remedy = '' } = outcome.refusal;
      const values = { id: change.id, version: String(change.version) };
      const text = { rule: code, code: classOf(code), field, message, mentions, remedy, values };
      this.#leansOn.add(stream);
      return this.#refuse(row, wireRefusal(text), input);
    }
    if (!('records' in outcome)) return this.#tell(row, outcome.outcome);
    state.foldRecords(change.item, outcome.records);
    for (const record of outcome.records) {
      const content =
        record.kind === 'entry' ? entryContent(record.entry) : noteContent(record.note);
      this.#add(stream, content, row);
    }
    if (change.kind === 'transaction' || change.kind === 'removal') {
      if (!state.itemOf.has(change.id)) this.#unseen.set(change.id, change.item);
      state.foldItemOf(change.id, change.item);
    }
    this.#family = event.goesTo;
    const recorded = { records: outcome.records, places: journal.places };
    rows.tell(row, 'accepted', warningsOf(event, { row, now }, recorded));
    return 'accepted';
  }

  #foldFact(event: DecodedEvent, { row, input }: At): Told {
    const { state, rows, context } = this.#work;
    const { head, content } = event;
    if (content.kind !== 'fact') return 'accepted';
    const { fact } = content;
    const known = state.facts.get(factKey(head, fact));
    const now = contentOf(fact);
    if (known !== undefined && head.version <= known.version) {
      if (head.version < known.version) return this.#tell(row, 'olderIgnored');
      if (known.content === now) return this.#tell(row, 'repeated');
      return this.#refuse(row, reused(event), input);
    }
    const stream = factStreams[event.goesTo](context.company);
    const failure = planMissing(state, event) ?? factTooLarge(event);
    if (failure !== undefined) {
      this.#leansOn.add(stream);
      return this.#refuse(row, failure, input);
    }
    this.#add(stream, { type: factTypes[fact.kind], data: encodeFact(head, event.data) }, row);
    state.foldFact(head, fact, now);
    this.#family = event.goesTo;
    rows.tell(row, 'accepted', warningsOf(event, { row, now: this.#work.now }, nothingRecorded));
    return 'accepted';
  }

  #tell(row: number, outcome: 'repeated' | 'olderIgnored'): Told {
    this.#work.rows.tell(row, outcome);
    return outcome;
  }

  #park(event: DecodedEvent, row: number, { missing, input }: Waiting): void {
    const { state, rows } = this.#work;
    const parked = parkedOf(event, missing, input);
    const twin = state.parking.twinOf(parked);
    if (twin !== undefined && !this.#ended.has(twin.id)) {
      if (twin.id === parked.id) rows.tell(row, 'repeated');
      else this.#refuse(row, reused(event), input);
      return;
    }
    const waiting = state.parked.size + this.#parked;
    if (waiting >= intakeLimits.parked) {
      this.#refuse(row, parkingFull(waiting), input);
      return;
    }
    state.parking.add(parked);
    state.wayBack.note(() => state.parking.forget(parked));
    this.#kept.push({ event: { kind: 'changeParked', parked }, row });
    this.#parked += 1;
    rows.park(row, parked.id, { code: missingCodes[missing.kind], missing: missing.id });
  }

  #refuse(row: number, refusal: WireRefusal, input: unknown): 'refused' {
    const { state, rows, context } = this.#work;
    const letter = letterOf(context, refusal, input);
    if (!state.letters.has(letter.id) && !this.#letters.has(letter.id)) {
      this.#letters.add(letter.id);
      this.#kept.push({ event: { kind: 'changeRefused', letter }, row });
    }
    rows.refuse(row, refusal, letter.id);
    return 'refused';
  }

  #add(stream: string, { type, data }: StoredContent, row: number): void {
    this.#work.outbox.add(stream, { type, data, meta: this.#work.meta }, row);
  }
}

interface Kept {
  readonly event: IntakeEvent;
  readonly row: number;
}

interface At {
  readonly row: number;
  readonly input: unknown;
}

interface Waiting {
  readonly missing: MissingReference;
  readonly input: unknown;
}

const factStreams: Readonly<Record<Destination, (company: string) => string>> = {
  masterData: masterDataStream,
  days: daysStream,
  plans: plansStream,
  // A change of a journal has its item's stream; no fact goes there.
  journal: masterDataStream,
};
