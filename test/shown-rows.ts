import { isDeepStrictEqual } from 'node:util';
import type { Change, NodeName, NodeRows, PlanRevision, PlanView } from '@tidemark/planning';

type Line = object;

/**
 * The lines of a plan as a reader holds them who knows its revisions only. Every change says what
 * the line was, so the reader notices a difference that does not fit.
 */
export class ShownRows {
  readonly #lines = new Map<string, Line>();
  /** Changes whose `before` was not what stood here. */
  readonly misfits: string[] = [];

  take(revision: PlanRevision): void {
    for (const node of revision.nodes) {
      const take = (table: string, changes: readonly Change<Line>[]): void => {
        for (const change of changes) this.#take(keyOf(node, table, change.key), change);
      };
      take('order', node.orders);
      take('requirement', node.requirements);
      take('coverage', node.coverage);
      take('message', node.messages);
    }
  }

  #take(key: string, { before, after }: Change<Line>): void {
    if (!isDeepStrictEqual(this.#lines.get(key), before)) this.misfits.push(key);
    if (isDeepStrictEqual(before, after)) this.misfits.push(`${key} is no change`);
    if (after === undefined) this.#lines.delete(key);
    else this.#lines.set(key, after);
  }

  /** Keys of the lines that the plan says otherwise. */
  differing(view: PlanView): string[] {
    const expected = new Map(view.rowsOf().flatMap((rows) => [...keyedLines(rows)]));
    const keys = new Set([...expected.keys(), ...this.#lines.keys()]);
    return [...keys].filter((key) => !isDeepStrictEqual(this.#lines.get(key), expected.get(key)));
  }

  get size(): number {
    return this.#lines.size;
  }
}

function keyOf({ item, dimensions }: NodeName, table: string, line: string): string {
  return JSON.stringify([item, dimensions, table, line]);
}

function* keyedLines(rows: NodeRows): IterableIterator<[string, Line]> {
  for (const row of rows.orders) yield [keyOf(row, 'order', row.id), row];
  for (const row of rows.requirements) yield [keyOf(row, 'requirement', row.id), row];
  for (const row of rows.coverage) {
    yield [keyOf(row, 'coverage', `${row.demand}\u0000${row.supply}`), row];
  }
  for (const row of rows.messages) {
    const line = row.kind === 'delay' ? `delay ${row.requirement}` : `${row.action} ${row.order}`;
    yield [keyOf(row, 'message', line), row];
  }
}
