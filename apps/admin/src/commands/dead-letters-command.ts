import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { OpenLog } from '@tidemark/stores';
import type { DeadLetter } from '@tidemark/wire';
import { readJson } from '@tidemark/wire';
import {
  atPlace,
  companyCommand,
  describedCommand,
  placeCommand,
  type CompanyPlaceOptions,
  type CommandText,
} from './data-command.js';
import { readKept } from './kept-events.js';
import { openCompany, principal } from './opened-company.js';
import { answer, CommandFailed, UsedWrongly } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';
import { keptAtServer } from './remote/kept-at-server.js';
import { companyPath, isBody, type Server } from './remote/server.js';

const on = '--data ./data --company acme';
const at = '--url http://127.0.0.1:7400 --company example';

const command = (text: CommandText): Command => companyCommand(text, placeCommand);

export function deadLettersCommand(): Command {
  const list = command({
    name: 'list',
    summary: 'List the events that were refused and are neither sent again nor given up.',
    examples: [`dead-letters list ${on}`, `dead-letters list ${at}`],
  }).action(listLetters);
  const show = command({
    name: 'show',
    summary: 'Show a dead letter: the reason, what to do, and the event as it came.',
    examples: [`dead-letters show ID ${on}`],
  })
    .argument('<id>', 'id of the letter, or its beginning')
    .action(showLetter);
  const sendAgain = command({
    name: 'send-again',
    summary: 'Send the event of a dead letter again, as it came or corrected.',
    examples: [`dead-letters send-again ID ${on}`],
    details:
      'The letter is settled unless the event is refused again (exit code 1). With --data it\n' +
      'needs the folder for itself: ask the server that runs on it by --url.',
  })
    .argument('<id>', 'id of the letter, or its beginning')
    .option('--event <file>', 'file with the corrected event (default: the event as it came)')
    .action(sendLetterAgain);
  const giveUp = command({
    name: 'give-up',
    summary: 'Give a dead letter up: it is listed no longer, and stays in the log.',
    examples: [`dead-letters give-up ID ${on}`],
    details: 'With --data it needs the folder for itself; ask a running server by --url.',
  })
    .argument('<id>', 'id of the letter, or its beginning')
    .action(giveLetterUp);
  return [list, show, sendAgain, giveUp].reduce(
    (all, command) => all.addCommand(command),
    describedCommand({
      name: 'dead-letters',
      summary: 'Events that were refused: kept with their reason until somebody deals with them.',
      examples: [`dead-letters list ${on}`],
    }),
  );
}

async function listLetters(options: CompanyPlaceOptions): Promise<void> {
  const found = [...(await lettersAt(options)).values()];
  if (options.json === true) return sayJson(found);
  const rows = found.map(({ id, code, field, message }) => [id, code, field, message]);
  say(tableOf(['id', 'code', 'field', 'message'], rows));
  say(`${found.length} dead letters`);
}

async function showLetter(id: string, options: CompanyPlaceOptions): Promise<void> {
  const letter = letterNamed(await lettersAt(options), id);
  if (options.json === true) return sayJson(letter);
  const { code, rule, field, message, remedy, source, text } = letter;
  const figures = { id: letter.id, code, rule, field, message, remedy, source };
  say(tableOf(['what', 'it says'], Object.entries(figures)));
  say(`\n${text}`);
}

function lettersAt(options: CompanyPlaceOptions): Promise<ReadonlyMap<string, DeadLetter>> {
  const { company } = options;
  return atPlace(options, {
    mode: 'read',
    log: async ({ events }) => (await readKept(events, company)).letters,
    server: (server) => lettersOf(server, company),
  });
}

async function lettersOf(server: Server, company: string): Promise<Map<string, DeadLetter>> {
  const letters = await keptAtServer(server, company, 'dead-letters');
  return new Map(letters.map((letter) => [letter.id, letter]));
}

interface SendOptions extends CompanyPlaceOptions {
  readonly event?: string;
}

/** What became of an event that was sent again. */
interface SentAgain {
  readonly letter: string;
  readonly told: unknown;
  readonly refused: { readonly code: string; readonly message: string; readonly remedy: string };
}

type Outcome = Omit<SentAgain, 'refused'> & Partial<SentAgain>;

async function sendLetterAgain(id: string, options: SendOptions): Promise<void> {
  const { letter, told, refused } = await atPlace<Outcome>(options, {
    mode: 'write',
    log: (log) => sendToLog(log, id, options),
    server: (server) => sendToServer(server, id, options),
  });
  if (options.json === true) sayJson(told);
  else if (refused === undefined) say(`taken; letter ${letter} is settled`);
  else say(`refused again, ${refused.code}: ${refused.message} ${refused.remedy}`);
  answer(refused === undefined);
}

async function sendToLog(log: OpenLog, id: string, options: SendOptions): Promise<Outcome> {
  const { company } = options;
  const letter = letterNamed((await readKept(log.events, company)).letters, id);
  const { intake } = openCompany(log, company);
  const from = letter.source === undefined ? { principal } : { principal, source: letter.source };
  const event = eventToSend(letter, options);
  const told = await intake.sendAgain({ company, id: letter.id }, event, from);
  const [refused] = told.refusedRows;
  return { letter: letter.id, told, ...(refused === undefined ? {} : { refused }) };
}

async function sendToServer(server: Server, id: string, options: SendOptions): Promise<Outcome> {
  const { company } = options;
  const letter = letterNamed(await lettersOf(server, company), id);
  const path = `${companyPath(company)}/dead-letters/${encodeURIComponent(letter.id)}/send-again`;
  const told = await server.post(path, eventToSend(letter, options));
  const rows = told['refusedRows'];
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (!isBody(row)) return { letter: letter.id, told };
  const [code = '', message = '', remedy = ''] = [row['code'], row['message'], row['remedy']].map(
    String,
  );
  return { letter: letter.id, told, refused: { code, message, remedy } };
}

function eventToSend({ text }: DeadLetter, { event }: SendOptions): unknown {
  const read = readJson(event === undefined ? text : readFileSync(event, 'utf8'));
  if (!read.ok) throw new UsedWrongly(`The event is no JSON: ${read.failure.message}`);
  return read.value;
}

async function giveLetterUp(id: string, options: CompanyPlaceOptions): Promise<void> {
  const { company } = options;
  const letter = await atPlace(options, {
    mode: 'write',
    log: async (log) => {
      const found = letterNamed((await readKept(log.events, company)).letters, id);
      await openCompany(log, company).intake.giveUp({ company, id: found.id }, { principal });
      return found.id;
    },
    server: async (server) => {
      const found = letterNamed(await lettersOf(server, company), id);
      const path = `${companyPath(company)}/dead-letters/${encodeURIComponent(found.id)}/give-up`;
      await server.post(path);
      return found.id;
    },
  });
  if (options.json === true) sayJson({ id: letter, isGivenUp: true });
  else say(`letter ${letter} is given up`);
}

/** The one letter whose id is this or begins with it. */
function letterNamed(letters: ReadonlyMap<string, DeadLetter>, id: string): DeadLetter {
  const exact = letters.get(id);
  if (exact !== undefined) return exact;
  const [found, another] = [...letters.values()].filter((letter) => letter.id.startsWith(id));
  if (found === undefined) throw new CommandFailed(`There is no dead letter ${id}.`);
  if (another === undefined) return found;
  throw new CommandFailed(`More than one dead letter begins with ${id}.`);
}
