import { isIP } from 'node:net';
import { isKakaoPath } from '../routes.ts';
import { Problem } from './problem.ts';
import { answered, flag, list, record, schema, textLike, whole } from './schema.ts';

export const YEAR_SECONDS = 366 * 24 * 60 * 60;

/** As Kakao's ids are, a signed number of 64 bits. */
const digits = textLike(/^[1-9]\d{0,18}$/, 'be a user id: 1 to 19 digits, as a text');
export const userId = schema<string>(
  digits.must,
  (id) => digits.accepts(id) && BigInt(id) < 2n ** 63n,
  digits.json,
);

/** A new platform or admin key. */
export const appKey = textLike(/^[0-9a-f]{32}$/, 'be a key: 32 hexadecimal characters in lower case');

/** Addresses of servers. */
export const ips = list(
  schema<string>('be an IP address', (value) => typeof value === 'string' && isIP(value) !== 0, {
    type: 'string',
    description: 'an IPv4 or IPv6 address',
  }),
);

/** A path that Kakao (rather than the emulator itself) has. */
export const kakaoPath = schema<string>(
  'be a path of Kakao, such as "/v2/user/me"',
  (value) => typeof value === 'string' && isKakaoPath(value),
  { type: 'string' },
);

/** A point in time, years 1970 to 2999, so that every instant can be written. */
export const instant = schema<string>(
  'be an RFC 3339 time such as "2026-03-02T04:11:52Z"',
  (value) => typeof value === 'string' && /^(19[7-9]|2)\d+-\d\d-\d\dT.+Z$/.test(value) && isTime(value),
  { type: 'string', format: 'date-time' },
);

/** Redirect URIs that may be registered, 10 for one key. */
export const redirectUris = listOfUris(10);

/** Logout redirect URIs; the setting `mostLogoutRedirectUris` says how many. */
export const logoutRedirectUris = listOfUris(100);

/** The value of a header field (RFC 9110 5.5), of visible ASCII characters, spaces and tabs. */
export const headerValue = textLike(/^[\t -~]*$/, 'be a text of ASCII characters without line breaks');

/** Header fields by name. */
export const headers = record('be an object of header names and texts', headerValue, (name) =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name),
);

/** How often something happens: so many `times`, default 1, or `always`. */
export const howOften = { times: whole(1), always: flag };

/** How often something will still happen. */
export const timesLeft = answered<number | 'always'>({
  anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }],
});

/** Refuses an order that says both how often and always. */
export function refuseTimesWithAlways({ times, always }: { times?: number; always?: boolean }): void {
  if (always && times !== undefined) throw new Problem(400, 'times and always exclude each other', 'times');
}

/** What is left of something that happens so many times, or `Infinity` for always. */
export function shownTimes(remaining: number): number | 'always' {
  return Number.isFinite(remaining) ? remaining : 'always';
}

function listOfUris(most: number) {
  return schema<readonly string[]>(
    `be a list of at most ${most} http(s) URIs of visible ASCII characters without query or fragment`,
    (value) => Array.isArray(value) && value.length <= most && value.every(isRedirectUri),
    { type: 'array', maxItems: most, items: { type: 'string', format: 'uri' } },
  );
}

/** Only characters that a `Location` header can carry (RFC 3986 2). */
function isRedirectUri(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[!-~]+$/.test(value) || !URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '';
}

/** `Date` turns 31 February into a day in March, so the text is compared with what it was parsed as. */
function isTime(text: string): boolean {
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text.slice(0, 10));
}
