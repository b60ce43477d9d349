import type { Readable } from 'node:stream';
import type { Json } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';

/** An answer: JSON, or text, or bytes, or a stream that goes on, or nothing but headers. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly text?: string;
  readonly bytes?: Buffer;
  readonly stream?: Readable;
  /** Why this is a refusal, in words for the developer; seen in the request log, never sent. */
  readonly verdict?: Bilingual;
}

const PAGE_HEADERS = {
  'Content-Type': 'text/html;charset=UTF-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': pagePolicy(),
};

const JSON_HEADERS = { 'Content-Type': 'application/json;charset=UTF-8', 'Cache-Control': 'no-store' };

/** A JSON answer as Kakao labels it. */
export function jsonReply(json: Json, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { ...JSON_HEADERS, ...headers }, json };
}

/**
 * The Content-Security-Policy of a page. A form may end in a redirect to an app, which browsers count as a form action
 * too: to the web, and to a `scheme` such as `kakao{KEY}:`.
 */
export function pagePolicy(scheme = ''): string {
  return `default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' http: https: ${scheme}; base-uri 'none'; frame-ancestors 'none'`;
}

/** An HTML page. */
export function pageReply(text: string, status = 200, headers: Record<string, string> = {}): Reply {
  return { status, headers: { ...PAGE_HEADERS, ...headers }, text };
}

/** Sends the browser to `base` with the given query; spaces become `%20` and `null` parameters are left out. */
export function redirectReply(
  base: string,
  query: Readonly<Record<string, string | null>>,
  headers: Record<string, string> = {},
): Reply {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const location = pairs.length > 0 ? `${base}?${pairs.join('&')}` : base;
  return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store', ...headers } };
}

/** An answer without a body. */
export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers };
}
