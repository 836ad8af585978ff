import { RunLog } from '../runs/run-log.js';
import { sweep } from '../runs/sweep.js';
import type { PlanKeeper } from './plan-keeper.js';
import { workingSetOf } from './working-set.js';

/** Lays the entries of an item over the plan, reads, and takes them off again (DU-2). */
export function overlaid<Value>(keeper: PlanKeeper, item: string, read: () => Value): Value {
  if (!keeper.pending.has(item)) return read();
  const opened = keeper.state.nodes.size;
  const answer = keeper.onBranch((fold) => {
    const log = new RunLog();
    const { mode } = workingSetOf(keeper, { mode: 'overlay', items: undefined });
    sweep(keeper.state, fold(item), mode, log);
    const value = read();
    log.undo();
    return value;
  });
  keeper.state.closeNodesBeyond(opened);
  return answer;
}
