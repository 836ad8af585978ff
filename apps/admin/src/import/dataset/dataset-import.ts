import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { readJson } from '@tidemark/wire';
import { ImportRefused, type ImportSource, type ImportStep } from '../import-step.js';
import { DatasetMapping } from './dataset-mapping.js';

/** A file of the synthetic factory, one JSON object a line. */
export function datasetImport(path: string): ImportSource {
  if (!existsSync(path)) throw new ImportRefused(`${path} is missing.`);
  const progress = { bytes: 0, of: statSync(path).size };
  return {
    source: 'dataset',
    steps: stepsOf(path, progress),
    fractionDone: () => (progress.of === 0 ? 1 : Math.min(1, progress.bytes / progress.of)),
  };
}

async function* stepsOf(path: string, progress: { bytes: number }): AsyncGenerator<ImportStep> {
  const mapping = new DatasetMapping();
  const file = basename(path);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    progress.bytes += text.length + 1;
    if (text.trim() === '') continue;
    const place = { file, line };
    yield { kind: 'row', place };
    const read = readJson(text);
    if (!read.ok) {
      const { code, message } = read.failure;
      yield { kind: 'refused', place, fault: { code, reason: message } };
    } else if (!isObject(read.value)) {
      yield { kind: 'refused', place, fault: { code: 'VALUE', reason: 'The row is no object.' } };
    } else {
      const steps = mapping.row(read.value, place);
      if ('code' in steps) yield { kind: 'refused', place, fault: steps };
      else yield* steps;
    }
  }
  yield* mapping.end({ file, line });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
