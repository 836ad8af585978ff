// The engines that infra/up starts: one entry each, with the same three functions.
import { resolve } from 'node:path';
import * as eventstore from './eventstore/server.mjs';
import * as postgres from './postgres/cluster.mjs';

export const engines = { postgres, eventstore };

const rootDir = resolve(import.meta.dirname, '..');

/** What the command line says: engines and options; anything unknown ends the process. */
export function readArguments(args, { enginesWanted }) {
  const names = [];
  const options = { folder: undefined, json: false, remove: false };
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (argument === '--folder') options.folder = args[(at += 1)];
    else if (argument === '--json') options.json = true;
    else if (argument === '--remove') options.remove = true;
    else if (argument in engines) names.push(argument);
    else fail(`"${argument}" is none of: ${Object.keys(engines).join(', ')}, --folder, --json.`);
  }
  if (enginesWanted && names.length === 0) {
    fail(`Which engine? infra/up ${Object.keys(engines).join('|')} [--folder <folder>] [--json]`);
  }
  if (options.folder === undefined && args.includes('--folder')) fail('--folder names no folder.');
  return { names, ...options, folder: folderOf(options.folder) };
}

/** Where engines keep their data: as asked, else TIDEMARK_INFRA, else beside the repository. */
function folderOf(asked) {
  return resolve(asked ?? process.env.TIDEMARK_INFRA ?? resolve(rootDir, '.tidemark', 'infra'));
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** An engine cannot be started here; the message says what is missing and how to get it. */
export function isMissing(error) {
  return error instanceof Error && error.name === 'EngineMissing';
}
