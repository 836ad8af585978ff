import { hash } from 'node:crypto';
import {
  applyEntry,
  applyRecord,
  emptyItemJournal,
  wayBackFrom,
  type ItemJournal,
  type JournalRecord,
} from '@tidemark/journal';
import {
  comparePositions,
  noEvents,
  origin,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import {
  decodeStored,
  type DeadLetter,
  type EventHead,
  type Fact,
  type IntakeEvent,
  type MissingReference,
  type ParkedChange,
  type TransactionsClaimed,
} from '@tidemark/wire';
import { intakeLimits } from './limits.js';
import { Parking } from './parking.js';
import { arrivedWith } from './references.js';
import { WayBack } from './way-back.js';

/** The last version of a fact that is known from a source, and what it said. */
export interface KnownFact {
  readonly version: number;
  readonly content: string;
}

/**
 * What the intake knows of one company: a fold of its journals, facts, decisions, claims and intake
 * events. Owned by one aggregator. What a batch folds before it is written is noted in `wayBack`,
 * and taken back when an append did not go as expected.
 */
export class CompanyState {
  readonly journals = new Map<string, ItemJournal>();
  /** The item of each transaction ever seen: it never changes. */
  readonly itemOf = new Map<string, string>();
  readonly known: Readonly<Record<MissingReference['kind'], Set<string>>> = {
    item: new Set(),
    coverageGroup: new Set(),
    calendar: new Set(),
  };
  readonly plans = new Set<string>();
  readonly facts = new Map<string, KnownFact>();
  /** Last revision of each stream that was read or written. */
  readonly revisions = new Map<string, number>();
  readonly parked = new Map<string, ParkedChange>();
  readonly letters = new Map<string, DeadLetter>();
  readonly parking = new Parking();
  readonly wayBack = new WayBack();
  /** The furthest event that is known: this intake's own, or one that it has read. */
  position: Position = origin;
  /** Everything of the company up to here is folded, whoever wrote it. */
  through: Position = origin;
  /** Events of these streams that are folded. */
  folded = 0;

  constructor(readonly company: string) {}

  journalOf(item: string): ItemJournal {
    const known = this.journals.get(item);
    if (known !== undefined) return known;
    const journal = emptyItemJournal(this.company, item);
    this.journals.set(item, journal);
    return journal;
  }

  revisionOf(stream: string): number {
    return this.revisions.get(stream) ?? noEvents;
  }

  /** Folds what stands in the log. */
  applyStored(event: StoredEvent): void {
    this.reached(event.stream, event.revision, event.position);
    const meaning = decodeStored(event);
    switch (meaning.kind) {
      case 'entry':
        applyEntry(this.journalOf(meaning.entry.item), meaning.entry);
        this.#indexEntry(meaning.entry);
        return;
      case 'note':
        applyRecord(this.journalOf(meaning.note.item), meaning);
        if (meaning.note.cause.kind === 'transaction') {
          this.itemOf.set(meaning.note.cause.id, meaning.note.item);
        }
        return;
      case 'fact':
        this.#applyFact(meaning.head, meaning.fact, contentOf(meaning.fact));
        return;
      case 'decision':
        if (meaning.decision.kind !== 'ordersFirmed') return;
        for (const entry of meaning.decision.entries) {
          applyEntry(this.journalOf(entry.item), entry);
          this.#indexEntry(entry);
        }
        return;
      case 'claim':
        this.#applyClaim(meaning.claim);
        return;
      case 'intake':
        this.applyIntake(meaning.event);
        return;
      case 'planner':
      case 'revisionChunk':
      case 'revisionCommitted':
      case 'takeover':
      case 'leaving':
    }
  }

  reached(stream: string, revision: number, position: Position): void {
    this.folded += revision - this.revisionOf(stream);
    this.revisions.set(stream, revision);
    if (comparePositions(position, this.position) > 0) this.position = position;
  }

  /** Folds what a batch is about to write to an item's stream. */
  foldRecords(item: string, records: readonly JournalRecord[]): void {
    const journal = this.journalOf(item);
    this.wayBack.note(wayBackFrom(journal, records));
    for (const record of records) applyRecord(journal, record);
  }

  /** The item of a transaction that a batch is about to write. */
  foldItemOf(id: string, item: string): void {
    if (this.itemOf.has(id)) return;
    this.itemOf.set(id, item);
    this.wayBack.note(() => void this.itemOf.delete(id));
  }

  /** Folds a fact that a batch is about to write. */
  foldFact(head: EventHead, fact: Fact, content: string): void {
    const key = factKey(head, fact);
    const before = this.facts.get(key);
    const plan = planNamed(fact);
    const hadPlan = plan !== undefined && this.plans.has(plan);
    const thing = arrivedWith(fact);
    const isNew = thing !== undefined && !this.known[thing.kind].has(thing.id);
    this.wayBack.note(() => {
      if (before === undefined) this.facts.delete(key);
      else this.facts.set(key, before);
      if (plan !== undefined && hadPlan) this.plans.add(plan);
      else if (plan !== undefined) this.plans.delete(plan);
      if (isNew) this.known[thing.kind].delete(thing.id);
    });
    this.#applyFact(head, fact, content);
  }

  /** This intake has written up to here. */
  wrote(stream: string, revision: number, position: Position): void {
    const before = this.revisions.get(stream);
    const { folded } = this;
    this.wayBack.note(() => {
      if (before === undefined) this.revisions.delete(stream);
      else this.revisions.set(stream, before);
      this.folded = folded;
    });
    this.reached(stream, revision, position);
  }

  #applyClaim({ items }: TransactionsClaimed): void {
    for (const [item, ids] of Object.entries(items)) {
      for (const id of ids) if (!this.itemOf.has(id)) this.itemOf.set(id, item);
    }
  }

  #indexEntry(entry: {
    readonly assert?: { readonly id: string };
    readonly retract?: { readonly id: string };
    readonly item: string;
  }): void {
    if (entry.assert !== undefined) this.itemOf.set(entry.assert.id, entry.item);
    if (entry.retract !== undefined) this.itemOf.set(entry.retract.id, entry.item);
  }

  #applyFact(head: EventHead, fact: Fact, content: string): void {
    this.facts.set(factKey(head, fact), { version: head.version, content });
    const thing = arrivedWith(fact);
    if (thing !== undefined) {
      this.known[thing.kind].add(thing.id);
      this.parking.arrived(thing);
    }
    if (fact.kind === 'planDefined') this.plans.add(fact.plan.id);
    if (fact.kind === 'planDeleted') this.plans.delete(fact.plan);
  }

  applyIntake(event: IntakeEvent): void {
    switch (event.kind) {
      case 'changeParked':
        this.park(event.parked);
        return;
      case 'parkedChangeTaken':
        this.#unpark(event.id);
        return;
      case 'changeRefused':
        this.#keepLetter(event.letter);
        return;
      case 'deadLetterResolved':
        this.letters.delete(event.id);
    }
  }

  park(parked: ParkedChange): void {
    this.parked.set(parked.id, parked);
    this.parking.add(parked);
    const { kind, id } = parked.waitsFor;
    // What it waits for came in between, through another intake.
    if (this.known[kind].has(id)) this.parking.arrived(parked.waitsFor);
  }

  #unpark(id: string): void {
    const parked = this.parked.get(id);
    this.parked.delete(id);
    if (parked !== undefined) this.parking.forget(parked);
  }

  /** The oldest letters leave the memory first; they stay in the log. */
  #keepLetter(letter: DeadLetter): void {
    this.letters.set(letter.id, letter);
    if (this.letters.size <= intakeLimits.letters) return;
    for (const oldest of this.letters.keys()) {
      this.letters.delete(oldest);
      return;
    }
  }
}

function planNamed(fact: Fact): string | undefined {
  if (fact.kind === 'planDefined') return fact.plan.id;
  return fact.kind === 'planDeleted' ? fact.plan : undefined;
}

/** Facts about one thing share a key, its removal too; versions count per source. */
export function factKey({ source, id }: EventHead, fact: Fact): string {
  return `${thingOf[fact.kind]}|${source.length}:${source}|${id}`;
}

const thingOf: Readonly<Record<Fact['kind'], string>> = {
  calendar: 'calendar',
  coverageGroup: 'coverageGroup',
  item: 'item',
  billOfMaterial: 'bom',
  billOfMaterialRemoved: 'bom',
  company: 'company',
  day: 'day',
  planDefined: 'plan',
  planDeleted: 'plan',
  currentPlans: 'currentPlans',
};

/** One short text per content, whatever the order of its keys. */
export function contentOf(value: unknown): string {
  return hash('sha256', JSON.stringify(sorted(value)), 'base64url').slice(0, 24);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
