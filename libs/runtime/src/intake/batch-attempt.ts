import { ownIdPrefix } from '@tidemark/journal';
import type { EventStore, NewEvent } from '@tidemark/streams';
import {
  claimContent,
  claimsStream,
  decisionsStream,
  decodeStored,
  intakeStream,
  masterDataStream,
  type DecodeContext,
  type DecodedEvent,
  type IntakeEvent,
  type TransactionsClaimed,
} from '@tidemark/wire';
import type { BatchRows } from './answer.js';
import type { CompanyFold } from './company-fold.js';
import type { CompanyState } from './company-state.js';
import { intakeLimits } from './limits.js';
import { Outbox } from './outbox.js';
import { missingReference } from './references.js';
import type { Retries } from './retries.js';
import { BatchFold } from './take-batch.js';

export interface Batch {
  readonly events: readonly unknown[];
  readonly context: Omit<DecodeContext, 'company'>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly now: number;
}

/** Others have written to these streams since this intake looked: fold that, then try again. */
export class OthersCameFirst extends Error {
  override readonly name = 'OthersCameFirst';

  constructor(readonly streams: readonly string[]) {
    super(`Others wrote to ${streams.join(', ')} first.`);
  }
}

interface AttemptOptions {
  readonly store: EventStore;
  readonly retries: Retries;
  readonly nextId: () => string;
  readonly companyFold: CompanyFold;
  readonly state: CompanyState;
  readonly rows: BatchRows;
}

/**
 * One attempt to bring a batch into the log: rows that are in it already are left out. What it has
 * folded when it breaks off is noted in the state's way back.
 */
export class BatchAttempt {
  readonly #options: AttemptOptions;
  readonly #batch: Batch;
  readonly #fold: BatchFold;
  readonly #outbox: Outbox;
  /** Others may write at the same time. */
  readonly #isShared: boolean;
  #hasTakenMasterData = false;

  constructor(batch: Batch, options: AttemptOptions) {
    const { state, rows, nextId, store } = options;
    this.#options = options;
    this.#batch = batch;
    this.#outbox = new Outbox(nextId);
    this.#isShared = store.hasSoleWriter !== true;
    const context = { ...batch.context, company: state.company };
    const { meta, now } = batch;
    this.#fold = new BatchFold({ state, rows, outbox: this.#outbox, context, meta, now });
  }

  /** @throws OthersCameFirst: take back what was folded, and try again with what they wrote. */
  async run(): Promise<void> {
    const { rows, state } = this.#options;
    await this.#takeUp();
    for (const [row, input] of this.#batch.events.entries()) {
      if (rows.isSettled(row)) continue;
      const event = this.#fold.decode(input, row);
      if (event === undefined) continue;
      await this.#prepare(event);
      this.#fold.take(event, row, input);
      if (state.parking.hasArrived) await this.#takeUp();
    }
    do {
      await this.#lookAround(await this.#write());
      if (state.parking.hasArrived) await this.#takeUp();
    } while (this.#fold.hasMore || !this.#outbox.isEmpty);
  }

  /** Takes up what no longer waits, and what that lets go on in turn. */
  async #takeUp(): Promise<void> {
    const { state } = this.#options;
    const { parking } = state;
    for (let some = parking.nextReleased(); some !== undefined; some = parking.nextReleased()) {
      for (const parked of some) {
        if (this.#fold.hasEnded(parked)) continue;
        const event = this.#fold.decodeParked(parked);
        if (event === undefined) continue;
        const missing = missingReference(state, event.content);
        if (missing !== undefined) {
          parking.waitFor(parked, missing);
          continue;
        }
        await this.#prepare(event);
        this.#fold.takeUp(parked, event);
      }
    }
  }

  /** Sees to it that the log holds what must stand before an event, and the state what it names. */
  async #prepare(event: DecodedEvent): Promise<void> {
    if (this.#fold.mustFlushBefore(event)) await this.#flush();
    if (event.goesTo === 'masterData') this.#hasTakenMasterData = true;
    const { state } = this.#options;
    if (this.#isShared && namesUnknownOrder(state, event)) {
      await this.#standsLast(decisionsStream(state.company));
    }
  }

  /** Entries and facts first, then what is kept of the rest. */
  async #write(): Promise<readonly IntakeEvent[]> {
    const { state } = this.#options;
    await this.#flush();
    if (this.#isShared) for (const stream of this.#fold.leansOn) await this.#standsLast(stream);
    const kept = this.#fold.addKept();
    await this.#flush();
    state.wayBack.forget();
    for (const event of kept) state.applyIntake(event);
    state.parking.settled();
    return kept;
  }

  /**
   * A change may be parked by one intake while another one takes what it waits for, neither knowing
   * of the other. Each looks after it has written, so that one of the two sees both.
   */
  async #lookAround(kept: readonly IntakeEvent[]): Promise<void> {
    if (!this.#isShared) return;
    const { state } = this.#options;
    const hasParked = kept.some(({ kind }) => kind === 'changeParked');
    if (hasParked) await this.#lookAt(masterDataStream(state.company));
    if (this.#hasTakenMasterData) await this.#lookAt(intakeStream(state.company));
    this.#hasTakenMasterData = false;
  }

  async #lookAt(stream: string): Promise<void> {
    const { companyFold, state, retries } = this.#options;
    await retries.run(() => companyFold.lookAt(state, stream));
  }

  /** @throws OthersCameFirst if there is something in a stream that is not folded yet. */
  async #standsLast(stream: string): Promise<void> {
    const { store, retries, state } = this.#options;
    const from = state.revisionOf(stream) + 1;
    const next = await retries.run(() => store.readStream(stream, { from, limit: 1 }));
    if (next.length > 0) throw new OthersCameFirst([stream]);
  }

  async #flush(): Promise<void> {
    const { store, retries, state, rows } = this.#options;
    this.#fold.flushed();
    const unseen = this.#fold.takeUnseen();
    if (this.#outbox.isEmpty) return;
    if (this.#isShared && unseen.size > 0) await this.#claim(unseen);
    const settle = (row: number): void => rows.settle(row);
    const lost = await this.#outbox.flush(state, { store, retries, settle });
    if (lost.length > 0) throw new OthersCameFirst(lost);
  }

  /**
   * Claims transactions for their items before they are recorded. The claims are not noted in the
   * state: they come along with the log.
   */
  async #claim(unseen: ReadonlyMap<string, string>): Promise<void> {
    const { state, nextId } = this.#options;
    const { company } = state;
    const stream = claimsStream(company);
    let last = state.revisionOf(stream);
    for (const claim of claimsOf(company, unseen)) {
      const event = { id: nextId(), meta: this.#batch.meta, ...claimContent(claim) };
      last = await this.#appendClaim(stream, event, { unseen, last });
    }
  }

  /** @returns the revision of the claim. */
  async #appendClaim(stream: string, event: NewEvent, seen: ClaimsSeen): Promise<number> {
    const { store, retries } = this.#options;
    let { last } = seen;
    for (let attempt = 1; attempt <= intakeLimits.claimAttempts; attempt += 1) {
      const expected = last;
      const outcome = await retries.run(() => store.append(stream, [event], expected));
      if (outcome.ok) return outcome.value.revision;
      last = await this.#passClaims(stream, { ...seen, last });
    }
    throw new OthersCameFirst([stream]);
  }

  /** Reads what others claimed; throws if one of these transactions is of another item now. */
  async #passClaims(stream: string, { unseen, last }: ClaimsSeen): Promise<number> {
    const { store, retries } = this.#options;
    let next = last + 1;
    for (;;) {
      const at = next;
      const page = await retries.run(() =>
        store.readStream(stream, { from: at, limit: intakeLimits.claimsPerPage }),
      );
      if (page.length === 0) return next - 1;
      for (const event of page) {
        const meaning = decodeStored(event);
        next = event.revision + 1;
        if (meaning.kind !== 'claim') continue;
        for (const [item, ids] of Object.entries(meaning.claim.items)) {
          const isOther = (id: string): boolean => (unseen.get(id) ?? item) !== item;
          if (ids.some(isOther)) throw new OthersCameFirst([stream]);
        }
      }
    }
  }
}

/** A source's order that takes the place of one that was firmed and is not known here yet. */
function namesUnknownOrder({ itemOf }: CompanyState, { content }: DecodedEvent): boolean {
  if (content.kind !== 'change' || content.change.kind !== 'transaction') return false;
  const { origin } = content.change.image;
  return origin?.startsWith(ownIdPrefix) === true && !itemOf.has(origin);
}

interface ClaimsSeen {
  /** Transactions to claim, with their items. */
  readonly unseen: ReadonlyMap<string, string>;
  /** Last revision of the claims that was looked at. */
  readonly last: number;
}

/** One event, and so one append, for so many transactions. */
function* claimsOf(
  company: string,
  unseen: ReadonlyMap<string, string>,
): Generator<TransactionsClaimed, void, void> {
  const ids = [...unseen];
  for (let from = 0; from < ids.length; from += intakeLimits.idsPerClaim) {
    const items = new Map<string, string[]>();
    for (const [id, item] of ids.slice(from, from + intakeLimits.idsPerClaim)) {
      items.set(item, [...(items.get(item) ?? []), id]);
    }
    yield { company, items: Object.fromEntries(items) };
  }
}
