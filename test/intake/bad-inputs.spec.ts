import { opening, type BadInput } from './bad-input.js';
import { Body, IntakeCompany, type Told } from './intake-company.js';
import { dateRows } from './rows/dates.js';
import { masterDataRows } from './rows/master-data.js';
import { nameRows } from './rows/names.js';
import { quantityRows } from './rows/quantities.js';
import { textRows } from './rows/texts.js';
import { versionRows } from './rows/versions.js';

const table: readonly BadInput[] = [
  ...quantityRows,
  ...versionRows,
  ...nameRows,
  ...masterDataRows,
  ...dateRows,
  ...textRows,
];

/** Rows of the catalogue about the way in and master data: each must be in the table. */
const between = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `B-${String(from + index).padStart(2, '0')}`);
const rowsThatCount = [...between(1, 20), ...between(25, 53), 'B-76', 'B-78'];

const isRefused = (told: Told): boolean => typeof told === 'object' && 'refused' in told;
const changesNothing = (told: Told): boolean =>
  told === 'repeated' || told === 'olderIgnored' || isRefused(told);

describe('bad inputs', () => {
  it('has an answer to every row of the catalogue', () => {
    const rows = new Set<string>(table.map(({ row }) => row));
    expect([...rows].toSorted()).toEqual(rowsThatCount);
  });

  it.each(table.map((line) => [line.row, line.what, line] as const))(
    '%s: %s',
    async (_row, _what, { given = [], send, told, then }) => {
      const company = new IntakeCompany();
      await company.give([...opening, ...given]);
      const found: Told[] = [];
      let lettersDue = 0;
      for (const sent of send) {
        const before = await company.inputs();
        const answer = await company.send(sent);
        found.push(answer);
        if (changesNothing(answer)) expect(await company.inputs()).toEqual(before);
        // A body that cannot be read is answered as a whole; a line or event is kept.
        if (isRefused(answer) && !(sent instanceof Body)) lettersDue = 1;
      }
      expect(found).toEqual(told);
      const letters = await company.letters();
      expect(letters.length).toBeGreaterThanOrEqual(lettersDue);
      expect(letters.filter(({ message, remedy }) => message === '' || remedy === '')).toEqual([]);
      await then?.(company);
    },
  );
});
