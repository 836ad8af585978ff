import { compareText } from '@tidemark/kernel';
import { writeNamed } from '@tidemark/wire';
import type { PlanLine } from './row-keys.js';

/** A line of a plan as its export has it: keys sorted, quantities as texts, days as dates. */
export function lineText(row: PlanLine): string {
  return JSON.stringify(sorted(writeNamed(row)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    entries
      .toSorted(([left], [right]) => compareText(left, right))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
