// What a figure is, and how times are taken for it.

/**
 * One measured value. `mark` is what it is held against: `most` or `least`; a mark on a ratio is
 * asserted, one on a time or rate is only told, because machines differ. `void`: why it does not
 * count.
 */
export function figure(name, value, unit, more = {}) {
  return { figure: name, value, unit, ...more };
}

export function isMet({ value, mark }) {
  if (mark === undefined) return undefined;
  return mark.most !== undefined ? value <= mark.most : value >= mark.least;
}

/** CPU milliseconds (user and system, all threads of the process) and wall milliseconds. */
export function timed(action) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = action();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { value, wall, cpu: (user + system) / 1000 };
}

/** Clears away what earlier work left behind, so that nobody pays for another's garbage. */
export function clearGarbage() {
  globalThis.gc?.();
}

export function median(values) {
  return at(ascending(values), 0.5);
}

/** Least and greatest value. */
export function spreadOf(values) {
  return { least: Math.min(...values), most: Math.max(...values) };
}

/** The value below which this part of all values lies. */
export function at(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function ascending(values) {
  return Float64Array.from(values).sort();
}

/** Slope of the straight line through (log size, log cost): the exponent of the cost. */
export function exponentOf(points) {
  const logs = points.map(({ size, cost }) => [Math.log(size), Math.log(cost)]);
  const middle = (index) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [sizes, costs] = [middle(0), middle(1)];
  let above = 0;
  let below = 0;
  for (const [size, cost] of logs) {
    above += (size - sizes) * (cost - costs);
    below += (size - sizes) ** 2;
  }
  return above / below;
}
