import type { RunRequest } from '../api/runs.js';

/** An explosion that an input calls for by itself (MO-16). */
export interface ExplosionTrigger {
  readonly of: string;
  readonly options: NonNullable<RunRequest['options']>;
}
