import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** How many rules each chapter of planning.md has. */
const chapters: Readonly<Record<string, number>> = {
  DA: 9,
  NE: 15,
  CC: 11,
  PN: 6,
  CO: 2,
  SS: 8,
  TF: 6,
  MG: 5,
  BM: 10,
  LV: 5,
  DL: 8,
  AC: 10,
  MO: 21,
  DU: 3,
  PL: 7,
  TX: 1,
  FC: 7,
  TR: 6,
  OT: 1,
  PR: 5,
};

/** What planning.md itself says is not adopted, and what planning only recommends. */
const notOurs = new Set(['CC-11', 'FC-6']);

interface Row {
  readonly rule: string;
  readonly livesIn: string;
  readonly proofs: readonly string[];
}

/** Rows of the table of docs/rules.md that bear the number of a rule. */
const rows: readonly Row[] = readFileSync(join(root, 'docs', 'rules.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, rule]) => /^[A-Z]{2}-\d+$/u.test(rule ?? ''))
  .map(([, rule = '', , livesIn = '', proofs = '']) => ({
    rule,
    livesIn,
    proofs: proofsIn(proofs),
  }));

/** Files that a cell names; `-05` after `margins-03` is `margins-05`, R the reference's spec. */
function proofsIn(cell: string): readonly string[] {
  const files: string[] = [];
  let stem = '';
  for (const text of cell.replaceAll(/\([^)]*\)/gu, '').split(/[,;:]| to /u)) {
    const token = text.trim();
    if (token === 'R') files.push('test/laws/reference.spec.ts');
    else if (token.startsWith('test/')) files.push(token);
    else if (/^(own\/)?[a-z][a-z-]*(-\d\d)?$/u.test(token) || /^-[a-z\d]+$/u.test(token)) {
      const name = token.startsWith('-') ? stem + token : token;
      stem = name.slice(0, name.lastIndexOf('-'));
      files.push(`test/scenarios/${name.includes('/') ? '' : 'conformance/'}${name}.yaml`);
    }
  }
  return files;
}

describe('the table of rules', () => {
  it('has every rule of planning.md once', () => {
    const rules = Object.entries(chapters).flatMap(([chapter, count]) =>
      Array.from({ length: count }, (_, at) => `${chapter}-${at + 1}`),
    );
    expect(rows.map((row) => row.rule).toSorted()).toEqual(rules.toSorted());
  });

  it.each(rows.filter(({ rule }) => !notOurs.has(rule)).map((row) => [row.rule, row] as const))(
    '%s is proved by files that are there',
    (_, { proofs }) => {
      expect(proofs.length).toBeGreaterThan(0);
      expect(proofs.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    },
  );

  it('names source files that are there', () => {
    const named = rows.flatMap(({ livesIn }) => livesIn.match(/[\w/-]+\.ts/gu) ?? []);
    const missing = named.filter(
      (file) => ![file, `libs/planning/src/${file}`].some((path) => existsSync(join(root, path))),
    );
    expect(missing).toEqual([]);
  });
});
