import { failed, refusal, success, type Refusal, type Result } from './result.js';

declare const quantityBrand: unique symbol;

/**
 * A quantity in the item's inventory unit, exact: a whole number of millionths of the unit.
 * Sums and differences of quantities in range are exact (DESIGN section 5).
 */
export type Quantity = number & { readonly [quantityBrand]: 'Quantity' };

/** Millionths in one unit. */
export const unit = 1_000_000;
/** Largest quantity: 9,007,199,254.740991 units. */
export const quantityMax = Number.MAX_SAFE_INTEGER;

const decimalText = /^-?(0|[1-9]\d{0,9})(?:\.(\d+))?$/;
const decimalsMax = 6;

/** A quantity of so many millionths; for values computed inside, which are whole and in range. */
export function quantityOf(millionths: number): Quantity {
  return millionths as Quantity;
}

export const noQuantity = quantityOf(0);

/**
 * Reads a decimal text such as `12`, `0.75` or `-3`. No exponent, sign `+`, blank, leading zero.
 *
 * Refused with QTY_FORMAT (not such a text), QTY_SCALE (more than 6 decimals) or QTY_RANGE.
 */
export function parseQuantity(text: string): Result<Quantity, Refusal> {
  const match = decimalText.exec(text);
  if (match === null) {
    return /^-?\d{11,}(\.\d+)?$/.test(text) ? outOfRange(text) : badFormat(text);
  }
  const decimals = match[2] ?? '';
  if (decimals.length > decimalsMax) return tooFine(text);
  const whole = Math.abs(Number.parseInt(text, 10));
  const fraction = Number(decimals.padEnd(decimalsMax, '0'));
  const millionths = whole * unit + fraction;
  const exact = BigInt(whole) * BigInt(unit) + BigInt(fraction);
  if (exact > BigInt(quantityMax)) return outOfRange(text);
  return success(quantityOf(text.startsWith('-') && millionths !== 0 ? -millionths : millionths));
}

function badFormat(text: string): Result<never, Refusal> {
  return failed(
    refusal('QTY_FORMAT', `Quantity "${text}" is not a decimal number.`, {
      remedy: 'Send a text such as "12" or "0.75": digits, a point, at most 6 decimals.',
    }),
  );
}

function tooFine(text: string): Result<never, Refusal> {
  return failed(
    refusal('QTY_SCALE', `Quantity ${text} has more than ${decimalsMax} decimals.`, {
      remedy: 'Round it in the source; Tidemark never rounds silently.',
    }),
  );
}

function outOfRange(text: string): Result<never, Refusal> {
  return failed(
    refusal('QTY_RANGE', `Quantity ${text} is beyond 9007199254.740991 units.`, {
      remedy: 'Use a larger inventory unit for this item.',
    }),
  );
}

/** The plain decimal text of a quantity: no exponent, no trailing zeros, `0` for zero. */
export function formatQuantity(quantity: number): string {
  const size = Math.abs(quantity);
  const sign = quantity < 0 ? '-' : '';
  const whole = Math.floor(size / unit);
  const fraction = size - whole * unit;
  if (fraction === 0) return `${sign}${whole}`;
  return `${sign}${whole}.${String(fraction).padStart(decimalsMax, '0').replace(/0+$/, '')}`;
}

/** The smallest step of a quantity with so many decimals, in millionths. */
export function stepOfDecimals(decimals: number): number {
  return 10 ** (decimalsMax - decimals);
}

/** The least multiple of `step` that is not below `quantity` (both in millionths, step > 0). */
export function ceilTo(quantity: number, step: number): number {
  const rest = restOf(quantity, step);
  return rest === 0 ? quantity : quantity - rest + step;
}

/** The greatest multiple of `step` that is not above `quantity` (both at least 0). */
export function floorTo(quantity: number, step: number): number {
  return quantity - restOf(quantity, step);
}

/** What is left beyond whole steps, at least 0; exact. The remainder operator is much slower. */
function restOf(quantity: number, step: number): number {
  if (step === 1) return 0;
  const rest = quantity - Math.floor(quantity / step) * step;
  if (rest < 0) return rest + step;
  return rest >= step ? rest - step : rest;
}

/**
 * `left * right / divisor` rounded up to a whole number, exact whatever the size of the product.
 * All three are whole; the divisor is positive.
 */
export function multiplyDivideCeil(left: number, right: number, divisor: number): number {
  const times = left / divisor;
  const whole = times * right;
  // So many whole times, as most components go into their series.
  if (times * divisor === left && Number.isInteger(times) && Number.isSafeInteger(whole)) {
    return whole;
  }
  const product = left * right;
  if (Number.isSafeInteger(product)) {
    const rest = product % divisor;
    return (product - rest) / divisor + (rest > 0 ? 1 : 0);
  }
  const exact = BigInt(left) * BigInt(right);
  const by = BigInt(divisor);
  const quotient = exact / by;
  return Number(exact % by > 0n ? quotient + 1n : quotient);
}
