import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { serve } from '../http/served-house.js';
import { root, runCli, temporaryFolder } from './run-cli.js';

const wrongUses: readonly (readonly string[])[] = [
  ['nonsense'],
  ['run', '--data', 'data'],
  ['run', '--data', 'data', '--company', 'acme', '--mode', 'backwards'],
  ['status', '--data', 'no-such-folder'],
  ['import', 'csv', 'no-such-folder', '--data', 'data', '--company', 'acme'],
];

/** Where the examples find a running server. */
const exampleAddress = 'http://127.0.0.1:7400';

/** The examples of a command's help, as arguments. */
function examplesOf(help: string): string[][] {
  const begin = '  $ npx tidemark ';
  return help
    .split('\n')
    .filter((line) => line.startsWith(begin))
    .map((line) => line.slice(begin.length).split(' '));
}

describe('the command line', () => {
  const folder = temporaryFolder();
  const servedFolder = temporaryFolder();

  it.each(wrongUses.map((args) => [args.join(' '), args] as const))(
    'says what is wrong, and ends with 2: tidemark %s',
    async (_, args) => {
      const { code, stdout, stderr } = await runCli(args, folder);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/^ +at /m);
    },
  );

  it('leaves no data folder behind when there was nothing to import', () => {
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('ends with 1 when another process has the folder, which readers do not mind', async () => {
    const sample = join(root, 'test', 'cli', 'csv-sample');
    const into = ['--data', './data', '--company', 'acme'];
    const imported = await runCli(['import', 'csv', sample, ...into], folder);
    expect(imported.code).toBe(0);
    const { close } = await openEmbedded({ folder: join(folder, 'data') });
    const run = await runCli(['run', ...into], folder);
    const status = await runCli(['status', '--data', './data'], folder);
    await close();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('is being written');
    expect(status.code).toBe(0);
  });

  it.each(['status', 'orders', 'export', 'verify'])(
    'has examples that run in its help: tidemark %s --help',
    async (command) => {
      const help = await runCli([command, '--help'], folder);
      expect(help.code).toBe(0);
      const examples = examplesOf(help.stdout);
      expect(examples.length).toBeGreaterThan(0);
      const house = await serve(servedFolder);
      for (const args of examples) {
        const here = args.map((one) => (one === exampleAddress ? house.address : one));
        const { code, stderr } = await runCli(here, folder);
        expect([args, code === 0 ? '' : stderr]).toEqual([args, '']);
      }
      await house.stop();
    },
  );
});
