// Faults planted in what the modes are made of (section 12): the tests named of the modes' law must
// see them. As in planted-faults.mjs, each is one text for another.
const planning = 'libs/planning/src';

const faults = [
  {
    name: 'net change minimized tells the messages of every node it looks at (MO-3, AC-10)',
    tests: 'netChangeMinimized equals',
    file: `${planning}/runs/message-scope.ts`,
    from: 'told.covered && plan.pegs.demand.length > plan.freshFrom',
    to: 'told.covered',
  },
  {
    name: 'an explosion tells the messages of receipts that it did not peg (AC-10)',
    tests: 'explosion equals',
    file: `${planning}/runs/message-scope.ts`,
    from: 'told.computed.filter(({ supply }) => fresh.has(supply));',
    to: 'told.computed;',
  },
  {
    name: 'an item run of a regeneration tells the messages of all orders (AC-10)',
    tests: 'regeneration equals',
    file: `${planning}/runs/message-scope.ts`,
    from: 'computed.filter(({ supply }) => pegged.has(supply));',
    to: 'computed;',
  },
  {
    name: 'an explosion goes down from everything at the nodes it visits (MO-7)',
    tests: 'explosion equals',
    file: `${planning}/runs/explosion-scope.ts`,
    from: 'if (inScope[pegs.demand[peg] ?? 0] !== true) continue;',
    to: '',
  },
];

export const modeFaults = faults.map((fault) => ({ ...fault, law: 'modes' }));
