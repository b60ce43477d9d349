import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../json.ts';
import type { Bilingual } from './consent-items.ts';
import { newId } from './random.ts';

const MOST_ENTRIES = 500;
const MOST_TEXT_CHARS = 4096;
const MOST_WATCHERS = 100;

/** The logged part of an answer. */
export interface LoggedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: Json;
  /** At most 4,096 characters of a text that is not JSON. */
  readonly text?: string;
}

/** One answered request, as kept; secrets are masked when it is shown. */
export interface LoggedRequest {
  /** Counted in the order of arrival. */
  readonly id: number;
  /** Unix milliseconds. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** At most 4,096 characters of a body that is not a form. */
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** The HTTP status, or 0 when the connection was cut without an answer. */
  readonly status: number;
  /** Kakao's code in the answer, such as `KOE320` or -401. */
  readonly code: string | number | null;
  /** Why it was refused, or what a fault did, in words for the developer. */
  readonly verdict: Bilingual | null;
  readonly answer: LoggedAnswer | null;
  readonly durationMs: number;
  readonly faultId: string | null;
}

/** Called with every request once it is answered, and with `null` when the log was cleared. */
export type Watcher = (entry: LoggedRequest | null) => void;

/** A ring of the last 500 requests. */
export interface RequestLog {
  /** Changes whenever ids begin again, so that remote watchers notice. */
  epoch: string;
  /** Requests that have arrived. */
  arrived: number;
  /** Requests that have been answered. */
  count: number;
  readonly ring: LoggedRequest[];
  readonly watchers: Set<Watcher>;
}

/** An empty log without watchers. */
export function emptyLog(): RequestLog {
  return { epoch: newId(), arrived: 0, count: 0, ring: [], watchers: new Set() };
}

/** The id for a request that has just arrived. */
export function nextRequestId(log: RequestLog): number {
  log.arrived += 1;
  return log.arrived;
}

/** Logs a request; beyond 500 the oldest goes. */
export function logRequest(log: RequestLog, entry: LoggedRequest): void {
  log.ring[log.count % MOST_ENTRIES] = entry;
  log.count += 1;
  for (const watcher of log.watchers) watcher(entry);
}

/** The kept requests, in the order in which they were answered. */
export function loggedRequests(log: RequestLog): LoggedRequest[] {
  const start = log.count % MOST_ENTRIES;
  return log.count <= MOST_ENTRIES ? [...log.ring] : [...log.ring.slice(start), ...log.ring.slice(0, start)];
}

/** Clears the log; watchers stay. */
export function clearRequests(log: RequestLog): void {
  log.epoch = newId();
  log.arrived = 0;
  log.count = 0;
  log.ring.length = 0;
  for (const watcher of log.watchers) watcher(null);
}

/** Watches until the returned function is called; `undefined` while a hundred others do. */
export function watchRequests(log: RequestLog, watcher: Watcher): (() => void) | undefined {
  if (log.watchers.size >= MOST_WATCHERS) return undefined;
  log.watchers.add(watcher);
  return () => log.watchers.delete(watcher);
}

/** The beginning of a text, copied so that the rest can be garbage-collected. */
export function truncatedText(text: string): string {
  return text.length <= MOST_TEXT_CHARS ? text : Buffer.from(text.slice(0, MOST_TEXT_CHARS)).toString();
}
