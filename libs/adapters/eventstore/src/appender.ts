import { ErrorType, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import { success } from '@tidemark/kernel';
import { noEvents, Outage, overloadOf } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend } from '@tidemark/streams';
import { clientBounds } from './bounds.js';
import { failureOf, hasType } from './client-failure.js';
import { outcomeOfRefusal } from './conflict.js';
import { toStored } from './event-codec.js';
import { positionOf } from './log-position.js';
import type { Namespace } from './namespace.js';
import { twice, within } from './timed.js';

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

/**
 * Hands appends to the server in the order of the calls, several at once. Those of the client share
 * one stream of messages, so the failure of one fails the others, although they may be written:
 * each is then made once more with the same ids, which tells.
 */
export class Appender {
  readonly #options: AppenderOptions;
  #queue: Waiting[] = [];
  #units = 0;
  /** Places taken: by appends on their way, and by those the client has not settled yet. */
  #taken = 0;
  /** Of those, the ones that nobody waits for any more. */
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
    while (this.#taken < clientBounds.appendsInFlight) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#units -= next.encoded.units;
      this.#taken += 1;
      this.#attempt(next.encoded).then(next.resolve, (thrown: unknown) => {
        next.reject(thrown);
        // Who waits behind an append that the server leaves unanswered would wait for ever.
        if (thrown instanceof Outage && thrown.code === 'timeout') this.#refuseQueued();
      });
    }
  }

  async #attempt(encoded: EncodedAppend): Promise<AppendOutcome> {
    const { ms } = this.#options;
    const doing = `Appending to ${encoded.stream}`;
    const call = twice(() => this.#send(encoded));
    const place = this.#hold(call);
    try {
      const { nextExpectedRevision, position } = await within(call, { ms, doing, ambiguous: true });
      if (position === undefined) throw new Error(`${doing}: the server told no position.`);
      return success({
        revision: Number(nextExpectedRevision),
        position: positionOf(position.commit),
      });
    } catch (thrown) {
      place.isOverdue();
      if (thrown instanceof WrongExpectedVersionError) return this.#refused(encoded, thrown);
      const ambiguous = !hasType(thrown, ErrorType.ACCESS_DENIED);
      throw failureOf(thrown, doing, { ambiguous });
    }
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

  /** Takes a place until the client has settled the call, however long nobody waits any more. */
  #hold(call: Promise<unknown>): { isOverdue(): void } {
    let settled = false;
    let late = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      this.#taken -= 1;
      if (late) this.#overdue -= 1;
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
    for (const { reject } of queue) reject(notSent('an append before it was not answered'));
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0) return;
    const waiting = this.#onIdle;
    this.#onIdle = [];
    for (const resolve of waiting) resolve();
  }
}

function notSent(because: string): Outage {
  return new Outage('timeout', `The append was not sent: ${because}. Is the server up? Try again.`);
}
