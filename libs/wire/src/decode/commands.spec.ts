import { decodeCommand, encodeCommand } from './commands.js';

const commands = [
  { kind: 'approve', order: 'P-1', plan: 'dynamic' },
  { kind: 'unapprove', order: 'P-1' },
  { kind: 'delete', order: 'P-1' },
  { kind: 'firm', order: 'P-1', chain: true },
  {
    kind: 'create',
    id: 'MAKE-1',
    item: 'FG',
    dimensions: { site: '1', color: 'red' },
    quantity: '2.5',
    requirementDate: '2026-12-18',
    orderDate: '2026-12-01',
  },
  { kind: 'create', id: 'MAKE-2', item: 'FG', quantity: '1', deliveryDate: '2026-12-18' },
  { kind: 'edit', order: 'P-1', quantity: '7', requirementDate: '2026-12-20' },
  { kind: 'mark', issue: 'SO-1', receipt: 'PO-1', quantity: '3' },
  { kind: 'confirmPromise', issue: 'SO-1' },
  { kind: 'releasePromise', issue: 'SO-1', plan: 'dynamic' },
  { kind: 'schedule', order: 'PR-1', finiteMaterial: false },
  { kind: 'autoReserve', types: ['salesOrder'], items: ['FG'], from: '2026-12-01' },
  { kind: 'autoReserve', until: '2026-12-31' },
] as const;

describe('a command between processes', () => {
  it.each(commands.map((sent) => [JSON.stringify(sent), sent] as const))(
    'is read as it was: %s',
    (_, sent) => {
      const read = decodeCommand(sent);
      if (!read.ok) throw new Error(read.failure.message);
      expect(decodeCommand(JSON.parse(JSON.stringify(encodeCommand(read.value))))).toEqual(read);
    },
  );
});
