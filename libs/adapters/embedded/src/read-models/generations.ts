import { BuildGone, CheckpointMoved, origin } from '@tidemark/streams';
import type {
  BuildStanding,
  Checkpoint,
  Generation,
  ModelWrite,
  ReadModelShape,
  Row,
} from '@tidemark/streams';
import type { Connection } from './connection.js';
import { createStatements, quoted } from './statements.js';

/** Name of a table of one build in the file. */
export function physicalName(generation: Generation, table: string): string {
  return `${generation.model}_g${generation.number}_${table}`;
}

export function servedGeneration(
  connection: Connection,
  shape: ReadModelShape,
): Generation | undefined {
  const sql = 'SELECT * FROM "generations" WHERE "model" = ? AND "version" = ? AND "served" = 1';
  const [row] = connection.all({ sql, values: [shape.name, shape.version] });
  return row === undefined ? undefined : generationOf(row);
}

export function createGeneration(connection: Connection, shape: ReadModelShape): Generation {
  const sql = 'SELECT MAX("number") AS n FROM "generations" WHERE "model" = ?';
  const [row] = connection.all({ sql, values: [shape.name] });
  const number = numberIn(row, 'n') + 1;
  const generation = { model: shape.name, version: shape.version, number };
  for (const table of shape.tables) {
    const statements = createStatements(physicalName(generation, table.name), table);
    for (const statement of statements) connection.run(statement);
  }
  connection.run('INSERT INTO "generations" VALUES (?, ?, ?, ?, 0, ?, ?)', [
    shape.name,
    number,
    shape.version,
    shape.tables.map((table) => table.name).join(','),
    origin,
    origin,
  ]);
  return generation;
}

export function checkpointOf(connection: Connection, generation: Generation): Checkpoint {
  const sql = 'SELECT * FROM "generations" WHERE "model" = ? AND "number" = ?';
  const [row] = connection.all({ sql, values: [generation.model, generation.number] });
  if (row === undefined) throw new BuildGone(generation);
  return { through: textIn(row, 'through'), resume: textIn(row, 'resume') };
}

/** Moves the checkpoint on from where the writer left it, in the transaction of the rows. */
export function moveCheckpoint(
  connection: Connection,
  { generation, after, checkpoint }: Omit<ModelWrite, 'changes'>,
): void {
  const { through } = checkpointOf(connection, generation);
  if (through !== after) throw new CheckpointMoved(generation, after, through);
  connection.run(
    'UPDATE "generations" SET "through" = ?, "resume" = ? WHERE "model" = ? AND "number" = ?',
    [checkpoint.through, checkpoint.resume, generation.model, generation.number],
  );
}

export function buildsOf(connection: Connection, model: string): readonly BuildStanding[] {
  const sql = 'SELECT * FROM "generations" WHERE "model" = ? ORDER BY "number"';
  const rows = connection.all({ sql, values: [model] });
  return rows.map((row) => ({
    ...generationOf(row),
    through: textIn(row, 'through'),
    isServed: numberIn(row, 'served') === 1,
  }));
}

/** Serves this build; drops the one served before it and what an ended process left unfinished. */
export function serveGeneration(connection: Connection, generation: Generation): void {
  checkpointOf(connection, generation);
  const values = [generation.model, generation.number];
  const newerSql =
    'SELECT * FROM "generations" WHERE "model" = ? AND "number" > ? AND "served" = 1';
  if (connection.all({ sql: newerSql, values }).length > 0) throw new BuildGone(generation);
  const sql = 'SELECT * FROM "generations" WHERE "model" = ? AND "number" < ?';
  const older = connection.all({ sql, values });
  for (const row of older) dropGeneration(connection, generationOf(row));
  connection.run(
    'UPDATE "generations" SET "served" = 1 WHERE "model" = ? AND "number" = ?',
    values,
  );
}

export function dropGeneration(connection: Connection, generation: Generation): void {
  const sql = 'SELECT * FROM "generations" WHERE "model" = ? AND "number" = ?';
  const [row] = connection.all({ sql, values: [generation.model, generation.number] });
  if (row === undefined) return;
  for (const table of textIn(row, 'tables').split(',')) {
    connection.run(`DROP TABLE ${quoted(physicalName(generation, table))}`);
  }
  connection.run('DELETE FROM "generations" WHERE "model" = ? AND "number" = ?', [
    generation.model,
    generation.number,
  ]);
}

function generationOf(row: Row): Generation {
  return {
    model: textIn(row, 'model'),
    version: numberIn(row, 'version'),
    number: numberIn(row, 'number'),
  };
}

function textIn(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

function numberIn(row: Row | undefined, name: string): number {
  const value = row?.[name];
  return typeof value === 'number' ? value : 0;
}
