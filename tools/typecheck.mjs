// Type-checks every room under the options of its own tsconfig.json (sources) and
// tsconfig.spec.json (specs). Rooms with equal options share one program: each file is read once.
//   node tools/typecheck.mjs [--room <folder>]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { rootDir } from './project-node.mjs';
import { listRooms } from './rooms.mjs';

const threadsMax = 2;
const host = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => rootDir,
  getNewLine: () => '\n',
};

/** The programs to check: equal compiler options, all their files together. */
export function listPrograms(onlyRoom) {
  const dirs = listRooms().map((room) => room.dir);
  const configs = [...dirs, 'test']
    .filter((dir) => onlyRoom === undefined || dir === onlyRoom)
    .flatMap((dir) => [join(dir, 'tsconfig.json'), join(dir, 'tsconfig.spec.json')])
    .filter((path) => existsSync(join(rootDir, path)));
  const programs = new Map();
  for (const path of configs) {
    const { options, fileNames } = readConfig(path);
    const key = JSON.stringify(Object.entries(options).toSorted());
    const program = programs.get(key) ?? { options, fileNames: [], configs: [] };
    programs.set(key, program);
    program.fileNames.push(...fileNames);
    program.configs.push(path);
  }
  return [...programs.values()].filter((program) => program.fileNames.length > 0);
}

function readConfig(path) {
  const configPath = join(rootDir, path);
  const { config, error } = ts.readConfigFile(configPath, ts.sys.readFile);
  if (error) throw new Error(ts.formatDiagnostic(error, host));
  const dir = configPath.slice(0, configPath.lastIndexOf('/'));
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dir);
  const serious = parsed.errors.filter((one) => one.code !== noInputsFound);
  if (serious.length > 0) throw new Error(ts.formatDiagnostics(serious, host));
  return { options: parsed.options, fileNames: parsed.fileNames };
}

const noInputsFound = 18003;

/** Checks one program; what it found stands in a cache for the next time. */
export function checkProgram({ options, fileNames }, extra = {}) {
  const names = createHash('sha256')
    .update(JSON.stringify([options, fileNames]))
    .digest('hex');
  const cacheDir = join(rootDir, '.cache', 'typecheck');
  mkdirSync(cacheDir, { recursive: true });
  const program = ts.createIncrementalProgram({
    rootNames: fileNames,
    options: {
      ...options,
      incremental: true,
      tsBuildInfoFile: join(cacheDir, `${names.slice(0, 16)}.tsbuildinfo`),
      ...extra,
    },
  });
  const diagnostics = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ];
  program.emit();
  return {
    errors: diagnostics.length,
    text: ts.formatDiagnosticsWithColorAndContext(diagnostics, host),
  };
}

function checkInThread(program) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { program } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function checkAll(programs) {
  const waiting = programs.toSorted((a, b) => b.fileNames.length - a.fileNames.length);
  const results = [];
  const takeNext = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await checkInThread(next));
    }
  };
  await Promise.all(Array.from({ length: threadsMax }, takeNext));
  return results;
}

if (!isMainThread && workerData?.program !== undefined) {
  parentPort.postMessage(checkProgram(workerData.program));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const roomFlag = process.argv.indexOf('--room');
  const programs = listPrograms(roomFlag < 0 ? undefined : process.argv[roomFlag + 1]);
  const results = await checkAll(programs);
  for (const { text } of results) if (text !== '') console.error(text);
  const errors = results.reduce((sum, result) => sum + result.errors, 0);
  const files = programs.reduce((sum, program) => sum + program.fileNames.length, 0);
  console.log(`Type-checked ${files} files in ${programs.length} programs: ${errors} errors`);
  process.exitCode = errors > 0 ? 1 : 0;
}
