import { CommanderError, type Command } from 'commander';
import { MoveRefused, PlannerReplaced } from '@tidemark/runtime';
import { FolderInUse, FolderRefused, PostgresRefused } from '@tidemark/stores';
import { LogDamaged, Outage } from '@tidemark/streams';
import { UnreadableEvent } from '@tidemark/wire';
import { ImportRefused } from '../import/import-step.js';
import { CommandFailed, exitCodes, UsedWrongly } from './outcome.js';

/** Errors that say all there is to say: told in one line, without a trace. */
const failures = [
  CommandFailed,
  MoveRefused,
  FolderInUse,
  Outage,
  LogDamaged,
  PlannerReplaced,
  UnreadableEvent,
] as const;
const wrongUses = [UsedWrongly, ImportRefused, FolderRefused, PostgresRefused] as const;

/** Runs the command that the arguments name and sets the exit code. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  endQuietlyWithReader();
  throwInsteadOfExit(program);
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    process.exitCode = exitCodeOf(thrown);
  }
}

function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CommanderError) {
    return thrown.exitCode === 0 ? exitCodes.true : exitCodes.usedWrongly;
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (wrongUses.some((kind) => thrown instanceof kind)) {
    process.stderr.write(`error: ${text}\n`);
    return exitCodes.usedWrongly;
  }
  const isKnown = failures.some((kind) => thrown instanceof kind);
  const trace = thrown instanceof Error ? (thrown.stack ?? text) : text;
  process.stderr.write(`error: ${isKnown ? text : trace}\n`);
  return exitCodes.false;
}

/** Without this, wrong usage ends with 1, which here says false. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) throwInsteadOfExit(inner);
}

/** `tidemark export | head`: nobody reads on, so nothing is wrong and nothing is left to do. */
function endQuietlyWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.true);
    throw error;
  });
}
