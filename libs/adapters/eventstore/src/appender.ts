import { ErrorType, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import { success } from '@tidemark/kernel';
import { noEvents, Outage, overloadOf } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend } from '@tidemark/streams';
import { clientBounds } from './bounds.js';
import { failureOf, hasType, mayPass } from './client-failure.js';
import { outcomeOfRefusal } from './conflict.js';
import { toStored } from './event-codec.js';
import { positionOf } from './log-position.js';
import type { Namespace } from './namespace.js';
import { within } from './timed.js';

export interface AppenderOptions {
  readonly client: EventStoreDBClient;
  /** Reads what stands where an append was refused. */
  readonly reading: EventStoreDBClient;
  readonly namespace: Namespace;
  readonly ms: number;
}

interface Waiting {
  readonly encoded: EncodedAppend;
  resolve(outcome: AppendOutcome): void;
  reject(reason: unknown): void;
}

/** Sent, and not known to be written. */
interface CutOff {
  readonly waiting: Waiting;
  readonly thrown: unknown;
}

/**
 * Hands appends to the server in the order of the calls, several at once: those of one turn of the
 * event loop, and those that wait while others are under way. Those of the client share one stream
 * of messages, so the failure of one fails the others, although they may be written: all are then
 * made once more with the same ids, which tells. Nothing that comes behind is sent before all are
 * answered, nor if one is not: so an outage leaves a beginning of the calls.
 */
export class Appender {
  readonly #options: AppenderOptions;
  #queue: Waiting[] = [];
  #units = 0;
  #isSending = false;
  /** Until then the connection is taken to be open, on the clock of the process. */
  #openUntil = 0;
  /** Appends that nobody waits for any more, and the client has not settled. */
  #overdue = 0;
  #onIdle: (() => void)[] = [];
  #unanswered = 0;

  constructor(options: AppenderOptions) {
    this.#options = options;
  }

  append(encoded: EncodedAppend): Promise<AppendOutcome> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    this.#unanswered += 1;
    this.#units += encoded.units;
    const answer = new Promise<AppendOutcome>((resolve, reject) => {
      this.#queue.push({ encoded, resolve, reject });
    });
    this.#start();
    return answer.finally(() => this.#answered());
  }

  /** Resolves when every append has been answered. */
  idle(): Promise<void> {
    if (this.#unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle = [...this.#onIdle, resolve];
    });
  }

  #refusal(): Outage | undefined {
    if (this.#overdue >= clientBounds.appendsInFlight) {
      return notSent(`${this.#overdue} appends before it have not been answered`);
    }
    return overloadOf({ appends: this.#queue.length, units: this.#units });
  }

  #start(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    setImmediate(() => void this.#sendAll());
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0 && this.#overdue < clientBounds.appendsInFlight) {
      const isOpen = performance.now() < this.#openUntil;
      const places = isOpen ? clientBounds.appendsInFlight - this.#overdue : 1;
      const together = this.#queue.splice(0, places);
      for (const { encoded } of together) this.#units -= encoded.units;
      await this.#sendAgain(await this.#sendTogether(together, mayPass));
    }
    this.#isSending = false;
  }

  async #sendAgain([first, ...others]: readonly CutOff[]): Promise<void> {
    if (first === undefined) return;
    this.#openUntil = 0;
    await this.#sendTogether([first.waiting], () => false);
    if (this.#openUntil > 0) {
      const left = others.map(({ waiting }) => waiting);
      await this.#sendTogether(left, () => false);
    } else for (const { waiting, thrown } of others) this.#fail(waiting, thrown);
  }

  /** Sends appends over one connection, answers them, and gives those to be sent again. */
  async #sendTogether(
    together: readonly Waiting[],
    isRepeated: (thrown: unknown) => boolean,
  ): Promise<readonly CutOff[]> {
    const cutOff = await Promise.all(
      together.map(async (waiting) => {
        try {
          waiting.resolve(await this.#outcomeOf(waiting.encoded));
          this.#openUntil = performance.now() + clientBounds.openMs;
          return [];
        } catch (thrown) {
          if (isRepeated(thrown)) return [{ waiting, thrown }];
          this.#fail(waiting, thrown);
          return [];
        }
      }),
    );
    return cutOff.flat();
  }

  async #outcomeOf(encoded: EncodedAppend): Promise<AppendOutcome> {
    try {
      const { nextExpectedRevision, position } = await this.#timed(encoded);
      if (position === undefined)
        throw new Error(`${doing(encoded)}: the server told no position.`);
      return success({
        revision: Number(nextExpectedRevision),
        position: positionOf(position.commit),
      });
    } catch (thrown) {
      if (thrown instanceof WrongExpectedVersionError) return this.#refused(encoded, thrown);
      throw thrown;
    }
  }

  async #timed(encoded: EncodedAppend): Promise<AppendResult> {
    const { ms } = this.#options;
    const call = this.#send(encoded);
    const place = this.#hold(call);
    try {
      return await within(call, { ms, doing: doing(encoded), ambiguous: true });
    } catch (thrown) {
      place.isOverdue();
      throw thrown;
    }
  }

  #fail({ encoded, reject }: Waiting, thrown: unknown): void {
    const ambiguous = !hasType(thrown, ErrorType.ACCESS_DENIED);
    const failure = failureOf(thrown, doing(encoded), { ambiguous });
    reject(failure);
    // Who waits behind an append that may not be there would come before it, or wait for ever.
    if (failure instanceof Outage) this.#refuseQueued();
  }

  #refused(encoded: EncodedAppend, thrown: WrongExpectedVersionError): Promise<AppendOutcome> {
    const { reading: client, namespace, ms } = this.#options;
    return outcomeOfRefusal({ client, namespace, ms }, encoded, thrown);
  }

  #send(encoded: EncodedAppend): Promise<AppendResult> {
    const { client, namespace, ms } = this.#options;
    const { stream, expected } = encoded;
    return client.appendToStream(namespace.storedName(stream), toStored(encoded), {
      expectedRevision: expected === noEvents ? NO_STREAM : BigInt(expected),
      batchAppendSize: clientBounds.appendMessageBytes,
      requiresLeader: true,
      deadline: ms,
    });
  }

  /** Keeps count of calls that nobody waits for any more, until the client settles them. */
  #hold(call: Promise<unknown>): { isOverdue(): void } {
    let settled = false;
    let late = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (!late) return;
      this.#overdue -= 1;
      this.#start();
    };
    const timer = setTimeout(settle, clientBounds.forgottenMs);
    call.then(settle, settle);
    return {
      isOverdue: () => {
        if (settled || late) return;
        late = true;
        this.#overdue += 1;
      },
    };
  }

  #refuseQueued(): void {
    const queue = this.#queue;
    this.#queue = [];
    this.#units = 0;
    for (const { reject } of queue) reject(notSent('an append before it failed'));
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0) return;
    const waiting = this.#onIdle;
    this.#onIdle = [];
    for (const resolve of waiting) resolve();
  }
}

function doing({ stream }: EncodedAppend): string {
  return `Appending to ${stream}`;
}

function notSent(because: string): Outage {
  return new Outage('timeout', `The append was not sent: ${because}. Is the server up? Try again.`);
}
