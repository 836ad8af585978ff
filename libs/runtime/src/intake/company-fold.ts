import {
  comparePositions,
  logBatches,
  streamPages,
  type EventStore,
  type StoredEvent,
} from '@tidemark/streams';
import {
  decisionsStream,
  inputStreamsOf,
  intakeStream,
  plansStream,
  type CompanyStreams,
} from '@tidemark/wire';
import { StateSnapshots, type Restored, type SnapshotOptions } from '../snapshots/snapshots.js';
import { CompanyState } from './company-state.js';
import { restoreCompany, saveCompany, type SavedCompany } from './saved-company.js';

interface FoldOptions {
  readonly company: string;
  readonly store: EventStore;
  readonly snapshots?: SnapshotOptions;
}

const eventsPerBatch = 5_000;

/** The log lacks events between those that a snapshot holds and those after it. */
class GapInLog extends Error {
  override readonly name = 'GapInLog';
}

/** How the intake's state of one company comes out of the log, by a snapshot if there is one. */
export class CompanyFold {
  readonly #options: FoldOptions;
  readonly #streams: CompanyStreams;
  readonly #snapshots: StateSnapshots<SavedCompany> | undefined;

  constructor(options: FoldOptions) {
    const { company, snapshots } = options;
    this.#options = options;
    this.#streams = inputStreamsOf(company, intakeStream(company));
    if (snapshots !== undefined) {
      this.#snapshots = new StateSnapshots(`intake/${company}`, snapshots);
    }
  }

  /** The newest snapshot and what follows it; without one, the whole log. */
  async load(): Promise<CompanyState> {
    const { store } = this.#options;
    const found = await this.#snapshots?.newest(store);
    const state = found === undefined ? undefined : this.#restored(found);
    if (state === undefined) return this.foldAll();
    const before = state.folded;
    const from = state.position;
    try {
      await this.#foldOn(state);
    } catch (failure) {
      if (!(failure instanceof GapInLog)) throw failure;
      this.#snapshots?.notRestored(failure);
      return this.foldAll();
    }
    const after = state.folded - before;
    this.#snapshots?.begun(from, { folded: state.folded, after });
    return state;
  }

  #restored({ position, parts }: Restored<SavedCompany>): CompanyState | undefined {
    try {
      return restoreCompany(this.#options.company, position, parts());
    } catch (failure) {
      this.#snapshots?.notRestored(failure);
      return undefined;
    }
  }

  async foldAll(): Promise<CompanyState> {
    const state = new CompanyState(this.#options.company);
    await this.#foldOn(state);
    this.#snapshots?.begun(undefined, { folded: state.folded, after: state.folded });
    return state;
  }

  /** Decisions and runs are written by the planner. */
  async catchUp(state: CompanyState): Promise<void> {
    const { store, company } = this.#options;
    for (const stream of [decisionsStream(company), plansStream(company)]) {
      for await (const page of streamPages(store, stream, state.revisionOf(stream) + 1)) {
        for (const event of page) state.applyStored(event);
      }
    }
  }

  /** After a batch, before the next one begins. */
  async saveIfDue(state: CompanyState): Promise<void> {
    if (this.#snapshots?.isDue(state.folded) === true) await this.#take(state);
  }

  /** Before the end. */
  async save(state: CompanyState): Promise<void> {
    await this.written();
    if (this.#snapshots?.isBehind(state.folded) === true) await this.#take(state);
  }

  async written(): Promise<void> {
    await this.#snapshots?.written();
  }

  /** Everything up to the head is folded: nobody else writes what this intake writes. */
  async #take(state: CompanyState): Promise<void> {
    const head = await this.#options.store.head();
    await this.catchUp(state);
    this.#snapshots?.take(head, state.folded, () => saveCompany(state));
  }

  async #foldOn(state: CompanyState): Promise<void> {
    const stretch = {
      after: state.position,
      streamPrefixes: this.#streams.prefixes,
      limit: eventsPerBatch,
    };
    for await (const { events, through } of logBatches(this.#options.store, stretch)) {
      for (const event of events) {
        if (this.#streams.holds(event.stream)) applyNext(state, event);
      }
      if (comparePositions(through, state.position) > 0) state.position = through;
    }
  }
}

/** A snapshot may hold what stands behind its position: decisions that were read as they came. */
function applyNext(state: CompanyState, event: StoredEvent): void {
  const known = state.revisionOf(event.stream);
  if (event.revision <= known) return;
  if (event.revision > known + 1) {
    throw new GapInLog(`${event.stream} goes on at ${event.revision} after ${known}.`);
  }
  state.applyStored(event);
}
