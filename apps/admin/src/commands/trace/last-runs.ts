import type { RunTraceEvent } from '@tidemark/planning';

/** The trace of the last run of each plan; those before it are let go as soon as one begins. */
export class LastRuns {
  readonly #runs = new Map<string, RunTraceEvent[]>();

  readonly take = (event: RunTraceEvent): void => {
    const run = event.event === 1 ? undefined : this.#runs.get(event.plan);
    if (run === undefined) this.#runs.set(event.plan, [event]);
    else run.push(event);
  };

  of(plan: string): readonly RunTraceEvent[] {
    return this.#runs.get(plan) ?? [];
  }
}

/** Messages that hold the text anywhere, whatever its case, with all that they stand under. */
export function foundIn(run: readonly RunTraceEvent[], text: string): readonly RunTraceEvent[] {
  const wanted = text.toLowerCase();
  const parents = new Map(run.map(({ event, parent }) => [event, parent]));
  const kept = new Set<number>();
  for (const event of run) {
    if (!textOf(event).includes(wanted)) continue;
    let at: number | undefined = event.event;
    while (at !== undefined && !kept.has(at)) {
      kept.add(at);
      at = parents.get(at);
    }
  }
  return run.filter(({ event }) => kept.has(event));
}

function textOf({ item = '', dimensions = {}, requirement = '', ...told }: RunTraceEvent): string {
  const { type, detail, text, status = '' } = told;
  const values = Object.values(dimensions);
  return [item, ...values, requirement, type, detail, status, text].join('\n').toLowerCase();
}

/** Lines that show the tree: each message under its parent, in the order of the run. */
export function* treeLines(run: readonly RunTraceEvent[]): Generator<string> {
  const children = new Map<number, RunTraceEvent[]>();
  for (const event of run) {
    const under = event.parent ?? 0;
    children.set(under, [...(children.get(under) ?? []), event]);
  }
  const open = (children.get(0) ?? []).map((event) => ({ event, depth: 0 })).reverse();
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { event, depth } = top;
    yield `${'  '.repeat(depth)}${event.detail}: ${event.text}`;
    for (const child of (children.get(event.event) ?? []).toReversed()) {
      open.push({ event: child, depth: depth + 1 });
    }
  }
}
