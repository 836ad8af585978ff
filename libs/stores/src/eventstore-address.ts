import type { EventStoreDbOptions } from '@tidemark/eventstore';

/**
 * What an address such as `esdb://a:2113?tls=false&namespace=trial` says: `namespace` names the
 * streams of the server that are ours, the rest is the client's.
 */
export function eventStoreOptions(
  address: string,
): Pick<EventStoreDbOptions, 'connection' | 'namespace'> {
  const [server = '', query = ''] = address.split(/\?(.*)/s);
  const given = query.split('&').filter((one) => one !== '');
  const named = given.findLast((one) => one.startsWith('namespace='));
  if (named === undefined) return { connection: address };
  const others = given.filter((one) => !one.startsWith('namespace='));
  const connection = others.length === 0 ? server : `${server}?${others.join('&')}`;
  return { connection, namespace: decodeURIComponent(named.slice('namespace='.length)) };
}
