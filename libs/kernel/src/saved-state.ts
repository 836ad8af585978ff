import { invariant, InvariantBroken } from './invariant.js';

/** A saved value: what JSON can say. */
export type SavedValue = null | boolean | number | string | readonly SavedValue[];

/**
 * Goes through the fields of a state in one order, to save them or to restore them: a class writes
 * one method for both, so that what is saved and what is restored cannot differ.
 *
 * Values are plain objects, lists, maps, sets and number columns; one that stands in several places
 * is saved once and comes back as one. Columns are copied.
 */
export interface StateExchange {
  /** While saving the present value; while restoring the saved one. */
  value<Value>(present: Value): Value;
  /** Saves the entries; restoring, puts them into the map, which is empty. */
  map<Key, Value>(map: Map<Key, Value>): void;
  set<Value>(set: Set<Value>): void;
  list<Value>(list: Value[]): void;
  /** An object that is filled elsewhere: others may refer to it from now on, it is not saved. */
  known(object: object): void;
}

const tags = {
  undefined: 'u',
  number: 'n',
  known: 'k',
  list: 'l',
  object: 'o',
  map: 'm',
  set: 's',
  wholes: 'i',
  quantities: 'q',
  marks: 'b',
} as const;

/** Saves: `take` hands over what was gone through since it was last called. */
export class StateWriter implements StateExchange {
  readonly #numbers = new Map<object, number>();
  readonly #shapes = new Map<string, number>();
  #values: SavedValue[] = [];

  take(): readonly SavedValue[] {
    const values = this.#values;
    this.#values = [];
    return values;
  }

  value<Value>(present: Value): Value {
    this.#values.push(this.#encode(present));
    return present;
  }

  map<Key, Value>(map: Map<Key, Value>): void {
    this.#values.push(this.#entries(map));
  }

  set<Value>(set: Set<Value>): void {
    this.#values.push([...set].map((value) => this.#encode(value)));
  }

  list<Value>(list: Value[]): void {
    // A place that was never filled is undefined, as it reads.
    this.#values.push(Array.from(list, (value) => this.#encode(value)));
  }

  known(object: object): void {
    this.#numbers.set(object, this.#numbers.size);
  }

  #encode(value: unknown): SavedValue {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : [tags.number, Object.is(value, -0) ? '-0' : String(value)];
      case 'undefined':
        return [tags.undefined];
      case 'object':
        return value === null ? null : this.#encodeObject(value);
      case 'function':
      case 'symbol':
      case 'bigint':
        throw new InvariantBroken(`a state holds values only, no ${typeof value}`);
    }
  }

  #encodeObject(value: object): SavedValue {
    if (value instanceof Int32Array) return [tags.wholes, ...value];
    if (value instanceof Float64Array) return [tags.quantities, ...value];
    if (value instanceof Uint8Array) return [tags.marks, ...value];
    const known = this.#numbers.get(value);
    if (known !== undefined) return [tags.known, known];
    const content = this.#contentOf(value);
    // Numbered after its content, as the reader does.
    this.known(value);
    return content;
  }

  #contentOf(value: object): SavedValue {
    if (Array.isArray(value)) return [tags.list, ...value.map((one) => this.#encode(one))];
    if (value instanceof Map) return [tags.map, ...this.#entries(value)];
    if (value instanceof Set) return [tags.set, ...[...value].map((one) => this.#encode(one))];
    invariant(Object.getPrototypeOf(value) === Object.prototype, 'a saved object is plain', {
      keys: Object.keys(value).join(),
    });
    const entries: [string, unknown][] = Object.entries(value);
    const keys = entries.map(([key]) => key);
    const text = JSON.stringify(keys);
    const shape = this.#shapes.get(text);
    if (shape === undefined) this.#shapes.set(text, this.#shapes.size);
    return [tags.object, shape ?? keys, ...entries.map(([, one]) => this.#encode(one))];
  }

  #entries(map: Map<unknown, unknown>): readonly SavedValue[] {
    return [...map].flatMap(([key, value]) => [this.#encode(key), this.#encode(value)]);
  }
}

/** Restores what a `StateWriter` handed over, given part by part in the same order. */
export class StateReader implements StateExchange {
  readonly #parts: Iterator<readonly SavedValue[]>;
  readonly #known: unknown[] = [];
  readonly #shapes: (readonly SavedValue[])[] = [];
  #values: readonly SavedValue[] = [];
  #at = 0;

  constructor(parts: Iterable<readonly SavedValue[]>) {
    this.#parts = parts[Symbol.iterator]();
  }

  value<Value>(_: Value): Value {
    return this.#decode(this.#next()) as Value;
  }

  map<Key, Value>(map: Map<Key, Value>): void {
    this.#fill(map as Map<unknown, unknown>, this.#nextList(), 0);
  }

  set<Value>(set: Set<Value>): void {
    for (const value of this.#nextList()) set.add(this.#decode(value) as Value);
  }

  list<Value>(list: Value[]): void {
    for (const value of this.#nextList()) list.push(this.#decode(value) as Value);
  }

  known(object: object): void {
    this.#known.push(object);
  }

  #next(): SavedValue {
    while (this.#at >= this.#values.length) {
      const part = this.#parts.next();
      invariant(part.done !== true, 'a saved state has all its parts', { at: this.#at });
      this.#values = part.value as readonly SavedValue[];
      this.#at = 0;
    }
    const value = this.#values[this.#at] ?? null;
    this.#at += 1;
    return value;
  }

  #nextList(): readonly SavedValue[] {
    return this.#next() as readonly SavedValue[];
  }

  #decode(saved: SavedValue): unknown {
    if (typeof saved !== 'object' || saved === null) return saved;
    const [tag, first] = saved;
    switch (tag) {
      case tags.undefined:
        return undefined;
      case tags.number:
        return Number(first);
      case tags.known:
        return this.#known[Number(first)];
      case tags.wholes:
        return Int32Array.from(saved.slice(1) as number[]);
      case tags.quantities:
        return Float64Array.from(saved.slice(1) as number[]);
      case tags.marks:
        return Uint8Array.from(saved.slice(1) as number[]);
      default: {
        const content = this.#contentOf(saved);
        this.#known.push(content);
        return content;
      }
    }
  }

  #contentOf(saved: readonly SavedValue[]): unknown {
    const [tag, first] = saved;
    switch (tag) {
      case tags.list:
        return saved.slice(1).map((value) => this.#decode(value));
      case tags.map:
        return this.#fill(new Map<unknown, unknown>(), saved, 1);
      case tags.set:
        return new Set(saved.slice(1).map((value) => this.#decode(value)));
      default:
        return this.#object(this.#shapeOf(first ?? null), saved);
    }
  }

  #shapeOf(shape: SavedValue): readonly SavedValue[] {
    if (typeof shape === 'number') return this.#shapes[shape] ?? [];
    this.#shapes.push(shape as readonly SavedValue[]);
    return shape as readonly SavedValue[];
  }

  #object(keys: readonly SavedValue[], saved: readonly SavedValue[]): unknown {
    const object: Record<string, unknown> = {};
    for (let at = 0; at < keys.length; at += 1) {
      object[String(keys[at])] = this.#decode(saved[at + 2] ?? null);
    }
    return object;
  }

  #fill(map: Map<unknown, unknown>, saved: readonly SavedValue[], from: number): unknown {
    for (let at = from; at < saved.length; at += 2) {
      const key = this.#decode(saved[at] ?? null);
      map.set(key, this.#decode(saved[at + 1] ?? null));
    }
    return map;
  }
}
