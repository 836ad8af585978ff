import { logBatches, type EventStore, type Position } from '@tidemark/streams';
import type { StoredEvent } from '@tidemark/streams';
import { recordedTimeOf } from '@tidemark/wire';
import type { Figure } from './metrics.js';

/** How far behind the end of the log something is. */
export interface Lag {
  /** Events that it has not taken up, as far as they are counted. */
  readonly events: number;
  /** For how long the oldest of them has been in the log. */
  readonly seconds: number;
}

/** One that follows the log: up to where it has come, and which events are for it. */
export interface LogFollower {
  readonly labels: Readonly<Record<string, string>>;
  readonly position: Position;
  readonly streamPrefixes?: readonly string[];
  /** Whether a stream that has such a prefix is for it; default: each is. */
  holds?(stream: string): boolean;
}

/** More are not counted: the figure then says that many. */
export const countedEventsMax = 10_000;

const millisecondsPerSecond = 1_000;

/** Reads what lies after the follower's position. @throws Outage. */
export async function lagOf(
  store: EventStore,
  { position, streamPrefixes, holds = () => true }: LogFollower,
  now: number,
): Promise<Lag> {
  let events = 0;
  let oldest: StoredEvent | undefined;
  const stretch = { after: position, limit: 1_000, ...(streamPrefixes && { streamPrefixes }) };
  for await (const batch of logBatches(store, stretch)) {
    const own = batch.events.filter(({ stream }) => holds(stream));
    oldest ??= own[0];
    events += own.length;
    if (events >= countedEventsMax) break;
  }
  const since = oldest === undefined ? undefined : recordedTimeOf(oldest);
  const seconds = since === undefined ? 0 : Math.max(0, now - since) / millisecondsPerSecond;
  return { events, seconds };
}

export interface LagFigureOptions {
  readonly store: EventStore;
  readonly clock: { now(): number };
  readonly role: string;
  /** Those of this process whose lag is told. */
  readonly followers: () => Promise<readonly LogFollower[]> | readonly LogFollower[];
}

/** The lag of a role as two figures; nothing is told while the log cannot be read. */
export function lagFigures({ store, clock, role, followers }: LagFigureOptions): readonly Figure[] {
  const labels = ['role', 'company'];
  const read = async (of: keyof Lag) => {
    try {
      const told = [];
      for (const follower of await followers()) {
        const lag = await lagOf(store, follower, clock.now());
        told.push({ labels: { role, ...follower.labels }, value: lag[of] });
      }
      return told;
    } catch {
      // Readiness tells of the outage; a figure that is not known is not told.
      return [];
    }
  };
  return [
    {
      name: 'tidemark_lag_events',
      help: `Events in the log that this role has not taken up, ${countedEventsMax} at most.`,
      labels,
      read: () => read('events'),
    },
    {
      name: 'tidemark_lag_seconds',
      help: 'For how long the oldest event that this role has not taken up has been in the log.',
      labels,
      read: () => read('seconds'),
    },
  ];
}
