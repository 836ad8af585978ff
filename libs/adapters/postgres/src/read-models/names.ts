import type { Generation, ReadModelShape, TableShape } from '@tidemark/streams';

const namePattern = /^[a-z][a-z0-9_]{0,62}$/;

/** @throws Error for a name that is none of ours: names are code, never input. */
export function checkedName(name: string): string {
  if (!namePattern.test(name)) throw new Error(`"${name}" is no name of a table or column.`);
  return name;
}

/** Name of a table of one build. */
export function physicalName(generation: Generation, table: string): string {
  return checkedName(`${generation.model}_g${generation.number}_${table}`);
}

/** @throws Error for a table that the read model does not have. */
export function tableOf(shape: ReadModelShape, name: string): TableShape {
  const found = shape.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`${shape.name} has no table ${name}.`);
  return found;
}

/** The server's type of a column. Texts are ordered by their bytes, as on every other engine. */
export function typeOf(shape: TableShape, column: string): 'text' | 'bigint' {
  return shape.columns[column] === 'integer' ? 'bigint' : 'text';
}
