import type { NodeRows, OrderRow } from '@tidemark/planning';

const dimensionOrder = ['configuration', 'size', 'color', 'style', 'site', 'warehouse'] as const;

export interface Place {
  readonly item: string;
  readonly dimensions: Partial<Record<string, string | undefined>>;
}

export function nodeName({ item, dimensions }: Place): string {
  const named = dimensionOrder.filter((name) => (dimensions[name] ?? '') !== '');
  if (named.length === 0) return item;
  return `${item}[${named.map((name) => `${name}=${dimensions[name]}`).join(';')}]`;
}

const firm = 'firm/';

/** Parts of a name `<order>/<line>`. */
function splitLine(name: string): readonly [string, string] {
  const slash = name.lastIndexOf('/');
  return [name.slice(0, Math.max(0, slash)), name.slice(slash)];
}

/**
 * Orders by their content, as the reference names them (MO-14), and by the ids of the engine. A
 * name once learned stays: firming makes transactions of orders that are no more.
 */
export class OrderNames {
  readonly #nameOf = new Map<string, string>();
  readonly #idOf = new Map<string, string>();

  learn(rows: readonly NodeRows[]): void {
    const orders = rows.flatMap((node) => node.orders);
    const unknown = new Map(orders.map((order) => [order.id, order]));
    for (const order of orders) this.#learnOrder(order, unknown);
  }

  #learnOrder(order: OrderRow, unknown: Map<string, OrderRow>): void {
    if (this.#nameOf.has(order.id)) return;
    const parent = unknown.get(splitLine(order.opener)[0]);
    if (parent !== undefined) this.#learnOrder(parent, unknown);
    const created = order.ordinal === 0;
    const name = created
      ? order.id
      : `${nodeName(order)}|${this.nameOf(order.opener)}|${order.ordinal}`;
    this.#nameOf.set(order.id, name);
    this.#idOf.set(name, order.id);
  }

  /** The name of an order, of one of its lines, or of what firming made of them. */
  nameOf(id: string): string {
    return translated(id, this.#nameOf);
  }

  /** The engine's id of what has this name. */
  idOf(name: string): string {
    return translated(name, this.#idOf);
  }
}

function translated(text: string, words: ReadonlyMap<string, string>): string {
  if (text.startsWith(firm)) return `${firm}${translated(text.slice(firm.length), words)}`;
  const whole = words.get(text);
  if (whole !== undefined) return whole;
  const [order, line] = splitLine(text);
  const known = words.get(order);
  return known === undefined ? text : `${known}${line}`;
}
