import { soon } from './deployment.js';
import type { AppProcess } from '../restart/app-process.js';

type Line = Readonly<Record<string, unknown>>;

interface Change {
  readonly key: string;
  readonly before?: Line;
  readonly after?: Line;
}

export const lineKinds = ['orders', 'requirements', 'coverage', 'messages'] as const;
export type LineKind = (typeof lineKinds)[number];

type Node = Readonly<Record<LineKind, readonly Change[]>> & {
  readonly item: string;
  readonly dimensions: Line;
};

/**
 * A system that holds a plan of which it knows nothing but what the change stream tells. It comes
 * back by itself when the stream ends, behind the last revision that it has seen.
 */
export class Subscriber {
  readonly #path: string;
  readonly #leaving = new AbortController();
  readonly #lines = new Map<string, { readonly kind: LineKind; readonly line: Line }>();
  /** Numbers of the revisions, as they came. */
  readonly numbers: number[] = [];
  #api: AppProcess;
  #following: Promise<void>;

  constructor(api: AppProcess, path: string) {
    this.#api = api;
    this.#path = path;
    this.#following = this.#follow();
  }

  get revision(): number {
    return this.numbers.at(-1) ?? 0;
  }

  /** Another process serves from now on. */
  moveTo(api: AppProcess): void {
    this.#api = api;
  }

  lines(kind: LineKind): readonly Line[] {
    return [...this.#lines.values()].filter((one) => one.kind === kind).map(({ line }) => line);
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        await this.#read(signal);
      } catch (failure) {
        // The connection broke, or nobody is there: what is wrong with a revision is no such thing.
        if (failure instanceof RangeError) throw failure;
      }
      if (!signal.aborted) await soon();
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const address = await this.#api.address();
    const headers = { 'last-event-id': String(this.revision) };
    const response = await fetch(`${address}${this.#path}/changes`, { headers, signal });
    if (!response.ok || response.body === null) return;
    const decoder = new TextDecoder();
    let text = '';
    const chunks: AsyncIterable<Uint8Array> = response.body;
    for await (const chunk of chunks) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(/^event: revision\ndata: (.*)$/m.exec(block)?.[1]);
    }
  }

  #take(data: string | undefined): void {
    if (data === undefined) return;
    const told = JSON.parse(data) as { readonly revision: number; readonly nodes: Node[] };
    if (told.revision !== this.revision + 1) {
      throw new RangeError(`Revision ${told.revision} follows ${this.revision}.`);
    }
    for (const node of told.nodes) {
      for (const kind of lineKinds)
        for (const change of node[kind]) this.#apply(node, kind, change);
    }
    this.numbers.push(told.revision);
  }

  #apply({ item, dimensions }: Node, kind: LineKind, { key, after }: Change): void {
    const name = JSON.stringify([kind, item, dimensions, key]);
    if (after === undefined) this.#lines.delete(name);
    else this.#lines.set(name, { kind, line: { item, dimensions, ...after } });
  }
}
