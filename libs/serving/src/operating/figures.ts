import type { ReadModelKeeper } from '../projectors/read-model-keeper.js';
import type { Health } from './health.js';
import type { Figure } from './metrics.js';
import type { Subscribers } from './subscribers.js';

/** A figure of one value. */
function figure(name: string, help: string, read: () => number): Figure {
  return { name, help, read: () => [{ value: read() }] };
}

export function readyFigure(health: Health): Figure {
  return {
    name: 'tidemark_ready',
    help: '1 when all that is needed is there and nothing has failed: see /health/ready.',
    read: async () => [{ value: (await health.look()).isReady ? 1 : 0 }],
  };
}

export function companiesFigure(names: () => readonly string[]): Figure {
  return figure('tidemark_companies', 'Companies that are known here.', () => names().length);
}

export function subscribersFigure(subscribers: Subscribers): Figure {
  const help = 'Readers that follow the changes of a plan.';
  return figure('tidemark_change_subscribers', help, () => subscribers.count);
}

/** How the read models follow the log; of a projector that stands by there is nothing to tell. */
export function projectorFigures(projector: ProjectorNow): readonly Figure[] {
  const told = (name: string, help: string, read: (one: WorkingProjector) => number): Figure => ({
    name,
    help,
    read: () => {
      const working = projector();
      return working === undefined ? [] : [{ value: read(working) }];
    },
  });
  return [
    told(
      'tidemark_read_model_lag_seconds',
      'For how long the read models have been behind the log; 0 when they hold all of it.',
      (working) => working.lagSeconds(),
    ),
    told(
      'tidemark_read_model_events',
      'Events folded into the read models since the start, without those of rebuilds.',
      ({ foldedEvents }) => foldedEvents,
    ),
    told(
      'tidemark_read_models_stopped',
      '1 when the read models take up no more events: the log of the server says why.',
      ({ failure }) => (failure === undefined ? 0 : 1),
    ),
  ];
}

type WorkingProjector = NonNullable<ReadModelKeeper['projector']>;
type ProjectorNow = () => WorkingProjector | undefined;
