import type { ServerResponse } from 'node:http';

/** The requests that are being answered: stopping waits for them, and for nothing else. */
export class OpenRequests {
  readonly #open = new Set<ServerResponse>();
  #whenNone: (() => void) | undefined;

  begun(answer: ServerResponse): void {
    this.#open.add(answer);
    answer.once('close', () => {
      this.#open.delete(answer);
      if (this.#open.size === 0) this.#whenNone?.();
    });
  }

  /** Resolves when the last answer is on its way, or its reader has left. */
  async none(): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenNone = resolve;
    });
  }
}
