import {
  comparePositions,
  logBatches,
  streamPages,
  type EventStore,
  type StoredEvent,
} from '@tidemark/streams';
import { claimsStream, inputStreamsOf, intakeStream, type CompanyStreams } from '@tidemark/wire';
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
export class GapInLog extends Error {
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
    this.#streams = inputStreamsOf(company, intakeStream(company), claimsStream(company));
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
    const from = state.through;
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

  /** Folds what has come to the company's streams since the last time: that part of the log. */
  async catchUp(state: CompanyState): Promise<void> {
    await this.#foldOn(state);
  }

  /**
   * Folds what stands in a stream behind what is known of it. A store may show that before it
   * shows it in the log, where something else is still on its way.
   *
   * @returns how many events there were.
   */
  async lookAt(state: CompanyState, stream: string): Promise<number> {
    let found = 0;
    const from = state.revisionOf(stream) + 1;
    for await (const page of streamPages(this.#options.store, stream, from)) {
      for (const event of page) state.applyStored(event);
      found += page.length;
    }
    return found;
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

  async #take(state: CompanyState): Promise<void> {
    await this.catchUp(state);
    this.#snapshots?.take(state.through, state.folded, () => saveCompany(state));
  }

  async #foldOn(state: CompanyState): Promise<void> {
    const stretch = {
      after: state.through,
      streamPrefixes: this.#streams.prefixes,
      limit: eventsPerBatch,
    };
    for await (const { events, through } of logBatches(this.#options.store, stretch)) {
      for (const event of events) {
        if (this.#streams.holds(event.stream)) applyNext(state, event);
      }
      state.through = through;
      if (comparePositions(through, state.position) > 0) state.position = through;
    }
  }
}

/** What this intake wrote itself, or has read from its stream, is known when it comes along. */
function applyNext(state: CompanyState, event: StoredEvent): void {
  const known = state.revisionOf(event.stream);
  if (event.revision <= known) return;
  if (event.revision > known + 1) {
    throw new GapInLog(`${event.stream} goes on at ${event.revision} after ${known}.`);
  }
  state.applyStored(event);
}
