import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { ScenarioData } from '@tidemark/wire';
import { leftOutOfExact, withExactPlans } from './exact.js';
import { MalformedScenario, readScenario, type Malformed } from './read-scenario.js';
import { runScenario, type ScenarioOutcome } from './run-scenario.js';

const examples = `
Examples:
  $ npx tidemark scenario test/scenarios
  $ npx tidemark scenario --continuity exact test/scenarios/conformance
  $ npx tidemark scenario --json my-case.yaml

Exit code: 0 all passed; 1 one failed or is not supported yet; 2 a file is malformed.`;

interface Options {
  readonly json?: true;
  readonly continuity?: 'exact';
}

export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('Run planning scenarios against the planner, through the way of the services.')
    .argument('<paths...>', 'scenario files, or folders of them')
    .option('--json', 'print the outcome of every step instead')
    .addOption(
      new Option('--continuity <mode>', 'let the plans follow each change').choices(['exact']),
    )
    .addHelpText('after', examples)
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await runFiles(paths, options);
    });
}

async function runFiles(paths: readonly string[], options: Options): Promise<number> {
  const { scenarios, faults } = readAll(paths);
  for (const { file, line, reason } of faults) console.error(`${file}:${line}: ${reason}`);
  if (scenarios.length === 0 && faults.length === 0) {
    console.error(`There is no scenario in ${paths.join(', ')}.`);
    return 2;
  }
  const outcomes: ScenarioOutcome[] = [];
  for (const scenario of scenarios) {
    const outcome = await outcomeOf(scenario, options);
    outcomes.push(outcome);
    if (options.json !== true) print(outcome);
  }
  if (options.json === true) console.log(JSON.stringify(outcomes, undefined, 2));
  else console.log(totals(outcomes));
  if (faults.length > 0) return 2;
  return outcomes.some(({ outcome }) => outcome === 'failed' || outcome === 'notYet') ? 1 : 0;
}

function readAll(paths: readonly string[]): {
  scenarios: ScenarioData[];
  faults: readonly Malformed[];
} {
  const scenarios: ScenarioData[] = [];
  const faults: Malformed[] = [];
  for (const file of paths.flatMap(filesIn)) {
    try {
      scenarios.push(readScenario(file, readFileSync(file, 'utf8')));
    } catch (thrown) {
      if (thrown instanceof MalformedScenario) faults.push(...thrown.faults);
      else faults.push({ file, line: 1, reason: thrown instanceof Error ? thrown.message : '' });
    }
  }
  return { scenarios, faults };
}

function filesIn(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(path, name));
}

async function outcomeOf(scenario: ScenarioData, options: Options): Promise<ScenarioOutcome> {
  const { id } = scenario;
  const exact = options.continuity === 'exact';
  const leftOut = exact ? leftOutOfExact(scenario) : undefined;
  if (leftOut !== undefined)
    return { id, outcome: 'leftOut', because: [leftOut], steps: [], plans: [] };
  try {
    return await runScenario(exact ? withExactPlans(scenario) : scenario, { exact });
  } catch (thrown) {
    const because = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { id, outcome: 'failed', because: [because], steps: [], plans: [] };
  }
}

function print({ id, outcome, because }: ScenarioOutcome): void {
  switch (outcome) {
    case 'ok':
      console.log(`ok ${id}`);
      return;
    case 'failed':
      console.log(`FAIL ${id}`);
      for (const fault of because) console.log(`  ${fault}`);
      return;
    case 'notYet':
      console.log(`not yet ${id}: ${because.join('; ')}`);
      return;
    case 'leftOut':
      console.log(`left out ${id}: ${because.join('; ')}`);
  }
}

function totals(outcomes: readonly ScenarioOutcome[]): string {
  const count = (kind: ScenarioOutcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === kind).length;
  return (
    `${count('ok')} passed, ${count('failed')} failed, ` +
    `${count('notYet')} not yet, ${count('leftOut')} left out`
  );
}
