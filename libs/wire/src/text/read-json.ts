import { failed, success, type Result } from '@tidemark/kernel';
import { wireRefusal, type WireRefusal } from '../refusal.js';
import { eventTextLimits, scanJson, type JsonLimits } from './scan-json.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of bytes that are UTF-8; refused otherwise (UTF-16, cut characters). */
export function readText(bytes: Uint8Array): Result<string, WireRefusal> {
  try {
    return success(utf8.decode(bytes));
  } catch {
    return failed(
      wireRefusal({
        rule: 'ENCODING',
        field: '',
        message: 'The bytes are not UTF-8.',
        remedy: 'Send UTF-8 without a byte order mark.',
      }),
    );
  }
}

/** Reads one JSON text, after the scan for what the parser does not tell. */
export function readJson(
  text: string,
  limits: JsonLimits = eventTextLimits,
): Result<unknown, WireRefusal> {
  const found = scanJson(text, limits);
  if (found !== undefined) return failed(found);
  try {
    const value: unknown = JSON.parse(text);
    return success(value);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return failed(
      wireRefusal({
        rule: 'JSON_SYNTAX',
        field: '',
        message: `The text is not JSON: ${message.slice(0, 120)}.`,
        remedy: 'Send one JSON object per event, as UTF-8 without a byte order mark.',
      }),
    );
  }
}

/** Bounds of one request body with many events, above those of each. */
export const bodyLimits = { characters: 64_000_000, events: 10_000 } as const;

/** Reads a body that is one event or an array of up to 10,000. */
export function readEvents(text: string): Result<readonly unknown[], WireRefusal> {
  const limits = { ...eventTextLimits, ...bodyLimits, depth: eventTextLimits.depth + 1 };
  const read = readJson(text, limits);
  if (!read.ok) return read;
  const events: readonly unknown[] = Array.isArray(read.value) ? read.value : [read.value];
  if (events.length <= bodyLimits.events) return success(events);
  return failed(
    wireRefusal({
      rule: 'TOO_MANY_EVENTS',
      field: '',
      message: `${events.length} events in one body; at most ${bodyLimits.events} are taken.`,
      remedy: 'Send them as an NDJSON stream, or in several requests.',
      values: { events: String(events.length) },
    }),
  );
}
