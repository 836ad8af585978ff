/// <reference types="jest" />
import type { Cell, Row, RowChange, TableShape } from '@tidemark/streams';
import { Dice } from '../worlds/dice.js';
import { at, select, writeOn } from './stock-model.js';
import type { OpenReadModels } from './stock-model.js';

const table: TableShape = {
  name: 'lines',
  columns: { node: 'text', line: 'integer', quantity: 'integer', note: 'text' },
  key: ['node', 'line'],
  sums: ['quantity'],
};

const shape = { name: 'folded', version: 1, tables: [table] };

const rounds = 12;
const changesMax = 120;

function randomChange(dice: Dice): RowChange {
  const node = dice.pick(['A', 'B', 'C']);
  const line = dice.between(1, 4);
  const note = dice.pick(['x', 'y', null]);
  const quantity = dice.pick([null, dice.between(-5, 5)]);
  const remove = (row: Row): RowChange => ({ table: 'lines', remove: row });
  return dice.pick([
    { table: 'lines', put: { node, line, quantity, note } },
    { table: 'lines', put: { node, line, note } },
    { table: 'lines', add: { node, line, quantity, note } },
    { table: 'lines', add: { node, line, quantity } },
    remove({ node, line }),
    remove({ node }),
    remove({ line }),
    remove({ note }),
    remove({ node, quantity }),
  ]);
}

/** The meaning of a change, row by row. */
function apply(rows: Map<string, Row>, change: RowChange): void {
  if ('remove' in change) {
    for (const [key, row] of rows) {
      const gone = Object.entries(change.remove).every(([name, value]) => row[name] === value);
      if (gone) rows.delete(key);
    }
    return;
  }
  const given = 'put' in change ? change.put : change.add;
  const whole: Record<string, Cell> = {};
  for (const name of Object.keys(table.columns)) whole[name] = given[name] ?? null;
  const key = `${String(given['node'])} ${String(given['line'])}`;
  const before = rows.get(key);
  if ('add' in change && before !== undefined) {
    whole['quantity'] = Number(before['quantity'] ?? 0) + Number(given['quantity'] ?? 0);
  }
  rows.set(key, whole);
}

export function changeRules(fresh: OpenReadModels): void {
  it('any changes written together leave the rows that they leave one by one', async () => {
    const store = await fresh([shape]);
    const generation = await store.create(shape);
    await store.serve(generation);
    const wanted = new Map<string, Row>();
    for (let round = 1; round <= rounds; round += 1) {
      const dice = new Dice(round);
      const size = dice.between(1, changesMax);
      const changes = Array.from({ length: size }, () => randomChange(dice));
      await writeOn(store, generation, { changes, checkpoint: at(round) });
      for (const change of changes) apply(wanted, change);
      const query = { table: 'lines', orderBy: ['node', 'line'] };
      const rows = await select(store, shape, query);
      const keys = [...wanted.keys()].toSorted();
      expect([round, rows]).toEqual([round, keys.map((key) => wanted.get(key))]);
    }
  });
}
