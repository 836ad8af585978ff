// From a foreign Node to the project's own, and from sources to what runs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { buildAll } from '../build.mjs';
import { projectNode, rootDir } from '../project-node.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'tidemark-chain-'));
const started = [];
const within = { timeout: 20_000 };
after(() => {
  for (const child of started) endGroup(child);
  rmSync(scratch, { recursive: true, force: true });
});

/** The script's process too, should the signal not have reached it. */
function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Any other Node is told from the project's own by its version. */
const pretendOther =
  'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.0.0"})';

function script(name, text) {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

/** Starts a script as any other Node would, through the change to the project's Node. */
function start(path, args = []) {
  const through = join(rootDir, 'tools', 'with-node24.mjs');
  const child = spawn(projectNode, ['--import', pretendOther, through, path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  started.push(child);
  let output = '';
  const firstOutput = new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => resolve((output += chunk)));
  });
  const ending = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  return { child, firstOutput, ending };
}

describe('the change to the project node', () => {
  it(
    'runs the script under the pinned version, with its arguments and its exit code',
    within,
    async () => {
      const path = script(
        'arguments.mjs',
        'console.log(process.version, process.argv.slice(2).join());process.exitCode = 7;',
      );
      const pinned = JSON.parse(
        readFileSync(join(rootDir, 'package.json'), 'utf8'),
      ).devDependencies;
      assert.deepEqual(await start(path, ['a', '-b', 'c d']).ending, {
        code: 7,
        signal: null,
        output: `v${pinned.node} a,-b,c d\n`,
      });
    },
  );

  for (const signal of ['SIGINT', 'SIGTERM']) {
    it(`passes ${signal} on, and waits for an orderly end`, within, async () => {
      const path = script(
        `orderly-${signal}.mjs`,
        `const alive = setInterval(() => {}, 1000);
         process.once('${signal}', () => {
           clearInterval(alive);
           setTimeout(() => console.log('closed'), 100);
         });
         console.log('up');`,
      );
      const { child, firstOutput, ending } = start(path);
      await firstOutput;
      child.kill(signal);
      assert.deepEqual(await ending, { code: 0, signal: null, output: 'up\nclosed\n' });
    });
  }

  it('ends by the signal that ended the script', within, async () => {
    const path = script('killed.mjs', "process.kill(process.pid, 'SIGKILL');");
    assert.equal((await start(path).ending).signal, 'SIGKILL');
  });
});

describe('the build', () => {
  const root = join(scratch, 'house');
  const room = join(root, 'libs', 'attic');
  const inRoom = (path) => join(room, path);

  function write(path, text) {
    mkdirSync(join(inRoom(path), '..'), { recursive: true });
    writeFileSync(inRoom(path), text);
  }

  it('writes what has changed, removes what has lost its source, keeps the rest', async () => {
    mkdirSync(room, { recursive: true });
    writeFileSync(join(root, 'package.json'), '{}');
    write('package.json', JSON.stringify({ name: '@tidemark/attic' }));
    write('src/a.ts', 'export const a: number = 1;');
    write('src/deep/b.ts', 'export const b: number = 2;');
    write('src/page.html', '<p>page</p>');
    write('src/a.spec.ts', 'throw new Error();');
    const first = await buildAll(root);
    assert.deepEqual(first.failures, []);
    assert.deepEqual(first.written.toSorted(), ['a.ts', 'deep/b.ts', 'page.html']);
    assert.match(
      readFileSync(inRoom('dist/a.js'), 'utf8'),
      /^export const a = 1;\n.*a\.js\.map\n$/,
    );
    assert.equal(existsSync(inRoom('dist/a.spec.js')), false);
    assert.deepEqual(await buildAll(root), { written: [], removed: [], failures: [] });

    write('src/a.ts', 'export const a: number = 3;');
    utimesSync(inRoom('src/a.ts'), new Date(0), new Date(0));
    rmSync(inRoom('src/deep'), { recursive: true });
    const second = await buildAll(root);
    assert.deepEqual(second.written, ['a.ts'], 'an older time than the output is a change as well');
    assert.deepEqual(second.removed.toSorted(), ['deep/b.js', 'deep/b.js.map']);
    assert.equal(existsSync(inRoom('dist/deep')), false);
    assert.match(readFileSync(inRoom('dist/a.js'), 'utf8'), /a = 3/);
  });

  it('names a source that does not parse', async () => {
    write('src/a.ts', 'export const = 1;');
    const { failures } = await buildAll(root);
    assert.equal(failures.length, 1);
    assert.match(failures[0], /src\/a\.ts/);
  });
});
