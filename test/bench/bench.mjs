// Speed of the planning core, of the way in and of the log. Every data set is measured in a process
// of its own, so that none inherits another's heap.
import { spawnSync } from 'node:child_process';
import { changesTimedOf, readOptions, usage } from './options.mjs';
import { eventstore } from './parts/eventstore.mjs';
import { log } from './parts/log.mjs';
import { planning } from './parts/planning.mjs';
import { rowsOfOneItem } from './parts/rows-of-one-item.mjs';
import { visible } from './parts/visible.mjs';
import { wayIn } from './parts/way-in.mjs';
import { load, machine, summaryOf, tableOf } from './report.mjs';

/** Each takes what its task names and returns figures. */
const measures = {
  planning: ({ dataSet, changesTimed }) => planning(dataSet, { changesTimed }),
  rows: rowsOfOneItem,
  'way-in': wayIn,
  log,
  eventstore,
  visible,
};

/** What the processes of the product set as they start (memory-settings.ts of serving). */
const asProcessesDo = '--external-memory-accounted-in-global-limit';

/** Beyond the largest data set; the rest of the machine is not asked for. */
const heapMegabytes = 8192;

export async function bench(args) {
  if (args[0] === '--task') return measureHere(JSON.parse(args[1] ?? '{}'));
  const options = optionsOf(args);
  if (options === undefined) return 2;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const about = { ...machine(), date: new Date().toISOString() };
  const figures = tasksOf(options).flatMap((task) => measureApart(task, options));
  const summary = summaryOf(figures);
  const loadAfter = load();
  if (options.json)
    console.log(JSON.stringify({ machine: about, loadAfter, figures, summary }, null, 2));
  else {
    console.log(tableOf(figures));
    console.log(
      `${about.cpu}, ${about.cores} cores, ${about.memory}, Node ${about.node}; ` +
        `load ${about.load.join(' ')} before, ${loadAfter.join(' ')} after`,
    );
    for (const fault of summary.void) console.log(`void: ${fault}`);
    const { void: voids, ratiosMissed, marksMissed } = summary;
    console.log(
      `${figures.length} figures, ${voids.length} void, ${marksMissed} marks missed, ` +
        `${ratiosMissed} of them ratios`,
    );
  }
  return summary.void.length + summary.ratiosMissed === 0 ? 0 : 1;
}

function optionsOf(args) {
  try {
    return readOptions(args);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
    console.error(problem.message);
    return undefined;
  }
}

function tasksOf(options) {
  return options.only.flatMap((part) => {
    if (part === 'visible') return options.visibleSets.map((dataSet) => ({ part, dataSet }));
    if (part !== 'planning') return [{ part }];
    return options.dataSets.map((dataSet) => {
      return { part, dataSet, changesTimed: changesTimedOf(dataSet, options) };
    });
  });
}

/** Measures one task in a process of its own. */
function measureApart(task, { json }) {
  if (!json) console.error(`measuring ${task.part}${task.dataSet ? `, ${task.dataSet}` : ''} …`);
  const program = process.argv[1] ?? '';
  const ways = ['--expose-gc', `--max-old-space-size=${heapMegabytes}`, asProcessesDo];
  const { status, stdout } = spawnSync(
    process.execPath,
    [...ways, program, '--task', JSON.stringify(task)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`${JSON.stringify(task)} ended with ${status}.`);
  return JSON.parse(stdout);
}

async function measureHere(task) {
  const measure = measures[task.part];
  if (measure === undefined) throw new Error(`No such part: ${task.part}`);
  console.log(JSON.stringify(await measure(task)));
  return 0;
}
