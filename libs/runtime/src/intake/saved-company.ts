import { copyJournal, restoreJournal, saveJournal, type SavedJournal } from '@tidemark/journal';
import type { Position } from '@tidemark/streams';
import type { DeadLetter, MissingReference, ParkedChange } from '@tidemark/wire';
import { CompanyState, type KnownFact } from './company-state.js';

/** A part of what the intake knows of a company: the small things first, then its journals. */
export type SavedCompany =
  | {
      readonly kind: 'head';
      readonly known: readonly (readonly [MissingReference['kind'], readonly string[]])[];
      readonly plans: readonly string[];
      readonly facts: readonly (readonly [string, KnownFact])[];
      readonly revisions: readonly (readonly [string, number])[];
      readonly parked: readonly ParkedChange[];
      readonly letters: readonly DeadLetter[];
    }
  | { readonly kind: 'journals'; readonly journals: readonly SavedJournal[] };

/** Transactions of one part: what is written in one go. */
const transactionsPerPart = 2_000;

/** Takes a copy of the state at once; the parts are worked out as they are asked for. */
export function saveCompany(state: CompanyState): Iterable<SavedCompany> {
  const head = {
    kind: 'head' as const,
    known: knownKinds.map((kind) => [kind, [...state.known[kind]]] as const),
    plans: [...state.plans],
    facts: [...state.facts],
    revisions: [...state.revisions],
    parked: [...state.parked.values()],
    letters: [...state.letters.values()],
  };
  const journals = [...state.journals.values()].map(copyJournal);
  return parts(head, journals);
}

const knownKinds: readonly MissingReference['kind'][] = ['item', 'coverageGroup', 'calendar'];

function* parts(
  head: SavedCompany,
  journals: readonly Parameters<typeof saveJournal>[0][],
): Generator<SavedCompany, void, void> {
  yield head;
  let part: SavedJournal[] = [];
  let size = 0;
  for (const journal of journals) {
    for (const saved of saveJournal(journal, transactionsPerPart)) {
      part.push(saved);
      size += saved.transactions.length + 1;
      if (size < transactionsPerPart) continue;
      yield { kind: 'journals', journals: part };
      part = [];
      size = 0;
    }
  }
  if (part.length > 0) yield { kind: 'journals', journals: part };
}

/** The state that was saved, as it was when everything up to the position was folded. */
export function restoreCompany(
  company: string,
  position: Position,
  saved: Iterable<SavedCompany>,
): CompanyState {
  const state = new CompanyState(company);
  for (const part of saved) {
    if (part.kind === 'head') restoreHead(state, part);
    else for (const journal of part.journals) restoreInto(state, journal);
  }
  state.position = position;
  state.through = position;
  return state;
}

function restoreHead(state: CompanyState, head: Extract<SavedCompany, { kind: 'head' }>): void {
  for (const [kind, ids] of head.known) for (const id of ids) state.known[kind].add(id);
  for (const plan of head.plans) state.plans.add(plan);
  for (const [key, fact] of head.facts) state.facts.set(key, fact);
  for (const [stream, revision] of head.revisions) {
    state.reached(stream, revision, state.position);
  }
  for (const parked of head.parked) state.park(parked);
  for (const letter of head.letters) state.letters.set(letter.id, letter);
}

function restoreInto(state: CompanyState, saved: SavedJournal): void {
  state.journals.set(
    saved.item,
    restoreJournal(saved, state.company, state.journals.get(saved.item)),
  );
  for (const { id } of saved.transactions) state.itemOf.set(id, saved.item);
}
