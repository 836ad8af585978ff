/**
 * Identity by content (DESIGN law 7): a 104-bit hash as two whole numbers below 2^52, so that
 * hundreds of thousands of orders get their ids without building a text. The mixing steps are
 * MurmurHash3's 32-bit finalizer on four lanes; it is not meant to withstand an attacker.
 */
export interface Identity {
  readonly high: number;
  readonly low: number;
  /** The text, once somebody has asked for it (`formatIdentity`). */
  text?: string | undefined;
}

const twoTo32 = 4294967296;
const idPattern = /^p[0-9a-f]{26}$/;
const halfDigits = 13;

const lanes = new Int32Array(4);

function mixInto(lane: number, value: number): void {
  let mixed = (lanes[lane] ?? 0) ^ Math.imul(value, 0xcc9e2d51);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  lanes[lane] = mixed ^ (mixed >>> 16);
}

/** Takes one 32-bit value into all four lanes, each in its own way. */
function absorb(value: number): void {
  const first = lanes[0] ?? 0;
  mixInto(0, value ^ (lanes[3] ?? 0));
  mixInto(1, value + 0x9e3779b9 + first);
  mixInto(2, (value << 15) ^ (value >>> 17) ^ (lanes[1] ?? 0));
  mixInto(3, ~value ^ (lanes[2] ?? 0));
}

function absorbNumber(value: number): void {
  absorb(value | 0);
  absorb(Math.floor(value / twoTo32) | 0);
}

function start(kind: number): void {
  lanes[0] = kind;
  lanes[1] = 0x2545f491;
  lanes[2] = 0x6c62272e;
  lanes[3] = 0x07bb0142;
}

function finish(): Identity {
  absorb(0x5bd1e995);
  absorb(0x1b873593);
  return {
    high: ((lanes[0] ?? 0) & 0xfffff) * twoTo32 + ((lanes[1] ?? 0) >>> 0),
    low: ((lanes[2] ?? 0) & 0xfffff) * twoTo32 + ((lanes[3] ?? 0) >>> 0),
    text: undefined,
  };
}

/** Identity of a text, character by character. */
export function identityOfText(text: string): Identity {
  const own = ownIdentity(text);
  if (own !== undefined) return own;
  start(1);
  for (let at = 0; at < text.length; at += 1) absorb(text.charCodeAt(at));
  return finish();
}

/** Identity made of other identities and a number, in this order. */
export function identityOf(first: Identity, second: Identity, number: number): Identity {
  start(2);
  absorbNumber(first.high);
  absorbNumber(first.low);
  absorbNumber(second.high);
  absorbNumber(second.low);
  absorbNumber(number);
  return finish();
}

/** Character codes of the hexadecimal digits. */
const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const letterCode = 'p'.charCodeAt(0);
const textCodes = new Array<number>(1 + 2 * halfDigits).fill(letterCode);

/** The text of an identity, as it is shown: `p` and 26 hexadecimal digits. */
export function formatIdentity(identity: Identity): string {
  if (identity.text !== undefined) return identity.text;
  putHalf(identity.high, 1);
  putHalf(identity.low, 1 + halfDigits);
  identity.text = String.fromCharCode(...textCodes);
  return identity.text;
}

/** Digit by digit: `toString(16)` of a number beyond 2^31 takes some thirty times as long. */
function putHalf(value: number, from: number): void {
  let top = Math.floor(value / twoTo32);
  for (let at = from + halfDigits - 9; at >= from; at -= 1) {
    textCodes[at] = digits[top & 15] ?? 0;
    top >>>= 4;
  }
  let bottom = value | 0;
  for (let at = from + halfDigits - 1; at > from + halfDigits - 9; at -= 1) {
    textCodes[at] = digits[bottom & 15] ?? 0;
    bottom >>>= 4;
  }
}

/** The identity whose text this is; undefined for any other text. */
function ownIdentity(text: string): Identity | undefined {
  if (!idPattern.test(text)) return undefined;
  return {
    high: Number.parseInt(text.slice(1, 1 + halfDigits), 16),
    low: Number.parseInt(text.slice(1 + halfDigits), 16),
    text,
  };
}
