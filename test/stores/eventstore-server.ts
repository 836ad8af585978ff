import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEventStoreDb } from '@tidemark/eventstore';
import type { EventStoreDbOptions } from '@tidemark/eventstore';
import type { EventStore } from '@tidemark/streams';

/** Connection to the server of the tests, if there is one. */
export const serverConnection = process.env['TIDEMARK_EVENTSTORE'] ?? '';

/**
 * `describe` where there is a server; where there is none the tests are skipped, counted, and it is
 * said why.
 */
export const describeOnServer = serverConnection === '' ? describe.skip : describe;

if (serverConnection === '') {
  // Past Jest, which keeps to itself what specs print.
  writeSync(1, 'EventStoreDB: skipped, no server (set TIDEMARK_EVENTSTORE)\n');
}

/** A name that no earlier run used: the server keeps what other runs wrote. */
export function newNamespace(): string {
  return `test_${randomBytes(8).toString('hex')}`;
}

/** A store without events on the server of the tests. */
export function openServerStore(options: Partial<EventStoreDbOptions> = {}): Promise<EventStore> {
  return openEventStoreDb({
    connection: serverConnection,
    namespace: newNamespace(),
    ...options,
  });
}

/** Address of a log without events on the server of the tests, as roles and commands take it. */
export function newServerLog(): string {
  const and = serverConnection.includes('?') ? '&' : '?';
  return `${serverConnection}${and}namespace=${newNamespace()}`;
}
