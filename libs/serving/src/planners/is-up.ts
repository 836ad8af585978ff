import { deskPaths, readDeskHolder, type PlannerProcess } from '@tidemark/wire';

/** Time a planner has to say that it is there: it answers between two runs. */
const answerMs = 3_000;

/** Whether the process at that address answers and still is the one that is named. */
export async function isUp({ company, holder, address }: PlannerProcess): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(answerMs);
    const response = await fetch(`${address}${deskPaths.holder(company)}`, { signal });
    return readDeskHolder(await response.json()) === holder;
  } catch {
    // No answer, or none of a planner: that is what was asked.
    return false;
  }
}
