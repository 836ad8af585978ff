import {
  compareText,
  dimensionsKey,
  formatPlanDay,
  formatQuantity,
  type Dimensions,
} from '@tidemark/kernel';
import type { MessageRow, NodeRows, OrderRow, PlanView, RequirementRow } from '@tidemark/planning';
import { writeNamed } from '@tidemark/wire';
import { PegIndex } from './peg-index.js';

/** A row as it goes out, and its place in the list: texts compare as the rows are listed. */
export interface ListedRow {
  readonly key: string;
  readonly row: unknown;
}

export const listNames = ['orders', 'requirements', 'coverage', 'messages', 'stock'] as const;
export type ListName = (typeof listNames)[number];

type Lister = (rows: readonly NodeRows[]) => ListedRow[];

const listers: Readonly<Record<ListName, Lister>> = {
  orders: (nodes) => nodes.flatMap(({ orders }) => orders.map(listedOrder)),
  requirements: (nodes) => nodes.flatMap(({ requirements }) => profileOf(requirements)),
  coverage: (nodes) =>
    nodes.flatMap(({ coverage }) =>
      coverage.map((row) => listed(row, [placeOf(row), row.demand, row.supply])),
    ),
  messages: (nodes) => nodes.flatMap(({ messages }) => messages.map(listedMessage)),
  stock: (nodes) => nodes.flatMap(({ requirements }) => stockOf(requirements)),
};

/** The lists of one revision of a plan; the whole ones are kept, those of an item are not. */
export class PlanLists {
  readonly #view: PlanView;
  readonly #revision: number;
  readonly #tidemark: string;
  readonly #whole = new Map<ListName, readonly ListedRow[]>();
  #nodes: readonly NodeRows[] | undefined;
  #pegs: PegIndex | undefined;

  constructor(view: PlanView) {
    this.#view = view;
    this.#revision = view.revision;
    this.#tidemark = view.tidemark;
  }

  isOf({ revision, tidemark }: PlanView): boolean {
    return revision === this.#revision && tidemark === this.#tidemark;
  }

  list(name: ListName, item?: string): readonly ListedRow[] {
    if (item !== undefined) return sorted(listers[name](this.#view.rowsOf(item)));
    const kept = this.#whole.get(name);
    if (kept !== undefined) return kept;
    const made = sorted(listers[name](this.#allNodes()));
    this.#whole.set(name, made);
    return made;
  }

  pegs(): PegIndex {
    this.#pegs ??= new PegIndex(this.#allNodes());
    return this.#pegs;
  }

  #allNodes(): readonly NodeRows[] {
    this.#nodes ??= this.#view.rowsOf();
    return this.#nodes;
  }
}

interface Placed {
  readonly item: string;
  readonly dimensions: Dimensions;
}

// Ids hold no control characters, so a row of texts joined by one compares text by text.
const joint = '\u0000';

function listed(row: Placed, key: readonly string[], more: object = {}): ListedRow {
  const written = writeNamed(row);
  const shown = typeof written === 'object' ? { ...written, ...more } : written;
  return { key: key.join(joint), row: shown };
}

function placeOf({ item, dimensions }: Placed): string {
  return `${item}${joint}${dimensionsKey(dimensions)}`;
}

function listedOrder(row: OrderRow): ListedRow {
  return listed(row, [placeOf(row), formatPlanDay(row.requirementDate), row.id]);
}

function listedMessage(row: MessageRow): ListedRow {
  const about = row.kind === 'action' ? row.order : row.requirement;
  return listed(row, [placeOf(row), row.kind, about, row.kind === 'action' ? row.action : '']);
}

/**
 * The requirement profile of a node: by date, receipts of a day first, with what is on hand after
 * each row. Safety stock is wanted, not taken, and what is on hold does not move: both leave the
 * accumulated quantity as it is.
 */
function profileOf(requirements: readonly RequirementRow[]): ListedRow[] {
  const ordered = requirements
    .map((row) => ({ row, key: profileKey(row) }))
    .sort((left, right) => compareText(left.key, right.key));
  let accumulated = 0;
  return ordered.map(({ row, key }) => {
    const counts = row.kind !== 'safetyStock' && row.held !== true;
    if (counts) accumulated += row.direction === 'issue' ? -row.quantity : row.quantity;
    return listed(row, [key], { accumulated: formatQuantity(accumulated) });
  });
}

function profileKey(row: RequirementRow): string {
  const date = row.date === undefined ? '' : formatPlanDay(row.date);
  const side = row.direction === 'receipt' ? '0' : '1';
  return [placeOf(row), date, side, row.kind, row.id].join(joint);
}

function stockOf(requirements: readonly RequirementRow[]): ListedRow[] {
  return requirements
    .filter(({ kind }) => kind === 'onHand')
    .map(({ item, dimensions, quantity, free }) =>
      listed({ item, dimensions }, [placeOf({ item, dimensions })], {
        onHand: formatQuantity(quantity),
        ...(free === undefined ? {} : { free: formatQuantity(free) }),
      }),
    );
}

function sorted(rows: ListedRow[]): readonly ListedRow[] {
  return rows.sort((left, right) => compareText(left.key, right.key));
}
