import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runCli, temporaryFolder } from './run-cli.js';

const tables = join(root, 'test', 'data', 'adventureworks');
const linesKept = 1_500;

interface ImportTold {
  readonly files: readonly {
    readonly file: string;
    readonly rows: number;
    readonly taken: number;
    readonly refused: number;
  }[];
  readonly events: Readonly<Record<string, number>>;
  readonly stock: { readonly items: number; readonly equal: number; readonly different: number };
  readonly plans: { readonly plans: readonly { readonly orders: number }[] };
  readonly report: { readonly path: string; readonly lines: number };
}

/** The tables, the long ones cut, with two rows that cannot be taken. */
function copyTables(into: string): Map<string, number> {
  mkdirSync(into);
  const rows = new Map<string, number>();
  for (const file of readdirSync(tables).filter((name) => name.endsWith('.csv'))) {
    const lines = readFileSync(join(tables, file), 'utf8').trim().split('\n').slice(0, linesKept);
    if (file === 'sales_order_lines.csv') {
      lines[3] = lines[3]?.replace(/[^,]*$/, 'many') ?? '';
      lines.push('"never closed');
    }
    writeFileSync(join(into, file), `${lines.join('\n')}\n`);
    rows.set(file, lines.length - 1);
  }
  return rows;
}

describe('import adventureworks', () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const on = ['--data', data, '--company', 'acme'];

  it('takes or refuses every row, plans, and stands up to a refolding of the log', async () => {
    const csv = join(folder, 'tables');
    const rows = copyTables(csv);
    const imported = await runCli(['import', 'adventureworks', csv, ...on, '--json']);
    expect(imported).toMatchObject({ code: 0 });
    const told = JSON.parse(imported.stdout) as ImportTold;
    for (const { file, ...counts } of told.files) {
      expect({ file, rows: counts.taken + counts.refused }).toEqual({ file, rows: counts.rows });
    }
    const read = new Map(told.files.map(({ file, rows: count }) => [file, count]));
    for (const [file, count] of rows) expect([file, read.get(file)]).toEqual([file, count]);
    expect(told.plans.plans[0]?.orders).toBeGreaterThan(0);
    expect(told.stock.equal + told.stock.different).toBe(told.stock.items);
    const verified = await runCli(['verify', '--data', data]);
    expect(verified.stdout).toMatch(/acme dynamic: revision 1, .*: equal\nequal\n$/);
    expect(verified.code).toBe(0);
  });

  it('reports every refused row, and changes nothing when it is run again', async () => {
    const again = await runCli([
      'import',
      'adventureworks',
      join(folder, 'tables'),
      ...on,
      '--json',
    ]);
    const told = JSON.parse(again.stdout) as ImportTold;
    expect(told.events).toMatchObject({ accepted: 0, refused: 0, parked: 0 });
    const refused = readFileSync(told.report.path, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"kind":"refused"'));
    const counted = told.files.reduce((sum, file) => sum + file.refused, 0);
    expect(counted).toBeGreaterThan(0);
    expect(refused).toHaveLength(counted);
  });
});
