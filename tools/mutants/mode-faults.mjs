// Faults planted in what the modes are made of (section 12): the tests named of the modes' law must
// see them. As in planted-faults.mjs, each is one text for another.
const planning = 'libs/planning/src';
const workingSet = `${planning}/engine/working-set.ts`;

const faults = [
  {
    name: 'a net change of items starts from what changed alone (MO-2)',
    tests: 'netChange equals',
    file: workingSet,
    from: '(node) => items === undefined || items.has(node.item)',
    to: '(node) => items === undefined',
  },
  {
    name: 'net change gives up the coverage that stands (MO-2, MO-4)',
    tests: 'netChange equals',
    file: workingSet,
    from: '      standingAt: (node) => coverageStands(state, node),\n      actionsAt',
    to: '      standingAt: (node) => decisionsOnly(state, node),\n      actionsAt',
  },
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
    name: 'an explosion goes down from everything at the nodes it visits (MO-7)',
    tests: 'explosion equals',
    file: `${planning}/runs/explosion-scope.ts`,
    from: 'if (inScope[pegs.demand[peg] ?? 0] !== true) continue;',
    to: '',
  },
  {
    name: 'an explosion never drops what covers its requirement (MO-7 currentExplosion)',
    tests: 'explosion equals',
    file: workingSet,
    from: 'if (options.currentExplosion === true) dropScope(',
    to: 'if (options.currentExplosion === undefined) dropScope(',
  },
  {
    name: 'a regeneration in part leaves the needs of orders that go (MO-1, NE-3)',
    tests: 'regeneration equals',
    file: workingSet,
    from: 'if (!stays.has(orderIdOf(order))) dropped.dropOrder(node, order);',
    to: 'if (stays.has(orderIdOf(order))) dropped.dropOrder(node, order);',
  },
  {
    name: 'explosion regeneration takes only direct components (MO-8)',
    tests: 'explosionRegeneration equals',
    file: `${planning}/engine/nested-items.ts`,
    from: 'for (const parent of found) for',
    to: 'for (const parent of [item]) for',
  },
];

export const modeFaults = faults.map((fault) => ({ ...fault, law: 'modes' }));
