import { Command } from 'commander';

await new Command('tidemark')
  .description('Operate a Tidemark installation: import, run, replay, verify, compare, explain.')
  .showHelpAfterError()
  .parseAsync();
