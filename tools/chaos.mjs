// npm run chaos -- [options]: kills everything of an installation, again and again, under load.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { projectEnv, projectNode, rootDir } from './project-node.mjs';

const help = `Usage: npm run chaos -- [options]

Starts an installation of its own (PostgreSQL on loopback, two processes of each role), sends events
without pause, and kills (kill -9) one after the other: intake, planner, projector, api, PostgreSQL.
At the end: each acknowledged event stands in the journals once, the plan equals a regeneration from
the log, and a subscriber of the change stream has the plan of the read models.

  --kills <number>     of each (default 30)
  --victims <names>    some of intake,planner,projector,api,postgres (default all)
  --seed <number>      which of them, and when (default: the clock; it is printed)

Examples:
  $ npm run chaos
  $ npm run chaos -- --kills 5 --victims postgres,planner --seed 7

Exit code 0 if all of it holds, 1 if not, 2 if used wrongly.`;

const victims = ['intake', 'planner', 'projector', 'api', 'postgres'];

function usedWrongly(why) {
  console.error(`${why}\n\n${help}`);
  process.exit(2);
}

function readOptions() {
  const text = { type: 'string' };
  try {
    return parseArgs({
      options: { kills: text, victims: text, seed: text, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (failure) {
    return usedWrongly(failure.message);
  }
}

const options = readOptions();
if (options.help) {
  console.log(help);
  process.exit(0);
}
const { kills = '30', seed = String(Date.now() % 1_000_000) } = options;
const chosen = (options.victims ?? victims.join(',')).split(',');
if (!/^[1-9]\d{0,4}$/.test(kills)) usedWrongly(`--kills is ${kills}: give a whole number from 1.`);
if (!/^\d{1,9}$/.test(seed)) usedWrongly(`--seed is ${seed}: give a whole number.`);
const unknown = chosen.filter((name) => !victims.includes(name));
if (unknown.length > 0) usedWrongly(`--victims names ${unknown.join(', ')}.`);

console.log(`chaos: ${kills} kills of each of ${chosen.join(', ')}, seed ${seed}`);
const { status } = spawnSync(projectNode, [join(rootDir, 'tools', 'spec.mjs'), 'test/chaos'], {
  cwd: rootDir,
  stdio: 'inherit',
  env: {
    ...projectEnv(),
    TIDEMARK_CHAOS: kills,
    TIDEMARK_CHAOS_VICTIMS: chosen.join(','),
    TIDEMARK_SEED: seed,
  },
});
process.exitCode = status === 0 ? 0 : 1;
