/** The answer is no, or the work cannot be done: exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The command was used wrongly: exit code 2. */
export class UsedWrongly extends Error {
  override readonly name = 'UsedWrongly';
}

/** Exit codes of every command. */
export const exitCodes = { true: 0, false: 1, usedWrongly: 2 } as const;

/** Ends the process with 0 if the answer is yes, with 1 if it is no, once all is written. */
export function answer(isTrue: boolean): void {
  process.exitCode = isTrue ? exitCodes.true : exitCodes.false;
}
