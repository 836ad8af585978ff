import { setTimeout as pause } from 'node:timers/promises';
import { refusal } from '@tidemark/kernel';
import { readHolder } from '@tidemark/runtime';
import type { EventStore } from '@tidemark/streams';
import {
  decodeDeskAnswer,
  deskPaths,
  deskRelease,
  type DeskQuestion,
  type PlannerProcess,
} from '@tidemark/wire';
import { Problem, statuses } from '../http/problem.js';
import { problemIn } from '../http/problem-answer.js';

export interface LineOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly clock: { now(): number };
}

export const lineLimits = {
  /** How long a caller waits for a planner to be there: longer than a standby needs. */
  patienceMs: 8_000,
  lookEveryMs: 100,
  /** How often a call on its way looks whether its planner was replaced meanwhile. */
  watchEveryMs: 1_000,
} as const;

/** What is asked, and whether it may be asked again without harm. */
export interface LineCall {
  readonly question: DeskQuestion;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly isRepeatable: boolean;
}

/**
 * The way to whoever plans a company: found in the log, followed when it changes. A question is put
 * again until a planner answers or patience is over; a command only as long as it is certain that
 * no planner has had it.
 */
export class PlannerLine {
  readonly #options: LineOptions;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** @throws Problem when there is no answer, or a planner refuses; Outage of the log. */
  async call<Answer>(call: LineCall): Promise<Answer> {
    const { store, company, clock } = this.#options;
    const until = clock.now() + lineLimits.patienceMs;
    for (;;) {
      const { process } = await readHolder(store, company);
      const outcome = process === undefined ? 'notHeard' : await this.#put(process, call);
      if (typeof outcome === 'object') return decodeDeskAnswer<Answer>(outcome.text);
      if (outcome === 'lost' && !call.isRepeatable) throw uncertain(company);
      if (clock.now() >= until) throw away(company, process);
      await pause(lineLimits.lookEveryMs);
    }
  }

  async #put(process: PlannerProcess, { question, asked }: LineCall): Promise<Outcome> {
    const { company } = this.#options;
    const ending = new AbortController();
    const replaced = new AbortController();
    const watching = this.#watch(process, replaced, ending.signal);
    try {
      const response = await fetch(`${process.address}${deskPaths.question(company, question)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ release: deskRelease, holder: process.holder, asked }),
        signal: replaced.signal,
      });
      const text = await response.text();
      if (response.ok) return { text };
      const problem = problemIn(response.status, text);
      if (problem.status === statuses.misdirected) return 'notHeard';
      if (endsTheTerm.has(problem.refusal.code)) return 'lost';
      throw problem;
    } catch (failure) {
      if (failure instanceof Problem) throw failure;
      return isUnreached(failure) ? 'notHeard' : 'lost';
    } finally {
      ending.abort();
      await watching;
    }
  }

  /** A planner that stands still keeps its connections: one that was replaced is hung up on. */
  async #watch(
    { holder }: PlannerProcess,
    replaced: AbortController,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, company } = this.#options;
    const waited = () =>
      pause(lineLimits.watchEveryMs, true, { signal, ref: false }).catch(() => false);
    while (await waited()) {
      const found = await readHolder(store, company).catch(() => undefined);
      if (found === undefined || found.process?.holder === holder) continue;
      replaced.abort();
      return;
    }
  }
}

/** The answer; `notHeard`: no planner has had the call; `lost`: one may have had it. */
type Outcome = { readonly text: string } | 'notHeard' | 'lost';

/** The planner gave the company up while it had the call. */
const endsTheTerm = new Set(['PLANNER_REPLACED', 'STOPPING']);

const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function isUnreached(failure: unknown): boolean {
  const cause = failure instanceof Error ? failure.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return false;
  return typeof cause.code === 'string' && unreached.has(cause.code);
}

function away(company: string, process: PlannerProcess | undefined): Problem {
  const message =
    process === undefined
      ? `Company ${company} is planned by no process now.`
      : `The planner of company ${company} at ${process.address} gives no answer.`;
  const remedy = 'Start a planner, or ask again in a moment: a standby takes over by itself.';
  return new Problem(statuses.unavailable, refusal('NO_PLANNER', message, { remedy }));
}

function uncertain(company: string): Problem {
  const message = `The planner of company ${company} was lost before it had answered.`;
  const remedy = 'It may have been recorded: look at the plan before you send it again.';
  return new Problem(statuses.unavailable, refusal('PLANNER_LOST', message, { remedy }));
}
