import { jest } from '@jest/globals';
import { AppProcess, buildService } from '../restart/app-process.js';
import type { RoleName } from './deployment.js';

jest.setTimeout(300_000);

const roles: readonly RoleName[] = ['intake', 'planner', 'projector', 'api'];
const database = 'postgres://user:secret@127.0.0.1:1/none';

/** Settings of a role, and the names that it must tell as wrong. */
const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['nothing', {}, ['TIDEMARK_DATA']],
  ['a folder as the log', { TIDEMARK_DATA: './data' }, ['TIDEMARK_DATA']],
  [
    'a log that keeps no read models',
    { TIDEMARK_DATA: 'esdb://127.0.0.1:2113?tls=false' },
    ['TIDEMARK_READ_MODELS'],
  ],
  [
    'everything wrong, and a name that is none',
    {
      TIDEMARK_DATA: database,
      TIDEMARK_READ_MODELS: './models',
      TIDEMARK_HOST: 'my host',
      TIDEMARK_PORT: '65536',
      TIDEMARK_ADDRESS: 'planner:7402',
      TIDEMARK_LOG_LEVEL: 'loud',
      TIDEMARK_SNAPSHOT_EVENTS: '0',
      TIDEMARK_DATABASE: database,
    },
    [
      'TIDEMARK_ADDRESS',
      'TIDEMARK_DATABASE',
      'TIDEMARK_HOST',
      'TIDEMARK_LOG_LEVEL',
      'TIDEMARK_PORT',
      'TIDEMARK_READ_MODELS',
      'TIDEMARK_SNAPSHOT_EVENTS',
    ],
  ],
];

beforeAll(buildService);

describe.each(roles)('%s that is told', (app) => {
  it.each(cases)('%s names each wrong value, and ends with 2', async (_, environment, wrong) => {
    const role = new AppProcess({ app, environment, up: /is up: (http:\S+)/ });
    await role.ended(2);
    const told = role.log.flatMap((line) => /\b(TIDEMARK_\w+)\b/.exec(line)?.[1] ?? []);
    expect([...new Set(told)].toSorted()).toEqual(wrong);
    expect(role.log.join('\n')).not.toContain('secret');
  });
});
