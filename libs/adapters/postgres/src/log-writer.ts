import { failed, success } from '@tidemark/kernel';
import { noEvents, Outage } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend } from '@tidemark/streams';
import type { PoolClient } from 'pg';
import { packChecked } from './append-record.js';
import type { Settled } from './append-queue.js';
import type { Connections } from './connections.js';
import { positionOf } from './log-place.js';
import { appendQuery } from './log-queries.js';
import type { LogReader } from './log-reader.js';
import { integerAt, textAt } from './log-rows.js';
import { isCollision } from './postgres-failure.js';

export interface LogWriter {
  /** Commits the appends, of one stream at most one, in one transaction; settles each. */
  commit(group: readonly EncodedAppend[]): Promise<readonly Settled[]>;
}

// Transactions that met are undone by the server and tried again.
const attemptsMax = 10;

const call = { doing: 'Appending to the log', writes: true } as const;

export function createLogWriter(
  connections: Connections,
  reader: LogReader,
  epoch: number,
): LogWriter {
  const { schema } = connections.settings;
  const query = { name: `${schema}-append`, text: appendQuery(schema), rowMode: 'array' as const };

  /** Outcomes of what was written, by stream. */
  async function write(group: readonly EncodedAppend[]): Promise<Map<string, AppendOutcome>> {
    const values = [epoch, ...columnsOf(group)];
    const { rows } = await again(() =>
      connections.use(call, (client) => client.query<unknown[]>({ ...query, values })),
    );
    const written = new Map<string, AppendOutcome>();
    const byStream = new Map(group.map((append) => [append.stream, append]));
    for (const row of rows) {
      const stream = textAt(row, 0);
      const append = byStream.get(stream);
      if (append === undefined) throw new Error(`The server wrote to ${stream} unasked.`);
      const position = positionOf({ epoch, xid: textAt(row, 1), number: integerAt(row, 2) });
      const revision = append.expected + append.ids.length;
      written.set(stream, success({ revision, position }));
    }
    return written;
  }

  /** Why an append was not written: it stands there already, or another one does. */
  async function resolve(append: EncodedAppend): Promise<AppendOutcome> {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const known = await connections.use(call, (client) => standing(reader, client, append));
      if (known !== undefined) return known;
      const outcome = (await write([append])).get(append.stream);
      if (outcome !== undefined) return outcome;
    }
    throw new Outage('overloaded', `${append.stream} is written by too many at once. Try again.`);
  }

  return {
    async commit(group) {
      const written = await write(group);
      const outcomes = group.map((append) => {
        const outcome = written.get(append.stream);
        return outcome === undefined ? resolve(append) : Promise.resolve(outcome);
      });
      return Promise.allSettled(outcomes);
    },
  };
}

async function again<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      const collided = thrown instanceof Outage && isCollision(thrown.cause);
      if (!collided || attempt >= attemptsMax) throw thrown;
    }
  }
}

function columnsOf(group: readonly EncodedAppend[]): unknown[][] {
  const records = group.map((append) => packChecked(append));
  return [
    records.map(({ stream }) => stream),
    records.map(({ revision }) => revision),
    records.map(({ events }) => events),
    group.map(({ units }) => units),
    records.map(({ checksum }) => checksum),
    records.map(({ types }) => types),
    records.map(({ ids }) => ids),
    records.map(({ metas }) => metas),
    records.map(({ data }) => data),
  ];
}

/** What stands where the append wants to be; undefined: nothing any more that hinders it. */
async function standing(
  reader: LogReader,
  client: PoolClient,
  { stream, ids, expected }: EncodedAppend,
): Promise<AppendOutcome | undefined> {
  const [end] = await reader.readStream(client, stream, { limit: 1, direction: 'backwards' });
  const actual = end?.revision ?? noEvents;
  if (actual === expected) return undefined;
  const conflict = failed({ code: 'CONFLICT', stream, expected, actual } as const);
  if (actual < expected) return conflict;
  let at = 0;
  while (at < ids.length) {
    const wanted = { from: expected + 1 + at, limit: ids.length - at };
    const there = await reader.readStream(client, stream, wanted);
    if (there.length === 0 || there.some(({ id }, index) => id !== ids[at + index]))
      return conflict;
    at += there.length;
    const last = there.at(-1);
    if (at === ids.length && last !== undefined) {
      return success({ revision: last.revision, position: last.position });
    }
  }
  return conflict;
}
