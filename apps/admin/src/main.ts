import { Command } from 'commander';
import { scenarioCommand } from './scenario/scenario-command.js';

await new Command('tidemark')
  .description('Operate a Tidemark installation: import, run, replay, verify, compare, explain.')
  .showHelpAfterError()
  .addCommand(scenarioCommand())
  .parseAsync();
