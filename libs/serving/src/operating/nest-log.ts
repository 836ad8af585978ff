import type { LoggerService } from '@nestjs/common';
import type { Logger } from './log.js';

/** What the framework says, in the log of the installation. */
export class NestLog implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown): void {
    this.#log.debug(String(message));
  }

  warn(message: unknown): void {
    this.#log.warn(String(message));
  }

  error(message: unknown, ...more: readonly unknown[]): void {
    this.#log.error({ more }, String(message));
  }

  debug(message: unknown): void {
    this.#log.debug(String(message));
  }

  verbose(message: unknown): void {
    this.#log.debug(String(message));
  }
}
