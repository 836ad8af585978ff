import { pino, type Logger } from 'pino';
import type { LogLevel } from './configuration.js';

export type { Logger } from 'pino';

const standardError = 2;

/** One JSON object a line on standard error, written at once: the last line of a crash is there. */
export function createLog(level: LogLevel): Logger {
  const destination = pino.destination({ dest: standardError, sync: true });
  return pino({ level, base: { service: 'tidemark' } }, destination);
}
