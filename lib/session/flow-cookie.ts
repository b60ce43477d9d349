import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CookiePolicy, cookieName, parseCookies, serializeCookie } from './cookie';
import { openJwe, parseClaims, sealJwe, validateTimes } from './jwt';
import type { Keyring } from './keyring';

/** A login flow has this long to come back. */
const flowLifetimeSeconds = 600;
const maxFlows = 5;
const audience = 'kakao-login/flow';

/** What is sealed into the cookie of one login flow. */
export interface FlowCookie {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  /** Where a silent attempt goes when Kakao does not know the person; `null` for a login that somebody asked for. */
  readonly guestTo: string | null;
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
 * Seals a flow for the browser that started it: JWE, `dir` and A256GCM (RFC 7516). The name of the
 * cookie follows from `state`, so that two tabs do not share one. Beyond five flows the oldest are removed.
 *
 * @returns `Set-Cookie` values
 */
export function sealFlow(
  keyring: Keyring,
  policy: CookiePolicy,
  { flow, cookieHeader }: { readonly flow: FlowCookie; readonly cookieHeader: string | null },
): string[] {
  const iat = Math.floor(Date.now() / 1_000);
  const claims = { ...flow, aud: audience, iat, exp: iat + flowLifetimeSeconds };
  const sealed = sealJwe(keyring, 'flow', JSON.stringify(claims));
  const surplus = flowNames(policy, cookieHeader).slice(0, -(maxFlows - 1));
  const cookie = { name: flowName(flow.state), value: sealed, maxAgeSeconds: flowLifetimeSeconds };
  return [serializeCookie(policy, cookie), ...surplus.map((name) => removedCookie(policy, name))];
}

/** The flow that this browser started under this `state`; `null` if there is none, or it is over or tampered with. */
export function openFlow(
  keyring: Keyring,
  policy: CookiePolicy,
  { state, cookieHeader }: { readonly state: string; readonly cookieHeader: string | null },
): OpenedFlow | null {
  const name = flowName(state);
  const [cookie, ...others] = parseCookies(cookieHeader).filter(
    ([found]) => found === cookieName(policy, name),
  );
  const sealed = cookie?.[1];
  if (!sealed || others.length > 0 || sealed.length > 4_096) return null;
  try {
    const claims = parseClaims(openJwe(keyring, 'flow', sealed));
    validateTimes(claims, { audience, maxAge: flowLifetimeSeconds, tolerance: 0 });
    const flow = flowPayload.parse(claims);
    return flow.state === state ? { ...flow, clearCookie: removedCookie(policy, name) } : null;
  } catch {
    return null;
  }
}

const flowPayload = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  guestTo: z.string().nullable().default(null),
  scope: z.string().default(''),
  startedAt: z.number().default(0),
  asksAgain: z.boolean().default(false),
}) satisfies z.ZodType<FlowCookie>;

function removedCookie(policy: CookiePolicy, name: string): string {
  return serializeCookie(policy, { name, value: '', maxAgeSeconds: 0 });
}

function flowName(state: string): string {
  return `login.${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
}

/** Names of the flow cookies of a request without prefix, oldest first (RFC 6265 5.4). */
function flowNames(policy: CookiePolicy, header: string | null): string[] {
  const prefix = cookieName(policy, 'login.');
  const names = parseCookies(header).flatMap(([name]) =>
    name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length))
      ? [`login.${name.slice(prefix.length)}`]
      : [],
  );
  return [...new Set(names)];
}

/** The cookie of the flow holds the state too, and no browser keeps one of more than 4,096 bytes. */
const longestReturnTo = 512;
const longestState = 2_048;

/**
 * A `state` that also holds, sealed (JWE, `dir` and A256GCM, RFC 7516), where the login leads: a flow that comes back in
 * another browser than the one with its cookie can be started again with the same `returnTo`. Nothing else is read from it.
 *
 * @returns `<random>.<JWE>`, or `random` alone when the path is too long to be stored twice
 */
export function stateWithReturnTo(keyring: Keyring, random: string, returnTo: string): string {
  if (returnTo.length > longestReturnTo) return random;
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
