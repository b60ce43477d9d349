import pino, { type Logger } from 'pino';
import { env } from './env';

/** What a log line may carry. There is no free-form field: nothing secret can get in by accident. */
export interface LogFields {
  readonly requestId?: string;
  readonly code?: string;
  readonly reason?: string | undefined;
  readonly kakaoCode?: string | undefined;
  readonly userId?: string;
  readonly isNewUser?: boolean;
  readonly ip?: string | null;
  readonly status?: number;
  readonly count?: number;
  readonly error?: string;
  readonly durationMs?: number;
}

let logger: Logger | undefined;

/** Writes one JSON line to stdout: what happened, and the allowed fields. */
export function logEvent(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  logger ??= pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
  logger[level](fields, event);
}

/** The name and message of an error without anything that looks like a token, a code or a key. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
  return text.replace(/[\w.-]{24,}/g, '[redacted]').slice(0, 300);
}
