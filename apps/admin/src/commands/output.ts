import { once } from 'node:events';

/** Writes one line of the answer to standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes the answer as one JSON document. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value, undefined, 2));
}

const charactersPerWrite = 64_000;

/** Writes many lines, no faster than the reader takes them. */
export async function sayLines(lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  let waiting = '';
  for await (const line of lines) {
    waiting += `${line}\n`;
    if (waiting.length < charactersPerWrite) continue;
    const isTaken = process.stdout.write(waiting);
    waiting = '';
    if (!isTaken) await once(process.stdout, 'drain');
  }
  if (waiting !== '') process.stdout.write(waiting);
}

export type Cell = string | number | undefined;

/** Rows under their headings, columns padded; numbers stand to the right. */
export function tableOf(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map((cell) => (cell === undefined ? '' : String(cell))));
  const widths = headings.map((heading, column) =>
    texts.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), heading.length),
  );
  const isNumber = headings.map((_, column) =>
    rows.every((row) => typeof row[column] === 'number'),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber[column] === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), ...texts.map(line)].join('\n');
}
