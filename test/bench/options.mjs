// What is measured: data sets named as the generator's arguments name them, and the other parts.
export const usage = `npm run bench -- [preset [--hot SHARE]]... [options]

Presets: small, seed, medium, large; --hot SHARE puts that share of the sales orders of the preset
before it on one item. Without any: all presets and medium --hot 0.3, the rows of one item, the way
in, the log and the event store on a server, if there is one.

  --only PART    a part by its name: planning, rows, way-in, log, eventstore (on the server of
                 TIDEMARK_EVENTSTORE), visible (whole installations, of medium unless a preset is
                 named; only when asked for; TIDEMARK_BENCH_ENGINES=embedded,postgres,eventstore
                 names which); may be repeated
  --changes N    changes timed one by one (default: 5000 of medium, 1000 of others)
  --json         the figures as JSON

Exit code 1 if a figure is void (the plan is not the reference plan, or not that of a regeneration)
or a marked ratio is missed. Marks of times and rates are told, not asserted: machines differ.`;

const usualParts = ['planning', 'rows', 'way-in', 'log', 'eventstore'];
export const parts = [...usualParts, 'visible'];
const presets = ['small', 'seed', 'medium', 'large'];
const usualSets = [...presets, 'medium --hot 0.3'];
const changesUsual = 1_000;
const changesOfMedium = 5_000;

/** The options of a command line; throws RangeError with what is wrong in it. */
export function readOptions(args) {
  const options = { json: false, help: false, changes: undefined, only: [], dataSets: [] };
  for (let at = 0; at < args.length; at += 1) at += takeOption(options, args, at);
  const named = options.dataSets.length > 0;
  if (options.only.length === 0) options.only = named ? ['planning'] : [...usualParts];
  options.visibleSets = named ? options.dataSets : ['medium'];
  if (!named) options.dataSets = [...usualSets];
  return options;
}

/** Takes the argument at a place; returns how many more it used. */
function takeOption(options, args, at) {
  const [name, value] = [args[at], args[at + 1]];
  if (name === '--json') options.json = true;
  else if (name === '--help') options.help = true;
  else if (presets.includes(name)) options.dataSets.push(name);
  else if (name === '--only' && parts.includes(value)) options.only.push(value);
  else if (name === '--changes' && Number(value) >= 0) options.changes = Number(value);
  else if (name === '--hot' && Number(value) > 0 && Number(value) <= 1) {
    const preset = options.dataSets.pop() ?? 'medium';
    options.dataSets.push(`${preset} --hot ${Number(value)}`);
  } else throw new RangeError(`Not understood: ${name} ${value ?? ''}. See --help.`);
  return ['--only', '--changes', '--hot'].includes(name) ? 1 : 0;
}

export function changesTimedOf(dataSet, { changes }) {
  return changes ?? (dataSet === 'medium' ? changesOfMedium : changesUsual);
}
