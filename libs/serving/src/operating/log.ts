import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const standardError = 2;

/** One JSON object a line on standard error, written at once: the last line of a crash is there. */
export function createLog(level: LogLevel, role?: string): Logger {
  const destination = pino.destination({ dest: standardError, sync: true });
  return pino({ level, base: { service: 'tidemark', ...(role && { role }) } }, destination);
}
