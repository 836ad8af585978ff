import type { ImportStep } from '../import-step.js';
import { readCsv, type CsvTable } from '../read-csv.js';
import type { Placed } from './tables.js';

/** Reads a whole table; each row is told, a faulty one as refused and left out. */
export async function readTable<Row>(
  folder: string,
  table: CsvTable<Row>,
  told: ImportStep[],
): Promise<(Row & Placed)[]> {
  const rows: (Row & Placed)[] = [];
  for await (const read of readCsv(folder, table)) {
    const { place } = read;
    told.push({ kind: 'row', place });
    if (read.fault === undefined) rows.push({ ...read.row, place });
    else told.push({ kind: 'refused', place, fault: read.fault });
  }
  return rows;
}
