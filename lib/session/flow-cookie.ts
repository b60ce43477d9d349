import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CookiePolicy, cookieName, parseCookies, serializeCookie } from './cookie';
import { openJwe, parseClaims, sealJwe, validateTimes } from './jwt';
import type { Keyring } from './keyring';

/** A login flow has this long to come back. */
const flowLifetimeSeconds = 600;
const maxFlows = 5;
/** What the cookies of all flows may take of a request in bytes: with the others they stay under 8 KB, and servers refuse 16. */
const maxFlowBytes = 6_000;
const audience = 'kakao-login/flow';

/** What is sealed into the cookie of one login flow. */
export interface FlowCookie {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  /** Where a silent attempt goes when Kakao does not know the person; `null` for a login that somebody asked for. */
  readonly guestPage: 'home' | 'login' | null;
  /** Consent items asked for beyond a plain login, separated by spaces; none is an empty text. */
  readonly scope: string;
  /** When it began, in ms. */
  readonly startedAt: number;
  /** Whether Kakao was told to ask for the account again (`prompt=login`). */
  readonly asksAgain: boolean;
}

/** A flow that this browser has, with the `Set-Cookie` value that removes it. */
export type OpenedFlow = FlowCookie & { readonly clearCookie: string };

/**
 * Seals a flow for the browser that started it: JWE, `dir` and A256GCM (RFC 7516). The name of the cookie follows from
 * `state`, so that two tabs do not share one. Beyond five flows, or 6,000 bytes of them, the oldest are removed.
 *
 * @returns `Set-Cookie` values
 */
export function sealFlow(
  keyring: Keyring,
  policy: CookiePolicy,
  { flow, cookieHeader }: { readonly flow: FlowCookie; readonly cookieHeader: string | null },
): string[] {
  const { state, ...rest } = flow;
  const iat = Math.floor(Date.now() / 1_000);
  const claims = { ...rest, stateHash: hashOf(state), aud: audience, iat, exp: iat + flowLifetimeSeconds };
  const name = flowName(policy, state);
  const value = sealJwe(keyring, 'flow', JSON.stringify(claims));
  const surplus = surplusFlows(policy, cookieHeader, name.length + value.length);
  const cookie = serializeCookie(policy, { name, value, maxAgeSeconds: flowLifetimeSeconds });
  return [cookie, ...surplus.map((old) => removedCookie(policy, old))];
}

/** The flow that this browser started under this `state`; `null` if there is none, or it is over or tampered with. */
export function openFlow(
  keyring: Keyring,
  policy: CookiePolicy,
  { state, cookieHeader }: { readonly state: string; readonly cookieHeader: string | null },
): OpenedFlow | null {
  const name = flowName(policy, state);
  const [sealed, ...others] = flowCookies(policy, cookieHeader).get(name) ?? [];
  if (!sealed || others.length > 0 || sealed.length > 4_096) return null;
  try {
    const claims = parseClaims(openJwe(keyring, 'flow', sealed));
    validateTimes(claims, { audience, maxAge: flowLifetimeSeconds, tolerance: 0 });
    const { stateHash, ...flow } = flowPayload.parse(claims);
    return stateHash === hashOf(state) ? { ...flow, state, clearCookie: removedCookie(policy, name) } : null;
  } catch {
    return null;
  }
}

/** Removes the cookie of this `state`, whatever is in it; `null` when the browser has none. */
export function clearFlow(
  policy: CookiePolicy,
  { state, cookieHeader }: { readonly state: string; readonly cookieHeader: string | null },
): string | null {
  const name = flowName(policy, state);
  return flowCookies(policy, cookieHeader).has(name) ? removedCookie(policy, name) : null;
}

/** Instead of `state`, which is long when it holds a `returnTo` too, its hash. */
const flowPayload = z.object({
  stateHash: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  guestPage: z.enum(['home', 'login']).nullable(),
  scope: z.string(),
  startedAt: z.number(),
  asksAgain: z.boolean(),
}) satisfies z.ZodType<Omit<FlowCookie, 'state'> & { readonly stateHash: string }>;

function removedCookie(policy: CookiePolicy, name: string): string {
  return serializeCookie(policy, { name, value: '', maxAgeSeconds: 0 });
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function flowName(policy: CookiePolicy, state: string): string {
  return `${cookieName(policy, 'login')}.${hashOf(state).slice(0, 16)}`;
}

/** The flow cookies of a request by name, oldest first (RFC 6265 5.4), each with all values that were sent. */
function flowCookies(policy: CookiePolicy, header: string | null): Map<string, string[]> {
  const prefix = `${cookieName(policy, 'login')}.`;
  const found = new Map<string, string[]>();
  for (const [name, value] of parseCookies(header)) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{16}$/.test(name.slice(prefix.length))) continue;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}

/** The names of the flows for which there is no room beside a new one of this size, oldest first. */
function surplusFlows(policy: CookiePolicy, header: string | null, newBytes: number): string[] {
  let bytes = newBytes;
  const newestFirst = [...flowCookies(policy, header)].reverse();
  const isSurplus = ([name, values]: [string, string[]], index: number): boolean => {
    bytes += values.reduce((sum, value) => sum + Buffer.byteLength(`${name}=${value}; `), 0);
    return index >= maxFlows - 1 || bytes > maxFlowBytes;
  };
  return newestFirst
    .filter(isSurplus)
    .map(([name]) => name)
    .reverse();
}

/** In bytes; the address of Kakao's page holds the state, and so does that of the way back. */
const longestReturnTo = 512;
const longestState = 2_048;

/**
 * A `state` that also holds, sealed (JWE, `dir` and A256GCM, RFC 7516), where the login leads: a flow that comes back in
 * another browser than the one with its cookie can be started again with the same `returnTo`. Nothing else is read from it.
 *
 * @returns `<random>.<JWE>`, or `random` alone when the path is too long to be stored twice
 */
export function stateWithReturnTo(keyring: Keyring, random: string, returnTo: string): string {
  if (Buffer.byteLength(returnTo) > longestReturnTo) return random;
  return `${random}.${sealJwe(keyring, 'returnTo', returnTo)}`;
}

/** Where the login of a `state` was to lead; `null` for one that {@link stateWithReturnTo} did not make. */
export function returnToOfState(keyring: Keyring, state: string): string | null {
  const [, sealed] = /^[^.]*\.(.+)$/.exec(state) ?? [];
  if (state.length > longestState || !sealed) return null;
  try {
    return openJwe(keyring, 'returnTo', sealed);
  } catch {
    return null;
  }
}
