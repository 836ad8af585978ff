import { failed, success, type Result } from '@tidemark/kernel';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A text for every name; `undefined`: it must be given. */
export type Defaults<Name extends string> = Readonly<Record<Name, string | undefined>>;

const portMax = 65_535;

/** Reads what a process is told by its environment; every wrong value gets a line of its own. */
export class SettingsReader<Name extends string> {
  readonly #environment: Environment;
  readonly #defaults: Defaults<Name>;
  readonly #wrong: string[] = [];

  constructor(environment: Environment, defaults: Defaults<Name>) {
    this.#environment = environment;
    this.#defaults = defaults;
    for (const name of Object.keys(environment)) {
      if (name.startsWith('TIDEMARK_') && !Object.hasOwn(defaults, name)) {
        const known = Object.keys(defaults).join(', ');
        this.#wrong.push(`${name} is not known: it is none of ${known}.`);
      }
    }
  }

  /** What is given, or the default; empty if there is neither. */
  text(name: Name): string {
    const given = this.#environment[name];
    return given === undefined || given === '' ? (this.#defaults[name] ?? '') : given;
  }

  wholeNumber(name: Name, { least, most }: { readonly least: number; most: number }): number {
    const text = this.text(name);
    const value = Number(text);
    const isOne = /^\d{1,9}$/.test(text) && value >= least && value <= most;
    if (!isOne) this.refuse(name, `a whole number from ${least} to ${most}`);
    return value;
  }

  port(name: Name): number {
    return this.wholeNumber(name, { least: 0, most: portMax });
  }

  host(name: Name): string {
    const host = this.text(name);
    if (/[\s/]/.test(host)) this.refuse(name, 'a name or an address, such as 127.0.0.1');
    return host;
  }

  oneOf<Choice extends string>(name: Name, choices: readonly [Choice, ...Choice[]]): Choice {
    const found = choices.find((choice) => choice === this.text(name));
    if (found !== undefined) return found;
    this.refuse(name, `one of ${choices.join(', ')}`);
    return choices[0];
  }

  refuse(name: Name, wanted: string): void {
    const text = this.text(name);
    const told = text === '' ? 'is not set' : `is ${JSON.stringify(text)}`;
    this.#wrong.push(`${name} ${told}: give ${wanted}.`);
  }

  /** The settings that were read, or one line for every wrong value. */
  settle<Settings>(settings: Settings): Result<Settings, readonly string[]> {
    return this.#wrong.length > 0 ? failed(this.#wrong) : success(settings);
  }
}
