import { Command } from 'commander';
import { deadLettersCommand } from './dead-letters-command.js';
import { explainCommand } from './explain-command.js';
import { traceCommand } from './trace-command.js';
import { exportCommand } from './export-command.js';
import { hashCommand } from './hash-command.js';
import { importCommand } from './import-command.js';
import { lintCommand } from './lint-command.js';
import { messagesCommand } from './messages-command.js';
import { migrateCommand } from './migrate-command.js';
import { ordersCommand } from './orders-command.js';
import { parkedCommand } from './parked-command.js';
import { rebuildCommand } from './rebuild-command.js';
import { runCommand } from './run-command.js';
import { statusCommand } from './status-command.js';
import { verifyCommand } from './verify-command.js';

/** The command line, but for what `main` adds. */
export function createProgram(): Command {
  const program = new Command('tidemark')
    .description('Operate a Tidemark installation: import, run, verify, compare, explain.')
    .showHelpAfterError('(add --help for what it takes)')
    .addHelpText(
      'after',
      '\nExit codes: 0 true or done, 1 false or failed, 2 used wrongly.\n' +
        'Commands that only read may run beside a server on the same data folder.',
    );
  const commands = [
    importCommand(),
    runCommand(),
    statusCommand(),
    ordersCommand(),
    messagesCommand(),
    explainCommand(),
    traceCommand(),
    hashCommand(),
    exportCommand(),
    verifyCommand(),
    lintCommand(),
    rebuildCommand(),
    migrateCommand(),
    deadLettersCommand(),
    parkedCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
}
