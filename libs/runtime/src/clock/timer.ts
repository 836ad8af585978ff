/** Calls back at a moment; tests hold their own. */
export interface Timer {
  /** Calls `act` at `moment` (milliseconds since 1970 UTC) or soon after; returns how to cancel. */
  at(moment: number, act: () => void): () => void;
}

// Longer waits overflow the timers of the platform; whoever is woken early looks and waits again.
const longestWaitMs = 86_400_000;

/** The timers of this process; they do not keep it alive. */
export function processTimer(clock: { now(): number }): Timer {
  return {
    at: (moment, act) => {
      const wait = Math.min(Math.max(moment - clock.now(), 0), longestWaitMs);
      const timer = setTimeout(act, wait);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
