import { Command, InvalidArgumentError } from 'commander';
import { openLog, readLogAddress, type LogMode, type OpenLog } from '@tidemark/stores';
import { wireLimits } from '@tidemark/wire';
import { UsedWrongly } from './outcome.js';

export interface DataOptions {
  readonly data: string;
  readonly json?: boolean;
}

export interface CompanyOptions extends DataOptions {
  readonly company: string;
}

export interface PlanOptions extends CompanyOptions {
  readonly plan?: string;
}

export interface CommandText {
  readonly name: string;
  readonly summary: string;
  /** Commands that run as they stand, one after the other. */
  readonly examples: readonly string[];
  /** What else the help says. */
  readonly details?: string;
}

/** A command with its help and examples. */
export function describedCommand({ name, summary, examples, details }: CommandText): Command {
  const lines = examples.map((example) => `  $ npx tidemark ${example}`);
  const parts = [...(details === undefined ? [] : [details]), `Examples:\n${lines.join('\n')}`];
  return new Command(name)
    .description(summary)
    .addHelpText('after', `\n${parts.join('\n\n')}`)
    .showHelpAfterError('(add --help for what it takes)');
}

/** A command on a log: a data folder, or the event store of a deployment. */
export function dataCommand(text: CommandText): Command {
  return describedCommand(text)
    .requiredOption('--data <where>', 'data folder, or postgres://… or esdb://… of a deployment')
    .option('--json', 'answer as JSON');
}

export function companyCommand(text: CommandText): Command {
  return dataCommand(text).requiredOption('--company <name>', 'company', companyName);
}

export function planCommand(text: CommandText): Command {
  return companyCommand(text).option('--plan <id>', 'plan (default: the current dynamic one)');
}

/** The reading of `--company`: part of stream names, so bounded (see the contract of events). */
export function companyName(text: string): string {
  const most = wireLimits.companyCharacters;
  if (text.trim() === '' || text.length > most || /[/%]/.test(text)) {
    throw new InvalidArgumentError(`A company has 1 to ${most} characters, none of them / or %.`);
  }
  return text;
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is no whole number.');
}

/** Opens a log, acts, and closes it whatever happens. */
export async function withLog<Value>(
  { data }: DataOptions,
  mode: LogMode,
  action: (log: OpenLog) => Promise<Value>,
): Promise<Value> {
  const address = readLogAddress(data);
  if (!address.ok) {
    throw new UsedWrongly(`${address.failure.message} ${address.failure.remedy ?? ''}`);
  }
  const log = await openLog(address.value, mode);
  try {
    return await action(log);
  } finally {
    await log.close();
  }
}
