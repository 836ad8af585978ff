import type { JournalEntry, JournalNote } from '@tidemark/journal';
import type { Decision, PlanningInput } from '@tidemark/planning';
import type { TransactionsClaimed } from './claims.js';
import type { ReadableEvent } from './readable-event.js';
import {
  decodeFact,
  factTypes,
  type DecodedFact,
  type FactType,
  type StoredFact,
} from './facts-codec.js';
import { intakeTypes, type IntakeEvent } from './intake-events.js';
import {
  decodeEntry,
  decodeNote,
  encodeEntry,
  encodeNote,
  type StoredEntry,
  type StoredNote,
} from './journal-codec.js';
import {
  decodeChunk,
  decodeCommit,
  decodeDecision,
  decodeRun,
  type PlannerEvent,
  type RevisionChunk,
  type RevisionCommit,
  type StoredContent,
} from './planner-events.js';
import type { PlannerProcess } from './takeovers.js';
import { currentData, UnreadableEvent, upcasters, type Upcasters } from './schema-version.js';

/** What a stored event says, of any stream. */
export type StoredMeaning =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | { readonly kind: 'note'; readonly note: JournalNote }
  | ({ readonly kind: 'fact' } & DecodedFact)
  | { readonly kind: 'decision'; readonly company: string; readonly decision: Decision }
  | { readonly kind: 'planner'; readonly company: string; readonly event: PlannerEvent }
  | { readonly kind: 'revisionChunk'; readonly chunk: RevisionChunk }
  | { readonly kind: 'revisionCommitted'; readonly commit: RevisionCommit }
  | { readonly kind: 'takeover' | 'leaving'; readonly planner: PlannerProcess }
  | { readonly kind: 'claim'; readonly claim: TransactionsClaimed }
  | { readonly kind: 'intake'; readonly event: IntakeEvent };

type Decoder = (data: unknown) => StoredMeaning;

interface OfCompany {
  readonly company: string;
}

const factDecoders = Object.fromEntries(
  Object.values(factTypes).map((type): [FactType, Decoder] => [
    type,
    (data) => ({ kind: 'fact', ...decodeFact(type, data as StoredFact) }),
  ]),
) as Record<FactType, Decoder>;

const decoders = {
  InventoryEntryRecorded: (data) => ({ kind: 'entry', entry: decodeEntry(data as StoredEntry) }),
  InventoryNoteRecorded: (data) => ({ kind: 'note', note: decodeNote(data as StoredNote) }),
  ...factDecoders,
  DecisionRecorded: (data) => {
    const stored = data as OfCompany & { readonly decision: unknown };
    return { kind: 'decision', company: stored.company, decision: decodeDecision(stored) };
  },
  RunRecorded: (data) => {
    const stored = data as OfCompany & { readonly run: unknown };
    const event = { kind: 'runRecorded' as const, run: decodeRun(stored) };
    return { kind: 'planner', company: stored.company, event };
  },
  PlanCopied: (data) => {
    const { company, from, to } = data as OfCompany & {
      readonly from: string;
      readonly to: string;
    };
    return { kind: 'planner', company, event: { kind: 'planCopied', from, to } };
  },
  PlanRevisionChunk: (data) => ({ kind: 'revisionChunk', chunk: decodeChunk(data) }),
  PlanRevisionCommitted: (data) => ({ kind: 'revisionCommitted', commit: decodeCommit(data) }),
  PlannerTookOver: (data) => ({ kind: 'takeover', planner: data as PlannerProcess }),
  PlannerLeft: (data) => ({ kind: 'leaving', planner: data as PlannerProcess }),
  TransactionsClaimed: (data) => ({ kind: 'claim', claim: data as TransactionsClaimed }),
  ChangeParked: intakeDecoder('changeParked'),
  ParkedChangeTaken: intakeDecoder('parkedChangeTaken'),
  ChangeRefused: intakeDecoder('changeRefused'),
  DeadLetterResolved: intakeDecoder('deadLetterResolved'),
} as const satisfies Readonly<Record<string, Decoder>>;

function intakeDecoder(kind: IntakeEvent['kind']): Decoder {
  return (data) => ({
    kind: 'intake',
    event: { kind, ...(data as object) } as IntakeEvent,
  });
}

export type StoredType = keyof typeof decoders;

/** Every type of event in the store. */
export const storedTypes = Object.keys(decoders) as readonly StoredType[];

const decoderByType = new Map<string, Decoder>(Object.entries(decoders));

/**
 * What a stored event says, as of the current schema versions.
 *
 * @throws UnreadableEvent for an unknown type, a newer version or data that is not of its schema:
 * the reader stops there.
 */
export function decodeStored(event: ReadableEvent, registry: Upcasters = upcasters): StoredMeaning {
  const decode = decoderByType.get(event.type);
  if (decode === undefined) {
    throw new UnreadableEvent(event, 'is of a type that this process does not know. Update it.');
  }
  const data = currentData(event, registry);
  try {
    return decode(data);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableEvent(event, `holds data that is not of its schema: ${why}`, cause);
  }
}

/** The planning input that a stored event is; undefined for a note, a run, a revision, … */
export function toPlanningInput(event: ReadableEvent): PlanningInput | undefined {
  const meaning = decodeStored(event);
  switch (meaning.kind) {
    case 'entry':
      return meaning;
    case 'fact':
      return meaning.fact.kind === 'company' ? undefined : meaning.fact;
    case 'decision':
      return { kind: 'decision', decision: meaning.decision };
    case 'note':
    case 'planner':
    case 'revisionChunk':
    case 'revisionCommitted':
    case 'takeover':
    case 'leaving':
    case 'claim':
    case 'intake':
      return undefined;
  }
}

/** The run or copy that a stored event records; undefined for any other. */
export function toPlannerEvent(event: ReadableEvent): PlannerEvent | undefined {
  if (event.type !== 'RunRecorded' && event.type !== 'PlanCopied') return undefined;
  const meaning = decodeStored(event);
  return meaning.kind === 'planner' ? meaning.event : undefined;
}

export function entryContent(entry: JournalEntry): StoredContent {
  return { type: 'InventoryEntryRecorded', data: encodeEntry(entry) };
}

export function noteContent(note: JournalNote): StoredContent {
  return { type: 'InventoryNoteRecorded', data: encodeNote(note) };
}

export function intakeContent({ kind, ...data }: IntakeEvent): StoredContent {
  return { type: intakeTypes[kind], data };
}
