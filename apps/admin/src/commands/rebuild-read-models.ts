import { projectionNames } from '@tidemark/projections';
import { createProjector, readModelShapes } from '@tidemark/runtime';
import { countLog } from './company-list.js';
import { withLog, type DataOptions } from './data-command.js';
import { clock } from './opened-company.js';
import { UsedWrongly } from './outcome.js';
import { say, sayJson } from './output.js';
import { startProgress } from './progress.js';

const elsewhere =
  'The read models of this log are in a database of their own. Ask a projector for it: ' +
  'POST /v1/read-models/<name>/rebuild.';

/** Builds read models anew beside those that are there; `projection` is a name or `all`. */
export async function rebuildReadModels(options: DataOptions, projection: string): Promise<void> {
  const names = projectionNames.filter((name) => projection === 'all' || name === projection);
  if (names.length === 0) {
    const known = projectionNames.join(', ');
    throw new UsedWrongly(`There is no read model ${projection}. Name one of ${known}, or all.`);
  }
  await withLog(options, 'write', async ({ events: store, readModels: file }) => {
    if (file === undefined) throw new UsedWrongly(elsewhere);
    const models = file.open(readModelShapes, (aside) => {
      process.stderr.write(`The read models were damaged; what is left lies in ${aside}.\n`);
    });
    const projector = createProjector({ store, models, clock });
    const progress = startProgress('rebuild', 'events');
    try {
      const { events: total } = await countLog(store);
      let failure: unknown;
      await projector.start((thrown) => (failure = thrown));
      await projector.rebuild(names, ({ events }) => progress.at(events, events / total));
      if (failure !== undefined) throw failure;
      progress.end();
      const rebuilt = projector
        .status()
        .filter(({ model }) => names.some((name) => name === model));
      if (options.json === true) sayJson({ events: total, readModels: rebuilt });
      else for (const { model, through } of rebuilt) say(`${model}: rebuilt, through ${through}`);
    } finally {
      progress.end();
      await projector.stop();
      await models.close();
    }
  });
}
