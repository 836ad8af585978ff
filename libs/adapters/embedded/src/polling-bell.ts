import { createBell } from '@tidemark/streams';
import type { Bell } from '@tidemark/streams';

/**
 * A bell for a log that another process writes: while somebody waits, `count` is asked every
 * `pollMs` milliseconds, and the bell rings when it has grown.
 */
export function createPollingBell(count: () => number, pollMs: number): Bell {
  const bell = createBell();
  let waiting = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let seen = -1;
  const look = () => {
    try {
      const now = count();
      if (now === seen) return;
      seen = now;
    } catch {
      // Whoever is woken reads, meets the same failure and tells it.
    }
    bell.ring();
  };
  const settle = () => {
    waiting -= 1;
    if (waiting > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    get rings() {
      return bell.rings;
    },
    get silenced() {
      return bell.silenced;
    },
    ring: () => bell.ring(),
    silence: () => bell.silence(),
    next(heard, signal) {
      waiting += 1;
      timer ??= setInterval(look, pollMs);
      return bell.next(heard, signal).finally(settle);
    },
  };
}
