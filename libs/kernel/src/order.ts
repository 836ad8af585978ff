const firstSurrogate = 0xd800;

/**
 * Compares two texts by code point: negative, zero or positive.
 *
 * Plain `<` compares UTF-16 units, which puts U+FFFF after U+10000; every order of ids in a plan is
 * by code point (NE-2, NE-7), so that other languages get the same plan.
 */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const ofLeft = left.charCodeAt(at);
    const ofRight = right.charCodeAt(at);
    if (ofLeft === ofRight) continue;
    const surrogates = Number(ofLeft >= firstSurrogate) + Number(ofRight >= firstSurrogate);
    return surrogates < 2 ? ofLeft - ofRight : compareCodePoints(left, right);
  }
  return left.length - right.length;
}

/** The slow way, for texts whose first difference lies among or above the surrogates. */
function compareCodePoints(left: string, right: string): number {
  const ofLeft = Array.from(left, codePoint);
  const ofRight = Array.from(right, codePoint);
  const shared = Math.min(ofLeft.length, ofRight.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (ofLeft[at] ?? 0) - (ofRight[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return ofLeft.length - ofRight.length;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

export function compareNumbers(left: number, right: number): number {
  return left - right;
}

/** First index in ascending `values` whose value is not below `wanted`. */
export function lowerBound(values: ArrayLike<number>, wanted: number, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
