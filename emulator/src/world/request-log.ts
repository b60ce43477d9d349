import type { IncomingHttpHeaders } from 'node:http';

const MOST_ENTRIES = 500;

/** One answered request, as kept; secrets are masked when it is shown. */
export interface LoggedRequest {
  readonly id: number;
  /** Unix milliseconds. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The HTTP status, or 0 when the connection was cut without an answer. */
  readonly status: number;
  /** Kakao's code in the answer, such as `KOE320` or -401. */
  readonly code: string | number | null;
  readonly durationMs: number;
  readonly faultId: string | null;
}

/** A ring of the last 500 requests. */
export interface RequestLog {
  count: number;
  readonly ring: LoggedRequest[];
}

/** Notes a request, forgetting the oldest beyond 500. */
export function logRequest(log: RequestLog, entry: Omit<LoggedRequest, 'id'>): void {
  log.ring[log.count % MOST_ENTRIES] = { id: log.count + 1, ...entry };
  log.count += 1;
}

/** The kept requests, oldest first. */
export function loggedRequests(log: RequestLog): LoggedRequest[] {
  const start = log.count % MOST_ENTRIES;
  return log.count <= MOST_ENTRIES ? [...log.ring] : [...log.ring.slice(start), ...log.ring.slice(0, start)];
}

/** Forgets everything. */
export function clearRequests(log: RequestLog): void {
  log.count = 0;
  log.ring.length = 0;
}
