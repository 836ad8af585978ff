import { Command, InvalidArgumentError } from 'commander';
import { openLog, readLogAddress, type LogMode, type OpenLog } from '@tidemark/stores';
import { wireLimits } from '@tidemark/wire';
import { UsedWrongly } from './outcome.js';
import { plansOfLog, plansOfServer, type PlanSource } from './published/plan-source.js';
import { Server } from './remote/server.js';

export interface DataOptions {
  readonly data: string;
  readonly json?: boolean;
}

/** Of a command that asks a log or a running server: one of the two. */
export interface PlaceOptions {
  readonly data?: string;
  readonly url?: string;
  readonly json?: boolean;
}

export interface CompanyPlaceOptions extends PlaceOptions {
  readonly company: string;
}

export interface PlanPlaceOptions extends CompanyPlaceOptions {
  readonly plan?: string;
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

/** A command on a log or on a running server. */
export function placeCommand(text: CommandText): Command {
  return describedCommand(text)
    .option('--data <where>', 'data folder, or postgres://… or esdb://… of a deployment')
    .option('--url <address>', 'running server, such as http://127.0.0.1:7400')
    .option('--json', 'answer as JSON');
}

export type CommandBase = (text: CommandText) => Command;

export function companyCommand(text: CommandText, base: CommandBase = dataCommand): Command {
  return base(text).requiredOption('--company <name>', 'company', companyName);
}

export function planCommand(text: CommandText, base: CommandBase = dataCommand): Command {
  return companyCommand(text, base).option(
    '--plan <id>',
    'plan (default: the current dynamic one)',
  );
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

/** What a command on a log or a server does at each of them. */
export interface AtPlace<Value> {
  log(log: OpenLog): Promise<Value>;
  server(server: Server): Promise<Value>;
}

/**
 * Acts on the log or on the server, as the options say.
 *
 * @throws UsedWrongly unless they name one of the two.
 */
export function atPlace<Value>(
  { data, url }: PlaceOptions,
  { mode, ...act }: AtPlace<Value> & { readonly mode: LogMode },
): Promise<Value> {
  if (data !== undefined && url === undefined)
    return withLog({ data }, mode, (log) => act.log(log));
  if (url !== undefined && data === undefined) return act.server(new Server(url));
  throw new UsedWrongly('Name one of the two: --data for a log, --url for a running server.');
}

/** Reads plans from the log or from the server. */
export function withPlans<Value>(
  options: PlaceOptions,
  read: (plans: PlanSource) => Promise<Value>,
): Promise<Value> {
  return atPlace(options, {
    mode: 'read',
    log: ({ events }) => read(plansOfLog(events)),
    server: (server) => read(plansOfServer(server)),
  });
}
