import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runCli, temporaryFolder } from './run-cli.js';

/** The documented hashes of preset small: of the snapshot, and after 1,000 changes. */
const hashes = {
  snapshot: '7721683e15f7bfd1ff8fbdfd2095278df77722db3d335e28898c42ccada4e7a7',
  changed: '609316b7f055fe27958555aa8ed3e9377b6d240ae70355d77cfec0d9c9d99beb',
};

function generate(file: string, changes: number): string {
  const generator = join(root, 'test', 'bench', 'gen-dataset.mjs');
  const wanted = ['--preset', 'small', '--changes', String(changes), '--out', file];
  execFileSync(process.execPath, [generator, ...wanted], { stdio: 'ignore' });
  return file;
}

describe('import dataset', () => {
  const folder = temporaryFolder();
  const on = ['--data', join(folder, 'data'), '--company', 'demo'];

  it('gets the documented plan of the snapshot, and of its changes when they come', async () => {
    const snapshot = generate(join(folder, 'snapshot.ndjson'), 0);
    const imported = await runCli(['import', 'dataset', snapshot, ...on]);
    expect(imported.code).toBe(0);
    const { stdout } = await runCli(['hash', ...on]);
    expect(stdout).toMatch(/^plan [0-9a-f]{64}\norders [0-9a-f]{64}\n$/);
    expect(stdout).toContain(`orders ${hashes.snapshot}\n`);

    const changed = generate(join(folder, 'changed.ndjson'), 1_000);
    appendFileSync(changed, 'no JSON\n');
    const more = await runCli(['import', 'dataset', changed, ...on, '--strict']);
    expect(more.stdout).toMatch(/changed\.ndjson +\d+ +\d+ +1 +\d+\n/);
    expect(more.code).toBe(1);
    const after = await runCli(['hash', ...on]);
    expect(after.stdout).toContain(`orders ${hashes.changed}\n`);
  });
});
