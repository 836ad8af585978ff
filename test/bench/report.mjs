// Figures as a table, and what they come to.
import { cpus, loadavg, totalmem } from 'node:os';
import { isMet } from './figures.mjs';

export function machine() {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return {
    cpu: cpu?.model ?? '',
    cores: cpus().length,
    memory,
    node: process.version,
    load: load(),
  };
}

/** Load averages of 1, 5 and 15 minutes: what else the machine was doing. */
export function load() {
  return loadavg().map((value) => Math.round(value * 100) / 100);
}

export function tableOf(figures) {
  const rows = figures.map((one) => [
    one.dataSet ?? '',
    one.figure,
    numberText(one.value),
    one.unit,
    one.spread === undefined
      ? ''
      : `${numberText(one.spread.least)} .. ${numberText(one.spread.most)}`,
    markText(one),
    one.hash?.slice(0, 8) ?? '',
  ]);
  const head = ['data set', 'figure', 'value', 'unit', 'spread', 'mark', 'orders'];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column].length)),
  );
  const line = (row) => row.map((text, column) => pad(text, widths[column], column)).join('  ');
  return [line(head), ...rows.map(line)].map((text) => text.trimEnd()).join('\n');
}

/** Values and spreads stand to the right. */
function pad(text, width, column) {
  return column === 2 || column === 4 ? text.padStart(width) : text.padEnd(width);
}

function numberText(value) {
  if (value >= 1000) return value.toFixed(0);
  return value >= 100 ? value.toFixed(1) : value.toFixed(value >= 10 ? 2 : 3);
}

function markText(one) {
  if (one.void !== undefined) return 'VOID';
  const met = isMet(one);
  if (met === undefined) return '';
  const bound = one.mark.most === undefined ? `>= ${one.mark.least}` : `<= ${one.mark.most}`;
  return `${bound} ${met ? 'met' : 'MISSED'}`;
}

export function summaryOf(figures) {
  const voids = figures.filter((one) => one.void !== undefined);
  const missed = figures.filter((one) => isMet(one) === false);
  return {
    figures: figures.length,
    void: voids.map((one) => `${one.dataSet ?? ''}, ${one.figure}: ${one.void}`),
    ratiosMissed: missed.filter((one) => one.isRatio === true).length,
    marksMissed: missed.length,
  };
}
