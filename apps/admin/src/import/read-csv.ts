import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Cells } from './cells.js';
import { ImportRefused, type RowFault, type RowPlace } from './import-step.js';

/** How the rows of a file are read: its columns, and what a row says. */
export interface CsvTable<Row> {
  readonly file: string;
  readonly columns: readonly string[];
  /** Columns that a file may leave out. */
  readonly optional?: readonly string[];
  read(cells: Cells): Row;
}

/** A row of a file: what it says, or why it says nothing. */
export type CsvRow<Row> =
  | { readonly place: RowPlace; readonly row: Row; readonly fault?: undefined }
  | { readonly place: RowPlace; readonly row?: undefined; readonly fault: RowFault };

interface RecordWithPlace {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

export function hasTable(folder: string, { file }: { readonly file: string }): boolean {
  return existsSync(join(folder, file));
}

/**
 * Reads a comma-separated file: UTF-8, a header row, quotes as in RFC 4180, LF or CRLF. A row that
 * cannot be read is told with its line; a quote that is never closed takes the rest of the file.
 *
 * @throws ImportRefused if the file is missing or its header is not that of the table.
 */
export async function* readCsv<Row>(
  folder: string,
  table: CsvTable<Row>,
): AsyncGenerator<CsvRow<Row>> {
  const { file } = table;
  const faults: CsvRow<Row>[] = [];
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    columns: (header: string[]) => checkedHeader(header, table),
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error !== undefined) faults.push(faultOf(file, error));
      return undefined;
    },
  });
  // A failure of the file ends the parser, and with it the loop below.
  pipeline(createReadStream(openable(folder, file)), parser, () => undefined);
  const records: AsyncIterable<RecordWithPlace> = parser;
  for await (const { record, info } of records) {
    yield* faults.splice(0);
    const place = { file, line: info.lines };
    const cells = new Cells(record);
    const row = table.read(cells);
    yield cells.fault === undefined ? { place, row } : { place, fault: cells.fault };
  }
  yield* faults;
}

function openable(folder: string, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) throw new ImportRefused(`${path} is missing.`);
  return path;
}

function checkedHeader<Row>(header: readonly string[], table: CsvTable<Row>): string[] {
  const { file, columns, optional = [] } = table;
  const names = header.map((name) => name.trim());
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ImportRefused(`${file}: no column ${missing.join(', ')}.`);
  const known = [...columns, ...optional];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new ImportRefused(
    `${file}: unknown column ${unknown.join(', ')}. Known: ${known.join(', ')}.`,
  );
}

function faultOf<Row>(file: string, error: CsvError): CsvRow<Row> {
  const lines: unknown = error['lines'];
  const line = typeof lines === 'number' ? lines : 0;
  return { place: { file, line }, fault: { code: error.code, reason: error.message } };
}
