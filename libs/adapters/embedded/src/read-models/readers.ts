import { StoreClosed } from '@tidemark/streams';
import type { Connection } from './connection.js';

/** Reading connections: one per question that is being answered, a few at most. */
export interface Readers {
  use<Answer>(work: (connection: Connection) => Promise<Answer>): Promise<Answer>;
  /** Waits for the questions that are being answered. */
  close(): Promise<void>;
}

const connectionsMax = 8;

export function createReaders(open: () => Connection): Readers {
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  async function take(): Promise<Connection> {
    while (busy >= connectionsMax) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (closed) throw new StoreClosed('The read-model store');
    const connection = idle.pop() ?? open();
    busy += 1;
    return connection;
  }

  return {
    async use(work) {
      const connection = await take();
      try {
        return await work(connection);
      } finally {
        busy -= 1;
        idle.push(connection);
        waiting.shift()?.();
      }
    },
    async close() {
      closed = true;
      while (busy > 0) await new Promise<void>((resolve) => waiting.unshift(resolve));
      for (const connection of idle.splice(0)) connection.close();
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
