import { scopeParam } from '../login/additional-consent';
import type { Device } from '../login/deps';
import { env } from '../server/env';
import { addressPrefix, clientAddress } from './client-address';
import { Problem } from './problem';

/** More than this is refused, declared or not. */
export const maxBodyBytes = 64 * 1_024;

/** The id that our server gave this request; it stands in `x-request-id`, in logs and on error pages. */
export function requestId(headers: Headers): string {
  return headers.get('x-request-id') ?? 'unknown';
}

/** What a person can quote of a request, and the log is searched by: 8 characters of its id. `null` without an id. */
export function supportCode(headers: Headers): string | null {
  return /^[0-9a-f]{8}/.exec(requestId(headers))?.[0] ?? null;
}

/** What is kept of the device that signs in. */
export function deviceOf(headers: Headers): Device {
  const userAgent =
    headers
      .get('user-agent')
      ?.replace(/\p{Cc}/gu, '')
      .slice(0, 256) || null;
  return { userAgent, ip: addressPrefix(clientAddress(headers, env().trustedProxyHops)) };
}

/**
 * Refuses an unsafe request that does not come from our own pages: `Sec-Fetch-Site: same-origin`, or
 * `Origin` equal to ours. Neither is a refusal too.
 *
 * @throws Problem `CROSS_ORIGIN`
 */
export function assertSameOrigin(headers: Headers): void {
  if (headers.get('sec-fetch-site') === 'same-origin') return;
  if (headers.get('origin') === env().origin) return;
  throw new Problem('CROSS_ORIGIN', 'Send this request from a page of this site.');
}

/**
 * Refuses a GET that another site made the browser send: `Sec-Fetch-Site` must be `same-origin` or, for an address that
 * was typed in, `none`. A browser without that header has to come from a page of ours by `Referer`.
 *
 * @throws Problem `CROSS_ORIGIN`
 */
export function assertNotSentHere(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  const referer = headers.get('referer') ?? '';
  const isOurs =
    site === null
      ? URL.canParse(referer) && new URL(referer).origin === env().origin
      : ['same-origin', 'none'].includes(site);
  if (!isOurs) throw new Problem('CROSS_ORIGIN', 'Open this from a page of this site.');
}

/**
 * Reads a whole body of at most 64 KB.
 *
 * @throws Problem `TOO_LARGE`
 */
export async function readBody(request: Request): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBodyBytes) throw tooLarge();
  const body = await readUpTo((request.body ?? []) as AsyncIterable<Uint8Array>, maxBodyBytes);
  if (body === null) throw tooLarge();
  return body.toString('utf8');
}

/**
 * The bytes of a body; `null`, and nothing more is read, when there are more than `most`. Into one buffer: each chunk has
 * a cost of its own, and a client may send a body byte by byte.
 */
export async function readUpTo(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Buffer<ArrayBuffer> | null> {
  let bytes = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of body) {
    const end = size + chunk.byteLength;
    if (end > most) return null;
    if (end > bytes.length) {
      const larger = Buffer.alloc(Math.max(end, bytes.length * 2, 1_024));
      bytes.copy(larger, 0, 0, size);
      bytes = larger;
    }
    bytes.set(chunk, size);
    size = end;
  }
  return bytes.subarray(0, size);
}

/**
 * Reads the fields of a posted form. Only `application/x-www-form-urlencoded`; an empty body is an empty form.
 *
 * @throws Problem `TOO_LARGE`, `UNSUPPORTED_TYPE`
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const body = await readBody(request);
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (body && type !== 'application/x-www-form-urlencoded') {
    throw new Problem('UNSUPPORTED_TYPE', 'Send the form as application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(body);
}

/**
 * The consent items in a form field.
 *
 * @throws Problem `INVALID_SCOPE`
 */
export function readScope(form: URLSearchParams, field: string): string[] {
  const scope = scopeParam(form.get(field));
  if (!scope) throw new Problem('INVALID_SCOPE', 'Name at most 20 consent items such as account_email.');
  return scope;
}

/** The refusal of a body over the limit. */
export function tooLarge(): Problem {
  return new Problem('TOO_LARGE', 'Send at most 64 KB.');
}
