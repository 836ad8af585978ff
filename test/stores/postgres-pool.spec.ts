import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { openPostgres } from '@tidemark/postgres';
import { Outage } from '@tidemark/streams';

/** A message of the server: its kind, its length, what it says. */
function message(kind: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
}

const greeting = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const dying = message('E', Buffer.from('SFATAL\0C57P01\0Mthe postmaster is gone\0\0'));

describe('a pool of connections to PostgreSQL', () => {
  it('outlives a server that dies in the moment in which a connection is lent', async () => {
    let met = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        met += 1;
        socket.end(Buffer.concat([greeting, ready, dying]));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `postgres://nobody@127.0.0.1:${port}/none`;
    await expect(openPostgres({ url, callMs: 2_000 })).rejects.toThrow(Outage);
    expect(met).toBeGreaterThan(0);
    server.close();
    await once(server, 'close');
  });
});
