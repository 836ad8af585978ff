import { createProgram } from './commands/program.js';
import { runProgram } from './commands/run-program.js';
import { scenarioCommand } from './scenario/scenario-command.js';

const program = createProgram();
program.addCommand(scenarioCommand());
await runProgram(program, process.argv);
