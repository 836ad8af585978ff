import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { appendInChunks } from '@tidemark/streams';
import { planStream } from '@tidemark/wire';
import { root, runCli, temporaryFolder } from './run-cli.js';

interface Order {
  readonly id: string;
  readonly item: string;
}

interface Explained {
  readonly serves: readonly { readonly id: string }[];
  readonly needs: readonly { readonly id: string; readonly item: string }[];
  readonly changes: readonly object[];
}

interface Letter {
  readonly id: string;
  readonly code: string;
  readonly text: string;
}

describe('a company that comes as CSV files', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const on = ['--data', data, '--company', 'acme'];
  const sample = join(folder, 'csv');

  async function json<Value>(...args: string[]): Promise<Value> {
    const { code, stdout, stderr } = await runCli([...args, ...on, '--json']);
    expect(code === 0 ? '' : stderr).toBe('');
    return JSON.parse(stdout) as Value;
  }

  it('is imported, each row taken or refused with its reason', async () => {
    cpSync(join(root, 'test', 'cli', 'csv-sample'), sample, { recursive: true });
    const { code, stdout } = await runCli(['import', 'csv', sample, ...on, '--day', '2026-05-01']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^all files +24 +20 +4 +1$/m);
    const report = readFileSync(join(data, 'reports', 'csv-acme.ndjson'), 'utf8').trim();
    const lines = report.split('\n').map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { kind: 'refused', file: 'items.csv', line: 6, code: 'NUMBER' },
      { kind: 'refused', file: 'bom-lines.csv', line: 5, code: 'UNKNOWN_BOM' },
      { kind: 'refused', file: 'items.csv', line: 7, code: 'INVALID_QUANTITY' },
      { kind: 'refused', file: 'transactions.csv', line: 8, code: 'INVALID_DATE' },
      { kind: 'remark', file: 'transactions.csv', line: 7, code: 'UNKNOWN_ITEM' },
    ]);
  });

  it('lists and explains an order, up to the sales order and down to the bought part', async () => {
    const orders = await json<Order[]>('orders', '--item', 'wheel');
    const id = orders[0]?.id ?? '';
    const told = await json<Explained>('explain', '--order', id);
    const ids = told.serves.map((line) => line.id);
    expect(ids).toEqual(expect.arrayContaining(['SO-1-1', 'SO-2-1']));
    expect(told.needs).toContainEqual(expect.objectContaining({ item: 'spoke', id: 'onHand' }));
    expect(told.changes).toMatchObject([{ revision: 1, change: 'came' }]);
    const unknown = await runCli(['explain', ...on, '--order', 'nobody']);
    expect(unknown.code).toBe(1);
  });

  it('keeps what was refused until it is sent again, corrected, or given up', async () => {
    const letters = await json<Letter[]>('dead-letters', 'list');
    expect(letters.map(({ code }) => code)).toEqual(['INVALID_QUANTITY', 'INVALID_DATE']);
    const [quantity, date] = letters;
    const as = ['dead-letters', 'send-again', date?.id ?? '', ...on];
    expect((await runCli(as)).code).toBe(1);
    const corrected = join(folder, 'event.json');
    writeFileSync(corrected, date?.text.replace('2026-02-30', '2026-05-28') ?? '');
    expect((await runCli([...as, '--event', corrected])).code).toBe(0);
    await json('dead-letters', 'give-up', quantity?.id ?? '');
    expect(await json('dead-letters', 'list')).toEqual([]);
    expect(await json('parked', 'list')).toMatchObject([{ code: 'UNKNOWN_ITEM' }]);
  });

  it('runs, publishes what the log says, and has nothing to rebuild', async () => {
    const [revision] = await json<object[]>('run').then((revisions) => revisions.slice(-1));
    expect(revision).toMatchObject({ mode: 'regeneration', day: '2026-05-01', findings: [] });
    expect(await json('rebuild')).toMatchObject({ isEqual: true, differingNodes: 0 });
    const verified = await runCli(['verify', '--data', data]);
    expect(verified.code).toBe(0);
    const status = await runCli(['status', '--data', data, '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({
      companies: [{ company: 'acme', parked: 1, deadLetters: 0, plans: [{ id: 'dynamic' }] }],
    });
  });

  it('exports every event of the log, and the lines that the hash is of', async () => {
    const { stdout } = await runCli(['export', '--data', data]);
    const status = await runCli(['status', '--data', data, '--json']);
    const { events } = JSON.parse(status.stdout) as { events: number };
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(
      Array.from({ length: events }, () => 'object'),
    );
    const hash = createHash('sha256');
    for (const kind of ['orders', 'requirements', 'coverage', 'messages']) {
      hash.update((await runCli(['export', kind, ...on])).stdout);
    }
    expect((await runCli(['hash', ...on])).stdout).toContain(`plan ${hash.digest('hex')}\n`);
  });

  it('has a rebuild for a published plan that is not what the log says', async () => {
    const { events, close } = await openEmbedded({ folder: data });
    const stream = planStream('acme', 'dynamic');
    const [last] = await events.readStream(stream, { limit: 1, direction: 'backwards' });
    const commit = last?.data as object & { revision: number };
    const revision = commit.revision + 1;
    const coverage = [{ key: 'SO-1-1\u0000nobody', after: wrongPeg }];
    const node = { ...wrongNode, coverage };
    const chunk = { company: 'acme', plan: 'dynamic', revision, index: 0, nodes: [node] };
    await appendInChunks(events, stream, {
      id: 'wrong',
      expected: last?.revision ?? 0,
      events: [
        { id: 'wrong-0', type: 'PlanRevisionChunk', data: chunk },
        { id: 'wrong-1', type: 'PlanRevisionCommitted', data: { ...commit, revision, chunks: 1 } },
      ],
    });
    await close();
    const verified = await runCli(['verify', '--data', data]);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain('- coverage {"demand":"SO-1-1"');
    expect(await json('rebuild')).toMatchObject({ isEqual: false, differingNodes: 1 });
    expect((await runCli(['verify', '--data', data])).code).toBe(0);
  });
});

const wrongPeg = {
  item: 'bicycle',
  dimensions: {},
  demand: 'SO-1-1',
  supply: 'nobody',
  quantity: '1',
};

const wrongNode = {
  item: 'bicycle',
  dimensions: {},
  orders: [],
  requirements: [],
  messages: [],
  causes: [],
  reachedFrom: [],
};
