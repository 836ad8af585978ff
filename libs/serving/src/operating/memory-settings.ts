import { setFlagsFromString } from 'node:v8';

/**
 * Counts memory outside of V8's heap into the one limit that makes it collect all garbage. Plans
 * keep their columns there: without this, each 64 MB of columns that were replaced had the whole
 * heap gone through, whatever its size (docs/decisions/0012-cost-of-a-change.md).
 */
export function countColumnsInHeapLimit(): void {
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
