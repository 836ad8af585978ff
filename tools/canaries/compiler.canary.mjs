import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { pureRooms } from '../checks/house.mjs';
import { rootDir } from '../project-node.mjs';
import { listRooms } from '../rooms.mjs';
import { listPrograms } from '../typecheck.mjs';

const programs = listPrograms();

/** The compiler options a room's sources are checked under. */
function optionsOf(dir) {
  const config = join(dir, 'tsconfig.json');
  const program = programs.find(({ configs }) => configs.includes(config));
  assert.ok(program, `${config} is not type-checked`);
  return program.options;
}

/** Type-checks a text as if it stood in the room's src. */
function errorsIn(dir, text) {
  const fileName = join(rootDir, dir, 'src', 'canary.ts');
  const options = optionsOf(dir);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === fileName || fileExists.call(host, name);
  host.readFile = (name) => (name === fileName ? text : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === fileName
      ? ts.createSourceFile(name, text, ...rest)
      : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([fileName], options, host);
  const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(fileName));
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

function bites(dir, text, pattern) {
  const errors = errorsIn(dir, `export {};\n${text}\n`);
  assert.ok(
    errors.some((one) => pattern.test(one)),
    `${dir} let pass: ${text}\n${errors}`,
  );
}

const outside = [
  'process',
  'console',
  'Buffer',
  'setTimeout',
  'setInterval',
  'fetch',
  'performance',
  'crypto',
  'require',
  'queueMicrotask',
  'document',
];

describe('the compiler', () => {
  for (const { dir, name } of listRooms().filter((room) => pureRooms.includes(room.name))) {
    it(`knows nothing of the world outside in ${name}`, () => {
      const text = outside.map((one) => `void ${one};`).join('\n');
      const errors = errorsIn(dir, `export {};\n${text}\nimport 'node:fs';\n`);
      for (const one of outside) {
        assert.ok(
          errors.some((error) => error.includes(`'${one}'`)),
          `${one} is known in ${name}`,
        );
      }
      assert.ok(
        errors.some((error) => error.includes("'node:fs'")),
        'node:fs is known',
      );
    });
  }

  it('is strict in every room', () => {
    for (const { dir } of listRooms()) {
      const options = optionsOf(dir);
      for (const flag of [
        'strict',
        'noUncheckedIndexedAccess',
        'exactOptionalPropertyTypes',
        'noImplicitOverride',
        'noImplicitReturns',
        'verbatimModuleSyntax',
        'isolatedModules',
      ]) {
        assert.equal(options[flag], true, `${flag} is off in ${dir}`);
      }
      const overridden = ['strictNullChecks', 'noImplicitAny', 'useUnknownInCatchVariables'];
      for (const flag of overridden) assert.notEqual(options[flag], false, `${flag}: ${dir}`);
    }
  });

  it('refuses a wrong type and an index taken on trust', () => {
    bites('libs/planning', 'const day: number = "1"; void day;', /not assignable/);
    bites('libs/planning', 'const a: number[] = []; const b: number = a[0]; void b;', /undefined/);
  });

  it('type-checks the specs of every room and of test/', () => {
    const configs = programs.flatMap((program) => program.configs);
    const fileNames = new Set(programs.flatMap((program) => program.fileNames));
    assert.ok(configs.length > 0);
    for (const { dir } of listRooms()) {
      const found = ts.sys.readDirectory(join(rootDir, dir, 'src'), ['.ts']);
      for (const file of found) assert.ok(fileNames.has(file), `${file} is not type-checked`);
    }
    for (const file of ts.sys.readDirectory(join(rootDir, 'test'), ['.ts'])) {
      assert.ok(fileNames.has(file), `${file} is not type-checked`);
    }
  });
});
