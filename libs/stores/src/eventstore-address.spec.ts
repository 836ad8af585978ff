import { eventStoreOptions } from './eventstore-address.js';

describe('the address of a log in EventStoreDB', () => {
  it.each([
    ['esdb://a:2113', { connection: 'esdb://a:2113' }],
    ['esdb://a,b?tls=false', { connection: 'esdb://a,b?tls=false' }],
    ['esdb://a?namespace=trial', { connection: 'esdb://a', namespace: 'trial' }],
    [
      'esdb://user:secret@a?tls=false&namespace=t.1_x&nodePreference=leader',
      { connection: 'esdb://user:secret@a?tls=false&nodePreference=leader', namespace: 't.1_x' },
    ],
    ['esdb://a?namespace=', { connection: 'esdb://a', namespace: '' }],
  ])('%s', (address, options) => {
    expect(eventStoreOptions(address)).toEqual(options);
  });
});
