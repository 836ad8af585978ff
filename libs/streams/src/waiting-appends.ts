import { Outage } from './errors.js';
import { waitingLimits } from './limits.js';

/** What waits in a store to be written. Units are those of `EncodedAppend`. */
export interface WaitingAppends {
  readonly appends: number;
  readonly units: number;
}

/** Why no further append may wait; undefined: it may. For adapters. */
export function overloadOf({ appends, units }: WaitingAppends): Outage | undefined {
  if (appends < waitingLimits.appends && units <= waitingLimits.units) return undefined;
  return new Outage(
    'overloaded',
    `${appends} appends (${units} characters) wait to be written; at most ` +
      `${waitingLimits.appends} (${waitingLimits.units}). Wait for answers first.`,
  );
}
