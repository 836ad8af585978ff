import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ReadModelNotReady, StoreClosed } from '@tidemark/streams';
import type {
  Cell,
  Generation,
  ModelWrite,
  ReadModelReader,
  ReadModelShape,
  ReadModelStore,
  Row,
  RowChange,
  TableShape,
} from '@tidemark/streams';
import { openForReading, openForWriting, type Connection } from './connection.js';
import {
  buildsOf,
  checkpointOf,
  createGeneration,
  dropGeneration,
  moveCheckpoint,
  physicalName,
  servedGeneration,
  serveGeneration,
} from './generations.js';
import { createReaders } from './readers.js';
import { countStatement, removeStatement, selectStatement, upsertStatement } from './statements.js';

/** Changes written before other work of the process gets its turn; the transaction stays open. */
const changesPerTurn = 400;

/** Opens or makes the file of read models. It may be deleted: everything is folded again. */
export function openReadModelStore(
  path: string,
  shapes: readonly ReadModelShape[],
): ReadModelStore {
  mkdirSync(dirname(path), { recursive: true });
  const writer = openForWriting(path);
  const readers = createReaders(() => openForReading(path));
  const tables = tableIndex(shapes);
  const turns = createTurns();
  let closing: Promise<void> | undefined;
  const inTurn = <Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> => {
    if (closing !== undefined) return Promise.reject(new StoreClosed('The read-model store'));
    return turns(work);
  };
  const closeAll = async () => {
    await turns(() => undefined);
    await readers.close();
    writer.close();
  };

  return {
    served: (shape) => inTurn(() => servedGeneration(writer, shape)),
    create: (shape) => inTurn(() => inTransaction(writer, () => createGeneration(writer, shape))),
    builds: (model) => inTurn(() => buildsOf(writer, model)),
    checkpointOf: (generation) => inTurn(() => checkpointOf(writer, generation)),
    write: (writes) => inTurn(() => writeAll(writer, tables, writes)),
    serve: (generation) =>
      inTurn(() => inTransaction(writer, () => serveGeneration(writer, generation))),
    discard: (generation) =>
      inTurn(() => inTransaction(writer, () => dropGeneration(writer, generation))),
    read: (work) => readers.use((connection) => readAtOneMoment(connection, work)),
    close: () => (closing ??= closeAll()),
  };
}

/** Runs works one after the other, in the order in which they were asked for. */
function createTurns(): <Answer>(work: () => Answer | Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

function inTransaction<Answer>(connection: Connection, work: () => Answer): Answer {
  connection.run('BEGIN IMMEDIATE');
  try {
    const answer = work();
    connection.run('COMMIT');
    return answer;
  } catch (thrown) {
    connection.rollBack();
    throw thrown;
  }
}

async function writeAll(
  connection: Connection,
  tables: TableIndex,
  writes: readonly ModelWrite[],
): Promise<void> {
  connection.run('BEGIN IMMEDIATE');
  try {
    let written = 0;
    for (const write of writes) {
      moveCheckpoint(connection, write);
      const apply = changeWriter(connection, tables, write.generation);
      for (const change of write.changes) {
        apply(change);
        written += 1;
        if (written % changesPerTurn === 0) await nextTurn();
      }
    }
    connection.run('COMMIT');
  } catch (thrown) {
    connection.rollBack();
    throw thrown;
  }
}

type TableIndex = ReadonlyMap<string, TableShape>;

function tableIndex(shapes: readonly ReadModelShape[]): TableIndex {
  return new Map(
    shapes.flatMap((shape) =>
      shape.tables.map((table) => [`${shape.name}.${table.name}`, table] as const),
    ),
  );
}

function changeWriter(
  connection: Connection,
  tables: TableIndex,
  generation: Generation,
): (change: RowChange) => void {
  const texts = new Map<string, string>();
  const once = (key: string, make: () => string): string => {
    const text = texts.get(key) ?? make();
    texts.set(key, text);
    return text;
  };
  return (change) => {
    const shape = tables.get(`${generation.model}.${change.table}`);
    if (shape === undefined) throw new Error(`${generation.model} has no table ${change.table}.`);
    const physical = physicalName(generation, change.table);
    if ('remove' in change) {
      const names = Object.keys(change.remove);
      const key = `remove ${change.table} ${names.join()}`;
      const sql = once(key, () => removeStatement(physical, names));
      connection.run(sql, Object.values(change.remove));
      return;
    }
    const adds = 'add' in change;
    const key = `${adds ? 'add' : 'put'} ${change.table}`;
    const sql = once(key, () => upsertStatement(physical, shape, adds));
    connection.run(sql, cellsOf(shape, 'add' in change ? change.add : change.put));
  };
}

function cellsOf(shape: TableShape, row: Row): Cell[] {
  return Object.keys(shape.columns).map((name) => row[name] ?? null);
}

/** A transaction that only reads holds one moment of the file, whatever is written meanwhile. */
async function readAtOneMoment<Answer>(
  connection: Connection,
  work: (reader: ReadModelReader) => Promise<Answer>,
): Promise<Answer> {
  connection.run('BEGIN');
  try {
    return await work(readerOf(connection));
  } finally {
    connection.run('COMMIT');
  }
}

function readerOf(connection: Connection): ReadModelReader {
  const served = (shape: ReadModelShape): Generation => {
    const generation = servedGeneration(connection, shape);
    if (generation === undefined) throw new ReadModelNotReady(shape.name);
    return generation;
  };
  return {
    async select(shape, query) {
      return connection.all(selectStatement(physicalName(served(shape), query.table), query));
    },
    async count(shape, query) {
      const physical = physicalName(served(shape), query.table);
      const [row] = connection.all(countStatement(physical, query));
      return typeof row?.['n'] === 'number' ? row['n'] : 0;
    },
    async checkpoint(shape) {
      return checkpointOf(connection, served(shape));
    },
  };
}
