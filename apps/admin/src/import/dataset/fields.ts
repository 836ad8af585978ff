import type { RowFault } from '../import-step.js';

/** The members of one JSON row, read by name. The first fault stands. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  fault: RowFault | undefined;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === 'string' && value !== '') return value;
    this.refuse('VALUE', `${name} is ${shown(value)}, no text.`);
    return '';
  }

  number(name: string): number {
    const value = this.#values[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.refuse('NUMBER', `${name} is ${shown(value)}, no number.`);
    return 0;
  }

  /** One of the given texts. */
  choice<const Choice extends string>(
    name: string,
    choices: readonly Choice[],
  ): Choice | undefined {
    const value = this.text(name);
    const found = choices.find((one) => one === value);
    if (found === undefined) {
      this.refuse('VALUE', `${name} is "${value}", none of ${choices.join(', ')}.`);
    }
    return found;
  }

  refuse(code: string, reason: string): void {
    this.fault ??= { code, reason };
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
}
