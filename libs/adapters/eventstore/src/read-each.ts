import type { StreamingRead } from '@eventstore/db-client';
import { overdue } from './timed.js';

export interface Reading {
  readonly doing: string;
  /** Longest time without an event. */
  readonly ms: number;
}

/** Hands on the events of a read until it ends or `take` says that it has enough (false). */
export function readEach<Event>(
  read: StreamingRead<Event>,
  take: (event: Event) => boolean,
  { doing, ms }: Reading,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    let moved = false;
    const finish = (settle: () => void) => {
      if (over) return;
      over = true;
      clearInterval(timer);
      settle();
      // A read that never began has nothing to cancel; its failure has come by `error`.
      read.cancel().catch(() => undefined);
    };
    const timer = setInterval(() => {
      if (!moved) finish(() => reject(overdue(doing, { ms })));
      moved = false;
    }, ms);
    read.on('error', (error) => finish(() => reject(error)));
    read.on('end', () => finish(resolve));
    read.on('data', (event) => {
      if (over) return;
      moved = true;
      try {
        if (!take(event)) finish(resolve);
      } catch (thrown) {
        finish(() => reject(thrown));
      }
    });
  });
}
