import type { Logger } from '../operating/log.js';
import type { Metrics } from '../operating/metrics.js';
import type { PlanningNews } from './planned-company.js';

/** Tells of the planning of companies in the log, and counts it. */
export function planningNews(log: Logger, metrics: Metrics): PlanningNews {
  return {
    onRevision: (company, revision) => {
      const { plan, mode, counters } = revision;
      metrics.revised(company, revision);
      log.debug({ company, plan, revision: revision.revision, mode, counters }, 'Plan revised');
    },
    onScheduledRun: ({ due, refused, ...run }) => {
      const told = { ...run, due: new Date(due).toISOString() };
      if (refused !== undefined) log.error({ ...told, refused }, 'A scheduled run was refused');
      else if (run.missed > 0) log.warn(told, 'Scheduled runs were missed; one is made up');
      else log.info(told, 'A scheduled run is made');
    },
  };
}
