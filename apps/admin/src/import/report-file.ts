import { closeSync, openSync, writeSync } from 'node:fs';

const flushCharacters = 64_000;

/** The report of an import, one JSON object a line, written as it comes. */
export interface ReportFile {
  readonly path: string;
  readonly lines: number;
  write(line: object): void;
  close(): void;
}

export function openReport(path: string): ReportFile {
  const file = openSync(path, 'w');
  let waiting = '';
  let lines = 0;
  const flush = (): void => {
    if (waiting !== '') writeSync(file, waiting);
    waiting = '';
  };
  return {
    path,
    get lines() {
      return lines;
    },
    write(line) {
      waiting += `${JSON.stringify(line)}\n`;
      lines += 1;
      if (waiting.length >= flushCharacters) flush();
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}
