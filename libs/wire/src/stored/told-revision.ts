import type { PlanRevision } from '@tidemark/planning';
import { readNamed } from './named-values.js';

/**
 * A revision from what subscribers of a plan's changes are told; undefined for anything else. Of
 * the decisions only the number is told, so there are none in it.
 */
export function readToldRevision(told: unknown): PlanRevision | undefined {
  const read = readNamed(told);
  if (typeof read !== 'object' || read === null) return undefined;
  if (!('revision' in read) || !('nodes' in read) || !Array.isArray(read.nodes)) return undefined;
  return { ...(read as PlanRevision), decisions: [] };
}
