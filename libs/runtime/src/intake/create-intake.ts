import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { InventoryTransaction } from '@tidemark/inventory';
import { dimensionsInclude, type Dimensions } from '@tidemark/kernel';
import type { EventStore } from '@tidemark/streams';
import { metaOf, type DeadLetter, type ParkedChange } from '@tidemark/wire';
import type { IntakeAnswer } from './answer.js';
import type { SnapshotOptions } from '../snapshots/snapshots.js';
import { CompanyIntake } from './company-intake.js';
import { intakeLimits } from './limits.js';
import { retriesWith } from './retries.js';

/** The outside world as the intake needs it; a simulation gives its own. */
export interface IntakeOptions {
  readonly store: EventStore;
  readonly clock: { now(): number };
  /** Waits between tries when the store is away. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Makes the ids of stored events unique among writers: 1 to 64 characters. */
  readonly writer?: string;
  /** Absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotOptions;
}

export interface TakeOptions {
  /** Source of events that name none. */
  readonly source?: string;
  /** Who sends them. */
  readonly principal: string;
  /** Numbers are taken for quantities: scenario, CSV and dataset files only. */
  readonly numbers?: 'refused' | 'taken';
}

/**
 * The way in: batches of events become entries, notes and facts in the log (law 1). Any number of
 * intakes may share a log, unless its store says that it has a sole writer.
 */
export interface Intake {
  /**
   * Takes a batch: parsed events, or the JSON text of each. All that is acknowledged is in the log.
   *
   * @throws Outage when the store stays away, or too many batches wait: send the batch again.
   */
  take(company: string, events: readonly unknown[], options: TakeOptions): Promise<IntakeAnswer>;
  /**
   * Sends a corrected event for a dead letter; the letter is settled unless it is refused
   * again.
   */
  sendAgain(letter: LetterName, event: unknown, options: TakeOptions): Promise<IntakeAnswer>;
  /** Gives a dead letter up; false if there is none of this name. */
  giveUp(letter: LetterName, options: TakeOptions): Promise<boolean>;
  parked(company: string): Promise<readonly ParkedChange[]>;
  deadLetters(company: string): Promise<readonly DeadLetter[]>;
  /** The item and last image of a transaction; undefined if it was never seen. */
  transaction(company: string, id: string): Promise<TransactionFound | undefined>;
  /** Stock on hand of an item over all places with these dimensions, in millionths. */
  stockOnHand(company: string, item: string, dimensions: Dimensions): Promise<number>;
  /** Runs an action while no batch of the company is on its way: firming, for one. */
  exclusively<Value>(company: string, action: () => Promise<Value>): Promise<Value>;
  /** Saves what is known of every company, so that the next start need not fold it again. */
  stop(): Promise<void>;
}

export interface LetterName {
  readonly company: string;
  readonly id: string;
}

export interface TransactionFound {
  readonly item: string;
  readonly source: string;
  readonly version: number;
  /** Absent of one that was removed. */
  readonly image?: InventoryTransaction;
}

export function createIntake(options: IntakeOptions): Intake {
  const { store, clock, sleep = pause, writer = randomUUID(), snapshots } = options;
  const retries = retriesWith(async (milliseconds) => {
    await sleep(milliseconds);
  });
  const saving = snapshots === undefined ? {} : { snapshots };
  let eventsMade = 0;
  const nextId = () => `${writer}-${(eventsMade += 1)}`;
  const companies = new Map<string, CompanyIntake>();
  const companyOf = (company: string): CompanyIntake => {
    const known = companies.get(company);
    if (known !== undefined) return known;
    const made = new CompanyIntake({ company, store, retries, nextId, ...saving });
    companies.set(company, made);
    return made;
  };
  const batchOf = (events: readonly unknown[], { principal, ...context }: TakeOptions) => {
    const now = clock.now();
    return { events, context, meta: metaOf(principal, now), now };
  };
  return {
    async take(company, events, taking) {
      if (events.length > intakeLimits.eventsPerTake) {
        const most = intakeLimits.eventsPerTake;
        throw new RangeError(`${events.length} events in one batch; at most ${most}. Cut it.`);
      }
      return companyOf(company).take(batchOf(events, taking));
    },
    async sendAgain({ company, id }, event, taking) {
      const intake = companyOf(company);
      const answer = await intake.take(batchOf([event], taking));
      if (answer.refused > 0) return answer;
      await intake.resolve({ id, how: 'sentAgain' }, batchOf([], taking));
      return { ...answer, position: await intake.read(({ position }) => position) };
    },
    giveUp: async ({ company, id }, taking) =>
      companyOf(company).resolve({ id, how: 'givenUp' }, batchOf([], taking)),
    parked: async (company) => companyOf(company).read((state) => [...state.parked.values()]),
    deadLetters: async (company) => companyOf(company).read((state) => [...state.letters.values()]),
    transaction: async (company, id) =>
      companyOf(company).read((state) => {
        const item = state.itemOf.get(id);
        const known =
          item === undefined ? undefined : state.journals.get(item)?.transactions.get(id);
        if (item === undefined || known === undefined) return undefined;
        const { source, version, image, removed } = known;
        const found = { item, source, version };
        return image === undefined || removed ? found : { ...found, image };
      }),
    stockOnHand: async (company, item, dimensions) =>
      companyOf(company).read((state) => {
        let total = 0;
        for (const place of state.journals.get(item)?.places.values() ?? []) {
          if (dimensionsInclude(place.dimensions, dimensions)) total += place.onHand;
        }
        return total;
      }),
    exclusively: async (company, action) => companyOf(company).exclusively(action),
    stop: async () => {
      for (const company of companies.values()) await company.stop();
    },
  };
}
