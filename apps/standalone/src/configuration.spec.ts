import { readConfiguration } from './configuration.js';

describe('the configuration', () => {
  it('needs nothing to be said', () => {
    expect(readConfiguration({ HOME: '/home/planner' })).toMatchObject({
      ok: true,
      value: { host: '127.0.0.1', port: 7400, logLevel: 'info', loadsExample: true },
    });
  });

  it('takes what is said', () => {
    const environment = {
      TIDEMARK_DATA: '/srv/tidemark',
      TIDEMARK_HOST: '0.0.0.0',
      TIDEMARK_PORT: '0',
      TIDEMARK_LOG_LEVEL: 'silent',
      TIDEMARK_EXAMPLE: 'none',
      TIDEMARK_SNAPSHOT_EVENTS: '500',
    };
    expect(readConfiguration(environment)).toEqual({
      ok: true,
      value: {
        dataFolder: '/srv/tidemark',
        host: '0.0.0.0',
        port: 0,
        logLevel: 'silent',
        loadsExample: false,
        snapshotEvents: 500,
      },
    });
  });

  it('is refused with one line for every wrong value and unknown name', () => {
    const read = readConfiguration({
      TIDEMARK_PORT: '65536',
      TIDEMARK_HOST: 'my host',
      TIDEMARK_LOG_LEVEL: 'loud',
      TIDEMARK_EXAMPLE: 'yes',
      TIDEMARK_SNAPSHOT_EVENTS: '0',
      TIDEMARK_DATABASE: 'x',
    });
    const lines = read.ok ? [] : read.failure;
    expect(lines.map((line) => line.slice(0, line.indexOf(' '))).toSorted()).toEqual([
      'TIDEMARK_DATABASE',
      'TIDEMARK_EXAMPLE',
      'TIDEMARK_HOST',
      'TIDEMARK_LOG_LEVEL',
      'TIDEMARK_PORT',
      'TIDEMARK_SNAPSHOT_EVENTS',
    ]);
  });
});
