import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { FaultyLine } from '@tidemark/testkit';

/** A way to a server on loopback that can be cut, and frozen. */
export interface OpenLine extends FaultyLine {
  readonly port: number;
  close(): Promise<void>;
}

export async function openFaultyLine(serverPort: number): Promise<OpenLine> {
  const sockets = new Set<Socket>();
  let frozen = false;
  const adopt = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    if (frozen) socket.pause();
    socket.on('data', (bytes: Buffer) => {
      if (!other.write(bytes)) socket.pause();
    });
    socket.on('drain', () => {
      if (!frozen) other.resume();
    });
    // One end gone is both gone; why is the affair of the store that is tested.
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    adopt(near, far);
    adopt(far, near);
  });
  const port = await listening(server);
  const cut = () => {
    const broken = sockets.size;
    for (const socket of sockets) socket.destroy();
    return broken;
  };
  return {
    port,
    cut,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      cut();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('The line listens nowhere.'));
    });
  });
}
