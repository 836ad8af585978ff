import { clientBounds } from './bounds.js';
import type { OpenCursor } from './log-follower.js';

interface Kept {
  readonly key: string;
  readonly open: OpenCursor;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Subscriptions of readers that page through the log: the next page goes on where the last one
 * ended, without a new call. Few are kept, and not for long.
 */
export class KeptCursors {
  #kept: readonly Kept[] = [];

  keep(key: string, open: OpenCursor): void {
    this.#drop(key);
    const timer = setTimeout(() => this.#drop(key), clientBounds.cursorKeptMs);
    this.#kept = [...this.#kept, { key, open, timer }];
    const [oldest] = this.#kept;
    if (oldest !== undefined && this.#kept.length > clientBounds.cursorsKept) {
      this.#drop(oldest.key);
    }
  }

  take(key: string): OpenCursor | undefined {
    const found = this.#kept.find((one) => one.key === key);
    if (found === undefined) return undefined;
    clearTimeout(found.timer);
    this.#kept = this.#kept.filter((one) => one !== found);
    return found.open;
  }

  close(): void {
    for (const { key } of this.#kept) this.#drop(key);
  }

  #drop(key: string): void {
    this.take(key)?.cursor.close();
  }
}
