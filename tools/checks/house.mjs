// The house: which room may import which, and which packages from outside. Both the Nx rule and
// our own boundary check read this table; a new room gets its line here.

const domain = ['inventory', 'journal', 'master-data', 'planning', 'projections'];
const domainPlanned = ['promising', 'production', 'warehouse'];
const allDomain = [...domain, ...domainPlanned];
const planningAndBelow = ['kernel', 'inventory', 'journal', 'master-data', 'planning'];
const appRooms = ['kernel', ...allDomain, 'streams', 'wire', 'runtime'];
const adapters = ['memory', 'embedded', 'eventstore', 'kafka', 'postgres'];

/** room -> the rooms its sources may import. */
export const mayImport = {
  kernel: [],
  inventory: ['kernel'],
  journal: ['kernel', 'inventory'],
  'master-data': ['kernel'],
  planning: ['kernel', 'inventory', 'journal', 'master-data'],
  projections: planningAndBelow,
  promising: planningAndBelow,
  production: ['kernel', 'inventory'],
  warehouse: ['kernel', 'inventory'],
  streams: ['kernel'],
  wire: ['kernel', ...allDomain],
  runtime: ['kernel', ...allDomain, 'wire', 'streams'],
  testkit: ['kernel', ...allDomain, 'streams', 'wire'],
  ...Object.fromEntries(adapters.map((name) => [name, ['kernel', 'streams']])),
  stores: ['kernel', 'streams', ...adapters],
  serving: [...appRooms, 'stores'],
  ...Object.fromEntries(
    ['standalone', 'intake', 'planner', 'projector', 'api', 'admin', 'console'].map((name) => [
      name,
      [...appRooms, ...adapters, 'stores', 'serving'],
    ]),
  ),
};

/** Specs may also import these. */
export const specsMayImport = ['testkit'];

/** Rooms that hold values and functions only: no effect, no clock, no framework. */
export const pureRooms = ['kernel', ...allDomain];

/** Rooms in which a value may be cast, because it is checked there first. */
export const castingRooms = ['kernel', 'wire'];

/** Packages a pure room may import; every other one is refused. */
export const pureRoomPackages = {};

/** Packages that belong to certain rooms only; a pattern ends with *. */
export const packageHomes = [
  {
    packages: ['@nestjs/*', 'class-validator', 'class-transformer', 'reflect-metadata'],
    kinds: ['serving'],
    rooms: [],
  },
  { packages: ['rxjs'], kinds: ['serving'], rooms: [] },
  { packages: ['commander'], kinds: ['app'], rooms: [] },
  { packages: ['kafkajs', '@platformatic/kafka'], kinds: [], rooms: ['kafka'] },
  {
    packages: ['@eventstore/db-client', '@kurrent/kurrentdb-client'],
    kinds: [],
    rooms: ['eventstore'],
  },
  { packages: ['pg'], kinds: [], rooms: ['postgres'] },
  { packages: ['kysely'], kinds: [], rooms: ['embedded', 'postgres'] },
  { packages: ['node:sqlite'], kinds: [], rooms: ['embedded'] },
];

export function isPackageAtHome(packageName, { name, kind }) {
  const home = packageHomes.find(({ packages }) =>
    packages.some((pattern) => matches(pattern, packageName)),
  );
  return home === undefined || home.kinds.includes(kind) || home.rooms.includes(name);
}

export function matches(pattern, name) {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
