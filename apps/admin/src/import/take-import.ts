import type { Intake, IntakeAnswer } from '@tidemark/runtime';
import type { ImportLedger } from './import-ledger.js';
import type { ImportEvent, ImportSource, RowPlace } from './import-step.js';

export interface TakeImportOptions {
  readonly intake: Intake;
  readonly company: string;
  readonly principal: string;
  readonly ledger: ImportLedger;
  /** Called after every batch, to show how far it has come. */
  readonly onProgress?: (events: number, fractionDone: number) => void;
}

/** What became of the events, whatever rows they stand on. */
export type EventCounts = Pick<
  IntakeAnswer,
  'accepted' | 'repeated' | 'olderIgnored' | 'parked' | 'refused'
>;

const eventsPerBatch = 5_000;

/** Sends what an importer makes through the way in, batch by batch, and keeps the books. */
export async function takeImport(
  source: ImportSource,
  options: TakeImportOptions,
): Promise<EventCounts> {
  const { ledger } = options;
  const batch = new EventBatch(source, options);
  for await (const step of source.steps) {
    switch (step.kind) {
      case 'row':
        ledger.read(step.place);
        break;
      case 'refused':
        ledger.refuse(step.place, step.fault);
        break;
      case 'remark':
        ledger.remark(step.place, step.fault);
        break;
      case 'event':
        batch.add(step.event, step.places);
        if (batch.isFull) await batch.send();
    }
  }
  await batch.send();
  return batch.counts;
}

class EventBatch {
  readonly #source: ImportSource;
  readonly #options: TakeImportOptions;
  readonly counts = { accepted: 0, repeated: 0, olderIgnored: 0, parked: 0, refused: 0 };
  #events: ImportEvent[] = [];
  #places: (readonly RowPlace[])[] = [];
  #sent = 0;

  constructor(source: ImportSource, options: TakeImportOptions) {
    this.#source = source;
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#events.length >= eventsPerBatch;
  }

  add(event: ImportEvent, places: readonly RowPlace[]): void {
    this.#events.push(event);
    this.#places.push(places);
  }

  async send(): Promise<void> {
    const { intake, company, principal, onProgress } = this.#options;
    if (this.#events.length > 0) {
      const { source } = this.#source;
      const taking = { source, principal, numbers: 'taken' as const };
      this.#count(await intake.take(company, this.#events, taking));
      this.#sent += this.#events.length;
      this.#events = [];
      this.#places = [];
    }
    onProgress?.(this.#sent, this.#source.fractionDone());
  }

  #count(answer: IntakeAnswer): void {
    const { ledger } = this.#options;
    this.counts.accepted += answer.accepted;
    this.counts.repeated += answer.repeated;
    this.counts.olderIgnored += answer.olderIgnored;
    this.counts.parked += answer.parked;
    this.counts.refused += answer.refused;
    for (const { index, code, message, remedy } of answer.refusedRows) {
      const fault = { code, reason: `${message} ${remedy}`.trim() };
      for (const place of this.#places[index] ?? []) ledger.refuse(place, fault);
    }
    for (const { index, code, missing } of answer.parkedRows) {
      const fault = { code, reason: `Waits in the log for ${missing}, which is not known yet.` };
      for (const place of this.#places[index] ?? []) ledger.remark(place, fault);
    }
  }
}
