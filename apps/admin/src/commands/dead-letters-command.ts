import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { DeadLetter } from '@tidemark/wire';
import { readJson } from '@tidemark/wire';
import { companyCommand, describedCommand, withLog, type CompanyOptions } from './data-command.js';
import { readKept } from './kept-events.js';
import { openCompany, principal } from './opened-company.js';
import { answer, CommandFailed, UsedWrongly } from './outcome.js';
import { say, sayJson, tableOf } from './output.js';

const on = '--data ./data --company acme';

export function deadLettersCommand(): Command {
  const list = companyCommand({
    name: 'list',
    summary: 'List the events that were refused and are neither sent again nor given up.',
    examples: [`dead-letters list ${on}`],
  }).action(listLetters);
  const show = companyCommand({
    name: 'show',
    summary: 'Show a dead letter: the reason, what to do, and the event as it came.',
    examples: [`dead-letters show ID ${on}`],
  })
    .argument('<id>', 'id of the letter, or its beginning')
    .action(showLetter);
  const sendAgain = companyCommand({
    name: 'send-again',
    summary: 'Send the event of a dead letter again, as it came or corrected.',
    examples: [`dead-letters send-again ID ${on}`],
    details:
      'The letter is settled unless the event is refused again (exit code 1). Needs the folder\n' +
      'for itself: stop a server on it first.',
  })
    .argument('<id>', 'id of the letter, or its beginning')
    .option('--event <file>', 'file with the corrected event (default: the event as it came)')
    .action(sendLetterAgain);
  const giveUp = companyCommand({
    name: 'give-up',
    summary: 'Give a dead letter up: it is listed no longer, and stays in the log.',
    examples: [`dead-letters give-up ID ${on}`],
    details: 'Needs the folder for itself: stop a server on it first.',
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

async function listLetters(options: CompanyOptions): Promise<void> {
  await withLog(options, 'read', async ({ events }) => {
    const { letters } = await readKept(events, options.company);
    const found = [...letters.values()];
    if (options.json === true) return sayJson(found);
    const rows = found.map(({ id, code, field, message }) => [id, code, field, message]);
    say(tableOf(['id', 'code', 'field', 'message'], rows));
    say(`${found.length} dead letters`);
  });
}

async function showLetter(id: string, options: CompanyOptions): Promise<void> {
  await withLog(options, 'read', async ({ events }) => {
    const { letters } = await readKept(events, options.company);
    const letter = letterNamed(letters, id);
    if (options.json === true) return sayJson(letter);
    const { code, rule, field, message, remedy, source, text } = letter;
    const figures = { id: letter.id, code, rule, field, message, remedy, source };
    say(tableOf(['what', 'it says'], Object.entries(figures)));
    say(`\n${text}`);
  });
}

interface SendOptions extends CompanyOptions {
  readonly event?: string;
}

async function sendLetterAgain(id: string, options: SendOptions): Promise<void> {
  const { company } = options;
  await withLog(options, 'write', async (log) => {
    const letter = letterNamed((await readKept(log.events, company)).letters, id);
    const event = options.event === undefined ? letter.text : readFileSync(options.event, 'utf8');
    const read = readJson(event);
    if (!read.ok) throw new UsedWrongly(`The event is no JSON: ${read.failure.message}`);
    const { intake } = openCompany(log, company);
    const taking =
      letter.source === undefined ? { principal } : { principal, source: letter.source };
    const outcome = await intake.sendAgain({ company, id: letter.id }, read.value, taking);
    const [refused] = outcome.refusedRows;
    if (options.json === true) sayJson(outcome);
    else if (refused === undefined) say(`taken; letter ${letter.id} is settled`);
    else say(`refused again, ${refused.code}: ${refused.message} ${refused.remedy}`);
    answer(refused === undefined);
  });
}

async function giveLetterUp(id: string, options: CompanyOptions): Promise<void> {
  const { company } = options;
  await withLog(options, 'write', async (log) => {
    const letter = letterNamed((await readKept(log.events, company)).letters, id);
    const { intake } = openCompany(log, company);
    const isGivenUp = await intake.giveUp({ company, id: letter.id }, { principal });
    if (options.json === true) sayJson({ id: letter.id, isGivenUp });
    else say(isGivenUp ? `letter ${letter.id} is given up` : `there is no letter ${letter.id}`);
    answer(isGivenUp);
  });
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
