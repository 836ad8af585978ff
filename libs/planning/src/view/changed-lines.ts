import type { CoverageRow, MessageRow, OrderRow, RequirementRow } from '../api/rows.js';
import type { Change } from '../api/runs.js';
import type { QuantityColumn } from '../state/node-plan.js';
import { changedCoverage, numbersOfLine, type ChangedCoverage } from './coverage-changes.js';
import { lastingImages } from './lasting-images.js';
import { messageChanges } from './message-changes.js';
import type { NodeImage } from './node-image.js';
import { coverageRow, demandRow, heldRow, orderRow, supplyRow } from './node-rows.js';
import {
  changedDemands,
  changedHeld,
  changedOrders,
  changedSupplies,
  type ChangedRows,
  type NodeImages,
  type NodeMatches,
} from './row-changes.js';

/**
 * The changed lines of one node. They are found as numbers when a run ends, and put into words when
 * somebody reads them: a run that nobody is told of (folding again, verifying) makes no words, and
 * whoever stores a revision has the words of few nodes at a time. Nodes and orders do not change
 * any more; of transactions it keeps what they were.
 */
export class ChangedLines {
  readonly #images: NodeImages;
  readonly #orders: ChangedRows;
  readonly #demands: ChangedRows;
  readonly #supplies: ChangedRows;
  readonly #held: ChangedRows;
  readonly #coverage: ChangedCoverage;
  readonly messages: readonly Change<MessageRow>[];
  #orderLines: readonly Change<OrderRow>[] | undefined;
  #requirementLines: readonly Change<RequirementRow>[] | undefined;
  #coverageLines: readonly Change<CoverageRow>[] | undefined;

  constructor(images: NodeImages, matches: NodeMatches) {
    this.#orders = changedOrders(images, matches);
    this.#demands = changedDemands(images, matches);
    this.#supplies = changedSupplies(images, matches);
    this.#held = changedHeld(images);
    this.#coverage = changedCoverage(images, matches);
    this.messages = messageChanges(images, matches);
    this.#images = lastingImages(images, this.#demands, this.#supplies, this.#held);
  }

  get isEmpty(): boolean {
    return (
      this.messages.length === 0 &&
      isNone(this.#orders) &&
      isNone(this.#demands) &&
      isNone(this.#supplies) &&
      isNone(this.#held) &&
      isNone(this.#coverage)
    );
  }

  get orders(): readonly Change<OrderRow>[] {
    this.#orderLines ??= replacing(
      this.#found(this.#orders, orderRow).concat(this.#gone(this.#orders, orderRow)),
    );
    return this.#orderLines;
  }

  /** First what came or changed, then what went. */
  get requirements(): readonly Change<RequirementRow>[] {
    this.#requirementLines ??= this.#tellRequirements();
    return this.#requirementLines;
  }

  get coverage(): readonly Change<CoverageRow>[] {
    this.#coverageLines ??= this.#tellCoverage();
    return this.#coverageLines;
  }

  #tellRequirements(): readonly Change<RequirementRow>[] {
    const lines = this.#found(this.#demands, demandRow).concat(
      this.#found(this.#supplies, supplyRow),
      this.#found(this.#held, heldRow),
      this.#gone(this.#demands, demandRow),
      this.#gone(this.#supplies, supplyRow),
      this.#gone(this.#held, heldRow),
    );
    return isNone(this.#held) ? lines : joined(lines);
  }

  #tellCoverage(): readonly Change<CoverageRow>[] {
    const { found, gone } = this.#coverage;
    const lines: Change<CoverageRow>[] = [];
    for (let at = 0; at < found.length; at += 2 * numbersOfLine) {
      const after = coverageLine(this.#images.after, found, at + numbersOfLine);
      const key = keyOf(after);
      if ((found[at] ?? -1) < 0) lines.push({ key, after });
      else lines.push({ key, before: coverageLine(this.#images.before, found, at), after });
    }
    for (let at = 0; at < gone.length; at += numbersOfLine) {
      const before = coverageLine(this.#images.before, gone, at);
      lines.push({ key: keyOf(before), before });
    }
    return lines;
  }

  #found<Row extends { readonly id: string }>(
    { found }: ChangedRows,
    line: (image: NodeImage, row: number) => Row,
  ): Change<Row>[] {
    const { before, after } = this.#images;
    const lines: Change<Row>[] = [];
    for (let at = 0; at < found.length; at += 2) {
      const was = found[at] ?? -1;
      const now = line(after, found[at + 1] ?? 0);
      if (was < 0) lines.push({ key: now.id, after: now });
      else lines.push({ key: now.id, before: line(before, was), after: now });
    }
    return lines;
  }

  #gone<Row extends { readonly id: string }>(
    { gone }: ChangedRows,
    line: (image: NodeImage, row: number) => Row,
  ): Change<Row>[] {
    return Array.from(gone, (row) => {
      const was = line(this.#images.before, row);
      return { key: was.id, before: was };
    });
  }
}

/** A line put on hold or released went in one place and came in another: it is one change. */
function joined(found: readonly Change<RequirementRow>[]): readonly Change<RequirementRow>[] {
  const gone = new Map(
    found.flatMap((change) => (change.after === undefined ? [[change.key, change.before]] : [])),
  );
  const came = new Set(
    found.flatMap(({ key, before }) => (before === undefined && gone.has(key) ? [key] : [])),
  );
  return found.flatMap((change) => {
    if (!came.has(change.key)) return [change];
    if (change.after === undefined) return [];
    const before = gone.get(change.key);
    return [before === undefined ? change : { ...change, before }];
  });
}

function isNone({ found, gone }: ChangedRows | ChangedCoverage): boolean {
  return found.length === 0 && gone.length === 0;
}

/** The line of coverage that stands at a place among numbers. */
function coverageLine(image: NodeImage, lines: QuantityColumn, at: number): CoverageRow {
  const [demand, supply, quantity] = [lines[at] ?? -1, lines[at + 1] ?? -1, lines[at + 2] ?? 0];
  return coverageRow(image, { demand, supply, quantity });
}

function keyOf({ demand, supply }: CoverageRow): string {
  return `${demand}\u0000${supply}`;
}

/** Pairs an order that came with one that went: same date and ordinal, another opener (law 7). */
function replacing(found: readonly Change<OrderRow>[]): readonly Change<OrderRow>[] {
  const gone = new Map<string, string>();
  for (const { key, before, after } of found) {
    if (before === undefined || after !== undefined) continue;
    const place = placeOf(before);
    if (!gone.has(place)) gone.set(place, key);
  }
  if (gone.size === 0) return found;
  return found.map((change) => {
    if (change.before !== undefined || change.after === undefined) return change;
    const replaces = gone.get(placeOf(change.after));
    return replaces === undefined ? change : { ...change, replaces };
  });
}

function placeOf({ requirementDate, ordinal }: OrderRow): string {
  return `${requirementDate}/${ordinal}`;
}
