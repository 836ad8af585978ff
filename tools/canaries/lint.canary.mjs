import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pureRooms } from '../checks/house.mjs';
import { rootDir } from '../project-node.mjs';
import { listRooms } from '../rooms.mjs';

let eslint;

/** Lints a text as if it were the index of a room, which every room has. */
async function rulesBroken(dir, text, file = 'src/index.ts') {
  const [result] = await eslint.lintText(text, { filePath: join(rootDir, dir, file) });
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

async function bites(dir, text, rule, file) {
  const broken = await rulesBroken(dir, text, file);
  assert.ok(broken.includes(rule), `${rule} let pass in ${dir}: ${text}\n${broken.join(', ')}`);
}

before(async () => {
  // A single run (the parser's guess under CI) reads files, not the texts planted here.
  process.env.TSESTREE_SINGLE_RUN = 'false';
  const { createProjectGraphAsync } = await import('@nx/devkit');
  await createProjectGraphAsync({ exitOnError: false });
  const { ESLint } = await import('eslint');
  eslint = new ESLint({ cwd: rootDir });
});

describe('lint', () => {
  const impure = [
    ['async function f() {}', 'no-restricted-syntax'],
    ['export const f = async () => 1;', 'no-restricted-syntax'],
    ['export const f = () => import("./a.js");', 'no-restricted-syntax'],
    ['declare const a: string;\nexport const b = await a;', 'no-restricted-syntax'],
    ['declare const a: string[];\nfor await (const b of a) b.trim();', 'no-restricted-syntax'],
    ['export type F = () => AsyncIterable<number>;', 'no-restricted-syntax'],
    ['export const f = (a: never) => a[Symbol.asyncIterator];', 'no-restricted-syntax'],
    ['@sealed class A {}', 'no-restricted-syntax'],
    ['export type F = () => Promise<number>;', 'no-restricted-syntax'],
    ['export const f = () => Promise.resolve(1);', 'no-restricted-globals'],
    ['export const f = () => new Date();', 'no-restricted-globals'],
    ['export const f = () => Date.now();', 'no-restricted-globals'],
    ['export const f = () => Math.random();', 'no-restricted-properties'],
    ['export const f = () => console.log(1);', 'no-restricted-globals'],
    ['export const f = () => process.env;', 'no-restricted-globals'],
    ['export const f = () => setTimeout(f, 1);', 'no-restricted-globals'],
    ['export const f = (a: string, b: string) => a.localeCompare(b);', 'no-restricted-syntax'],
    ["import 'node:crypto';", 'no-restricted-imports'],
    ["import '@nestjs/common';", 'no-restricted-imports'],
    ["import 'rxjs';", 'no-restricted-imports'],
  ];
  for (const { dir, name } of listRooms().filter((room) => pureRooms.includes(room.name))) {
    it(`keeps ${name} pure`, async () => {
      for (const [text, rule] of impure) await bites(dir, text, rule);
    });
  }

  it('holds the core to be pure, whole and by name', () => {
    const core = ['kernel', 'inventory', 'journal', 'master-data', 'planning', 'projections'];
    for (const name of core) assert.ok(pureRooms.includes(name), `${name} need not be pure`);
  });

  it('refuses sorting numbers as text, and promises where none is awaited', async () => {
    const sorted = 'export const f = (a: number[]) => a.toSorted();';
    await bites('libs/planning', sorted, '@typescript-eslint/require-array-sort-compare');
    const listener = 'export const f = (a: string[]) => a.forEach(async () => undefined);';
    await bites('libs/runtime', listener, '@typescript-eslint/no-misused-promises');
    const awaited = 'export const f = async () => { await 1; };';
    await bites('libs/runtime', awaited, '@typescript-eslint/await-thenable');
  });

  it('refuses any, !, enum, async listeners and loose promises in every room', async () => {
    for (const { dir } of listRooms()) {
      await bites(dir, 'export const f = (a: any) => a;', '@typescript-eslint/no-explicit-any');
      await bites(
        dir,
        'export const f = (a: any): string => a;',
        '@typescript-eslint/no-unsafe-return',
      );
      await bites(
        dir,
        'export const f = (a: string[]) => a[0]!;',
        '@typescript-eslint/no-non-null-assertion',
      );
      await bites(dir, "export enum A { B = 'b' }", 'no-restricted-syntax');
      await bites(
        dir,
        'interface S { on(a: string, b: unknown): void }\n' +
          "export const f = (s: S) => s.on('data', async () => 1);",
        'no-restricted-syntax',
      );
      await bites(
        dir,
        'declare const g: () => Promise<void>;\nexport const f = () => { g(); };',
        '@typescript-eslint/no-floating-promises',
      );
    }
  });

  it('refuses a cast outside kernel, wire and test code', async () => {
    const cast = 'export const f = (a: unknown) => a as string;';
    const rule = '@typescript-eslint/consistent-type-assertions';
    const casting = ['libs/kernel', 'libs/wire', 'libs/testkit'];
    for (const { dir } of listRooms().filter((room) => !casting.includes(room.dir))) {
      await bites(dir, cast, rule);
    }
    for (const dir of casting) assert.ok(!(await rulesBroken(dir, cast)).includes(rule), dir);
    const constant = "export const f = ['a'] as const;";
    assert.deepEqual(await rulesBroken('libs/planning', constant), []);
  });
});

describe('the boundary rule of Nx', () => {
  const rule = '@nx/enforce-module-boundaries';

  it('refuses by tags alone an arrow that makes no cycle', async () => {
    const [result] = await eslint.lintText("import '@tidemark/streams';\n", {
      filePath: join(rootDir, 'libs/projections/src/index.ts'),
    });
    const message = result.messages.find(({ ruleId }) => ruleId === rule)?.message ?? '';
    assert.match(message, /can only depend on libs tagged/);
  });

  it('refuses an arrow against the house and lets one along it pass', async () => {
    await bites('libs/adapters/memory', "import '@tidemark/planning';", rule);
    await bites('libs/runtime', "import '@tidemark/memory';", rule);
    const along = await rulesBroken('libs/projections', "import '@tidemark/planning';\n");
    assert.ok(!along.includes(rule), along.join());
  });
});

describe('the workspace', () => {
  it('knows every room in the graph by its tags', async () => {
    const { createProjectGraphAsync } = await import('@nx/devkit');
    const graph = await createProjectGraphAsync({ exitOnError: false });
    for (const { name, dir, manifest } of listRooms()) {
      const tags = graph.nodes[manifest.name]?.data.tags ?? [];
      assert.ok(tags.includes(`room:${name}`), `${dir} has no tag room:${name}`);
      for (const target of ['typecheck', 'lint', 'test', 'build']) {
        assert.ok(graph.nodes[manifest.name].data.targets[target], `${dir} has no ${target}`);
      }
      assert.ok(existsSync(join(rootDir, dir, 'tsconfig.spec.json')), `${dir}/tsconfig.spec.json`);
    }
  });

  it('pins every package exactly and names no host in the lock', () => {
    const manifests = [join(rootDir, 'package.json')].concat(
      listRooms().map(({ dir }) => join(rootDir, dir, 'package.json')),
    );
    for (const path of manifests) {
      const { dependencies, devDependencies } = JSON.parse(readFileSync(path, 'utf8'));
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        assert.match(version, /^\d+\.\d+\.\d+$/, `${name} in ${path}`);
      }
    }
    const { packages } = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8'));
    for (const [name, { resolved = '' }] of Object.entries(packages)) {
      assert.doesNotMatch(resolved, /:\/\//, name);
    }
  });
});
