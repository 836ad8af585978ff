import { hash } from 'node:crypto';
import { applyEntry, applyRecord, emptyItemJournal, type ItemJournal } from '@tidemark/journal';
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
} from '@tidemark/wire';
import { intakeLimits } from './limits.js';

/** The last version of a fact that is known from a source, and what it said. */
export interface KnownFact {
  readonly version: number;
  readonly content: string;
}

/**
 * What the intake knows of one company: a fold of its journals, facts, decisions and intake events.
 * Owned by one aggregator; thrown away and folded again when an append did not go as expected.
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
  position: Position = origin;
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
        this.applyFact(meaning.head, meaning.fact, contentOf(meaning.fact));
        return;
      case 'decision':
        if (meaning.decision.kind !== 'ordersFirmed') return;
        for (const entry of meaning.decision.entries) {
          applyEntry(this.journalOf(entry.item), entry);
          this.#indexEntry(entry);
        }
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

  #indexEntry(entry: {
    readonly assert?: { readonly id: string };
    readonly retract?: { readonly id: string };
    readonly item: string;
  }): void {
    if (entry.assert !== undefined) this.itemOf.set(entry.assert.id, entry.item);
    if (entry.retract !== undefined) this.itemOf.set(entry.retract.id, entry.item);
  }

  applyFact(head: EventHead, fact: Fact, content: string): void {
    this.facts.set(factKey(head, fact), { version: head.version, content });
    switch (fact.kind) {
      case 'item':
        this.known.item.add(fact.item.id);
        return;
      case 'coverageGroup':
        this.known.coverageGroup.add(fact.group.id);
        return;
      case 'calendar':
        this.known.calendar.add(fact.calendar.id);
        return;
      case 'planDefined':
        this.plans.add(fact.plan.id);
        return;
      case 'planDeleted':
        this.plans.delete(fact.plan);
        return;
      case 'billOfMaterial':
      case 'billOfMaterialRemoved':
      case 'company':
      case 'day':
      case 'currentPlans':
    }
  }

  applyIntake(event: IntakeEvent): void {
    switch (event.kind) {
      case 'changeParked':
        this.parked.set(event.parked.id, event.parked);
        return;
      case 'parkedChangeTaken':
        this.parked.delete(event.id);
        return;
      case 'changeRefused':
        this.#keepLetter(event.letter);
        return;
      case 'deadLetterResolved':
        this.letters.delete(event.id);
    }
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
