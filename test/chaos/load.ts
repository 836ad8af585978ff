import { NoAnswer, type AppProcess, type Json } from '../restart/app-process.js';
import { soon } from '../roles/deployment.js';
import { company, type Taken } from '../roles/story-house.js';

interface Answered extends Taken {
  readonly repeated: number;
}

/** A system that sends one event after the other, each until it is acknowledged. */
export class Sender {
  readonly #intake: () => AppProcess;
  readonly #make: (number: number) => Json & { readonly data: Json };
  readonly #sent: Promise<void>;
  /** Ids whose events were acknowledged, in order. */
  readonly acknowledged: string[] = [];
  /** Calls that were not answered, or answered that it cannot be taken now. */
  repeats = 0;
  /** Where the last acknowledged event lies. */
  position = '';
  #isEnding = false;

  constructor(intake: () => AppProcess, make: (number: number) => Json & { readonly data: Json }) {
    this.#intake = intake;
    this.#make = make;
    this.#sent = this.#run();
  }

  /** Ends with the event that is on its way. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#sent;
  }

  async #run(): Promise<void> {
    for (let number = 1; !this.#isEnding; number += 1) {
      const event = this.#make(number);
      while (!(await this.#isTaken(event))) {
        this.repeats += 1;
        await soon();
      }
      this.acknowledged.push(String(event.data['id']));
    }
  }

  async #isTaken(event: Json): Promise<boolean> {
    try {
      const { status, body } = await this.#intake().call<Answered>(`${company}/events`, [event]);
      if (status >= 500) return false;
      expect([event, status, body.accepted + body.repeated]).toEqual([event, 200, 1]);
      this.position = body.position;
      return true;
    } catch (failure) {
      // It died before it had answered: whether the event was taken, the next answer tells.
      if (failure instanceof NoAnswer) return false;
      throw failure;
    }
  }
}
