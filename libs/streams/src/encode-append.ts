import { AppendRefused } from './errors.js';
import { appendLimits, nameLimits } from './limits.js';
import { noEvents } from './event-store.js';
import type { ExpectedRevision } from './event-store.js';
import type { EventMeta, NewEvent } from './stored-event.js';

/** A checked append in columns, serialised once: what adapters write. */
export interface EncodedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly metaTexts: readonly string[];
  readonly dataTexts: readonly string[];
  /** UTF-16 units of the data and meta texts: a cheap stand-in for their bytes. */
  readonly units: number;
}

/**
 * Checks an append against the bounds of the port and serialises it.
 *
 * @throws AppendRefused with the rule, the value and the remedy.
 */
export function encodeAppend(
  stream: string,
  events: readonly NewEvent[],
  expected: ExpectedRevision,
): EncodedAppend {
  checkName('stream name', stream, nameLimits.stream);
  if (!Number.isSafeInteger(expected) || expected < noEvents) {
    refuse(`Expected revision ${expected} of ${stream} is not -1 (empty) or a revision.`);
  }
  if (events.length === 0) refuse(`An append to ${stream} has no events. Leave it out.`);
  if (events.length > appendLimits.events) {
    refuse(
      `${events.length} events in one append to ${stream}; at most ${appendLimits.events}. ` +
        'Use appendInChunks.',
    );
  }
  const columns = encodeColumns(stream, events);
  checkBytes(stream, columns);
  return { stream, expected, ...columns };
}

type Columns = Omit<EncodedAppend, 'stream' | 'expected'>;

function encodeColumns(stream: string, events: readonly NewEvent[]): Columns {
  const ids: string[] = [];
  const types: string[] = [];
  const metaTexts: string[] = [];
  const dataTexts: string[] = [];
  let units = 0;
  let lastMeta: EventMeta | undefined;
  let lastMetaText = '{}';
  let lastType: string | undefined;
  for (const event of events) {
    checkName('event id', event.id, nameLimits.id);
    if (event.type !== lastType) checkName('event type', event.type, nameLimits.type);
    lastType = event.type;
    if (event.meta !== lastMeta) {
      lastMeta = event.meta;
      lastMetaText = lastMeta === undefined ? '{}' : jsonText(lastMeta, stream, event.id);
    }
    const dataText = dataTextOf(event, stream);
    ids.push(event.id);
    types.push(event.type);
    metaTexts.push(lastMetaText);
    dataTexts.push(dataText);
    units += dataText.length + lastMetaText.length;
  }
  if (ids.length > 1 && new Set(ids).size < ids.length) {
    refuse(`An append to ${stream} holds one event id twice. An id names one event.`);
  }
  return { ids, types, metaTexts, dataTexts, units };
}

function dataTextOf(event: NewEvent, stream: string): string {
  if (!('dataText' in event)) return jsonText(event.data, stream, event.id);
  const { dataText } = event;
  if (dataText === '' || halfSurrogate.test(dataText)) {
    refuse(`The data text of event ${event.id} for ${stream} is not JSON text.`);
  }
  // A line break in JSON text can only be white space between values; adapters join by line breaks.
  return dataText.includes('\n') ? dataText.replaceAll('\n', ' ') : dataText;
}

/** Data text of an event to be; undefined, functions, BigInt and cycles are refused. */
function jsonText(value: unknown, stream: string, id: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new AppendRefused(`Event ${id} for ${stream} holds what JSON cannot say: ${cause}.`);
  }
  if (text === undefined) {
    refuse(`Event ${id} for ${stream} holds ${typeof value}, which JSON cannot say. Use null.`);
  }
  return text;
}

// One UTF-16 unit is at most three bytes of UTF-8, so most appends need no exact count.
function checkBytes(stream: string, columns: Columns): void {
  if (columns.units * 3 <= appendLimits.bytes) return;
  let bytes = 0;
  for (const text of columns.dataTexts) bytes += Buffer.byteLength(text);
  for (const text of columns.metaTexts) bytes += Buffer.byteLength(text);
  if (bytes <= appendLimits.bytes) return;
  refuse(
    `${bytes} bytes in one append to ${stream}; at most ${appendLimits.bytes}. ` +
      'Use appendInChunks, or smaller events.',
  );
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controlCharacter = /[\u0000-\u001f\u007f]/;
const halfSurrogate = /\p{Surrogate}/u;

function checkName(what: string, name: string, lengthMax: number): void {
  if (name.length === 0 || name.length > lengthMax) {
    refuse(`A ${what} has ${name.length} characters; it must have 1 to ${lengthMax}.`);
  }
  if (controlCharacter.test(name) || halfSurrogate.test(name)) {
    refuse(
      `The ${what} ${JSON.stringify(name)} holds a control character or half a surrogate pair.`,
    );
  }
}

function refuse(message: string): never {
  throw new AppendRefused(message);
}
