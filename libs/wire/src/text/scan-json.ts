import { wireRefusal, type WireRefusal } from '../refusal.js';

/** Bounds of a JSON text that comes in. Characters are UTF-16 units. */
export interface JsonLimits {
  readonly characters: number;
  readonly depth: number;
  readonly keysPerObject: number;
}

/** Bounds of one event. */
export const eventTextLimits: JsonLimits = { characters: 900_000, depth: 32, keysPerObject: 1_000 };

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
const comma = 44;
const minus = 45;
const significantDigitsMax = 15;

/**
 * One pass over a JSON text before it is parsed, for what `JSON.parse` does not tell: nesting,
 * keys given twice, numbers that lose digits. It does not check the grammar; the parser does.
 */
export function scanJson(text: string, limits: JsonLimits): WireRefusal | undefined {
  if (text.length > limits.characters) return tooLong(text.length, limits.characters);
  const keys = new OpenKeys(limits.keysPerObject);
  const hasEscapes = text.includes('\\');
  let depth = 0;
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = hasEscapes ? endOfString(text, at + 1) : endOfPlainString(text, at + 1);
      if (expectsKey) {
        const failure = keys.take(text, at, end, hasEscapes);
        if (failure !== undefined) return failure;
        expectsKey = false;
      }
      at = end;
    } else if (code === comma) {
      expectsKey = keys.inObject;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > limits.depth) return tooDeep(limits.depth);
      expectsKey = code === openBrace;
      keys.open(expectsKey);
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      expectsKey = false;
      keys.close();
    } else if ((code >= 48 && code <= 57) || code === minus) {
      const end = endOfNumber(text, at + 1);
      const failure = checkNumber(text, at, end);
      if (failure !== undefined) return failure;
      at = end - 1;
    }
  }
  return undefined;
}

function endOfPlainString(text: string, from: number): number {
  const end = text.indexOf('"', from);
  return end < 0 ? text.length : end;
}

/** Index of the closing quote, or the text's length if there is none. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}

function endOfNumber(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isPart = (code >= 43 && code <= 57 && code !== comma) || code === 101 || code === 69;
    if (!isPart) break;
  }
  return at;
}

// A whole number of up to 15 digits, or a decimal one of up to 15, survives being a double.
function checkNumber(text: string, from: number, to: number): WireRefusal | undefined {
  let digits = 0;
  let exact = true;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 101 || code === 69) exact = false;
    else if (code >= 48 && code <= 57) digits += 1;
  }
  if (exact && digits <= significantDigitsMax) return undefined;
  const token = text.slice(from, to);
  if (/^-?\d{16}$/.test(token) && Number.isSafeInteger(Number(token))) return undefined;
  return inexact(token.slice(0, 40));
}

// One scan at a time needs these: a scan is synchronous. Depth is at most 64, open keys are at
// most `depth * keysPerObject`; the columns grow when a caller asks for more.
let keyStarts = new Int32Array(4_096);
let keyEnds = new Int32Array(4_096);
let keyMarks = new Int32Array(4_096);
const frames: number[] = [];

/** The keys of the objects that are open, by place in the text: nothing is copied. */
class OpenKeys {
  #count = 0;
  #depth = 0;
  /** Where the keys of the innermost open object begin; -1 in an array. */
  #first = -1;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get inObject(): boolean {
    return this.#first >= 0;
  }

  open(isObject: boolean): void {
    frames[this.#depth] = this.#first;
    this.#depth += 1;
    this.#first = isObject ? this.#count : -1;
  }

  close(): void {
    if (this.#first >= 0) this.#count = this.#first;
    if (this.#depth === 0) return;
    this.#depth -= 1;
    this.#first = frames[this.#depth] ?? -1;
  }

  /** Takes the key between two quotes; refused if the object has it or too many. */
  take(text: string, from: number, to: number, hasEscapes: boolean): WireRefusal | undefined {
    if (hasEscapes && text.slice(from, to).includes('\\')) {
      return escapedKey(text.slice(from, to + 1));
    }
    // Keys of one length that begin and end alike are rare: only those are compared in full.
    const length = to - from;
    const mark = (text.charCodeAt(from + 1) << 16) ^ (text.charCodeAt(to - 1) << 8) ^ length;
    const first = Math.max(this.#first, 0);
    const count = this.#count;
    if (count - first >= this.#max) return tooManyKeys(this.#max);
    for (let index = first; index < count; index += 1) {
      if (keyMarks[index] !== mark) continue;
      const known = text.slice(keyStarts[index], keyEnds[index]);
      if (known === text.slice(from + 1, to)) return twice(known);
    }
    if (count === keyMarks.length) growColumns();
    keyStarts[count] = from + 1;
    keyEnds[count] = to;
    keyMarks[count] = mark;
    this.#count = count + 1;
    return undefined;
  }
}

function growColumns(): void {
  keyStarts = grown(keyStarts);
  keyEnds = grown(keyEnds);
  keyMarks = grown(keyMarks);
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

function tooLong(characters: number, max: number): WireRefusal {
  return wireRefusal({
    rule: 'TOO_LARGE',
    field: '',
    message: `The event has ${characters} characters; at most ${max} are taken.`,
    remedy: 'Split it, or leave out what is not of the contract.',
    values: { characters: String(characters) },
  });
}

function tooDeep(max: number): WireRefusal {
  return wireRefusal({
    rule: 'JSON_DEPTH',
    field: '',
    message: `The JSON text is nested deeper than ${max} levels.`,
    remedy: 'Send an event of the published schema; none is nested so deep.',
  });
}

function inexact(token: string): WireRefusal {
  return wireRefusal({
    rule: 'NUMBER_INEXACT',
    field: '',
    message: `The number ${token} cannot be read without losing digits.`,
    remedy: 'Send quantities and ids as text; whole numbers only up to 9007199254740991.',
    values: { number: token },
  });
}

function twice(key: string): WireRefusal {
  return wireRefusal({
    rule: 'DUPLICATE_KEY',
    field: key,
    message: `The key "${key}" stands twice in one object.`,
    remedy: 'Send each key once: readers differ in which of the two they take.',
  });
}

function escapedKey(key: string): WireRefusal {
  return wireRefusal({
    rule: 'UNKNOWN_PROPERTY',
    field: key.slice(1, -1).slice(0, 60),
    message: `The key ${key.slice(0, 60)} is written with an escape; no key of the contract is.`,
    remedy: 'Write keys as they are named in the published schema.',
  });
}

function tooManyKeys(max: number): WireRefusal {
  return wireRefusal({
    rule: 'UNKNOWN_PROPERTY',
    field: '',
    message: `An object has more than ${max} keys.`,
    remedy: 'Send an event of the published schema.',
  });
}
