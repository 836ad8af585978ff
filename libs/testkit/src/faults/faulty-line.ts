import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A TCP line to a server on this machine that goes wrong when it is told to. */
export interface FaultyLine {
  /** Where clients connect to, on loopback. */
  readonly port: number;
  /** Breaks all connections, so many; new ones may be made at once. */
  cut(): number;
  /** Nothing moves any more, and no connection ends; new ones are taken and stand still too. */
  freeze(): void;
  thaw(): void;
  /** Every piece takes so much longer, both ways; 0: no longer. */
  slow(milliseconds: number): void;
  /**
   * What clients send still arrives; every answer of the server is lost from now on, and its
   * connection cut: whoever asked does not learn what was done.
   */
  loseAnswers(): void;
  /** Answers arrive again. */
  mend(): void;
  close(): Promise<void>;
}

export async function openFaultyLine(serverPort: number): Promise<FaultyLine> {
  const sockets = new Set<Socket>();
  let thawed: Promise<void> = Promise.resolve();
  let thaw: () => void = () => undefined;
  let slowMs = 0;
  let losing = false;

  const destroy = (...pair: Socket[]) => {
    for (const socket of pair) socket.destroy();
  };
  async function carry(from: Socket, to: Socket, answers: boolean): Promise<void> {
    try {
      for await (const piece of from) {
        const bytes: Buffer = piece as Buffer;
        await thawed;
        if (slowMs > 0) await pause(slowMs);
        if (answers && losing) break;
        if (to.write(bytes)) continue;
        await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
      }
    } catch {
      // The connection broke: so does its other half.
    }
    destroy(from, to);
  }

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => destroy(client, upstream));
    }
    void carry(client, upstream, false);
    void carry(upstream, client, true);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      const broken = sockets.size;
      destroy(...sockets);
      return broken;
    },
    freeze() {
      thawed = new Promise((resolve) => (thaw = resolve));
    },
    thaw: () => thaw(),
    slow: (milliseconds) => void (slowMs = milliseconds),
    loseAnswers: () => void (losing = true),
    mend: () => void (losing = false),
    async close() {
      thaw();
      destroy(...sockets);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
