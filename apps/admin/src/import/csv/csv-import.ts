import type { PlanDay } from '@tidemark/kernel';
import type { EventType } from '@tidemark/wire';
import {
  ImportRefused,
  type ImportSource,
  type ImportStep,
  type RowPlace,
} from '../import-step.js';
import { dayFact, planFact } from '../planning-facts.js';
import { hasTable, readCsv, type CsvRow, type CsvTable } from '../read-csv.js';
import { dataOf } from './columns.js';
import { csvFiles, type CsvFile } from './csv-tables.js';

export interface CsvImportOptions {
  readonly folder: string;
  /** The source that its events name. */
  readonly source: string;
  /** The day of the company. */
  readonly day: PlanDay;
}

type Steps = AsyncGenerator<ImportStep, void, void>;

/** What a row says: the data of its event, and the version. */
interface CsvFacts {
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

interface BomLines {
  readonly lines: object[];
  readonly places: RowPlace[];
}

/**
 * The files of a folder as events: master data before what names it. Each row is an event of its
 * own, a BOM one with its lines.
 *
 * @throws ImportRefused if the folder holds none of the files.
 */
export function csvImport(options: CsvImportOptions): ImportSource {
  const { folder, source } = options;
  const known: readonly CsvFile[] = Object.values<CsvFile>(csvFiles);
  if (!known.some((table) => hasTable(folder, table))) {
    const names = known.map(({ file }) => file).join(', ');
    throw new ImportRefused(`${folder} holds none of ${names}.`);
  }
  const reading = new Reading(options);
  const fractionDone = (): number => reading.filesDone / known.length;
  return { source, steps: reading.steps(), fractionDone };
}

class Reading {
  filesDone = 0;
  readonly #options: CsvImportOptions;

  constructor(options: CsvImportOptions) {
    this.#options = options;
  }

  async *steps(): Steps {
    yield dayFact(this.#options.day);
    yield* this.#events(csvFiles.calendars, 'calendar.changed.v1');
    yield* this.#events(csvFiles.coverageGroups, 'coverageGroup.changed.v1', { settings: {} });
    yield* this.#events(csvFiles.items, 'item.changed.v1');
    yield* this.#boms();
    yield* this.#events(csvFiles.counts, 'stock.counted.v1');
    yield* this.#events(csvFiles.transactions, 'inventory.transaction.changed.v1');
    yield planFact;
  }

  async *#events(file: CsvFile, type: EventType, unless: object = {}): Steps {
    for await (const { place, row, fault } of this.#rows(file)) {
      yield { kind: 'row', place };
      if (fault !== undefined) {
        yield { kind: 'refused', place, fault };
      } else {
        const { version, data } = row;
        const event = { type, version, data: { ...unless, ...data } };
        yield { kind: 'event', event, places: [place] };
      }
    }
  }

  async *#boms(): Steps {
    const linesOf = new Map<string, BomLines>();
    yield* this.#bomLines(linesOf);
    for await (const { place, row, fault } of this.#rows(csvFiles.boms)) {
      yield { kind: 'row', place };
      if (fault !== undefined) {
        yield { kind: 'refused', place, fault };
        continue;
      }
      const { version, data } = row;
      const id = String(data['id']);
      const { lines, places } = linesOf.get(id) ?? { lines: [], places: [] };
      linesOf.delete(id);
      const event = { type: 'bom.changed.v1' as const, version, data: { ...data, lines } };
      yield { kind: 'event', event, places: [place, ...places] };
    }
    for (const [id, { places }] of linesOf) {
      const reason = `No row of ${csvFiles.boms.file} that can be read has the id ${id}.`;
      for (const place of places) {
        yield { kind: 'refused', place, fault: { code: 'UNKNOWN_BOM', reason } };
      }
    }
  }

  async *#bomLines(linesOf: Map<string, BomLines>): Steps {
    for await (const { place, row, fault } of this.#rows(csvFiles.bomLines)) {
      yield { kind: 'row', place };
      if (fault !== undefined) {
        yield { kind: 'refused', place, fault };
        continue;
      }
      const { bom, ...line } = row.data;
      const own = linesOf.get(String(bom)) ?? { lines: [], places: [] };
      linesOf.set(String(bom), own);
      own.lines.push(line);
      own.places.push(place);
    }
  }

  /** The rows of a file; none if the folder does not hold it. */
  async *#rows(file: CsvFile): AsyncGenerator<CsvRow<CsvFacts>, void, void> {
    if (hasTable(this.#options.folder, file)) {
      yield* readCsv(this.#options.folder, tableOf(file));
    }
    this.filesDone += 1;
  }
}

function tableOf({ file, columns }: CsvFile): CsvTable<CsvFacts> {
  const named = (isRequired: boolean): string[] =>
    columns.filter((one) => (one.isRequired ?? false) === isRequired).map(({ column }) => column);
  return {
    file,
    columns: named(true),
    optional: named(false),
    read(cells) {
      const { version, ...data } = dataOf(columns, cells);
      return { version: typeof version === 'number' ? version : 1, data };
    },
  };
}
