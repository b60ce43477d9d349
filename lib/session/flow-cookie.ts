import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, EncryptJWT, jwtDecrypt } from 'jose';
import { type CookieScope, cookieName, parseCookies, serializeCookie } from './cookie';
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
}

/**
 * Seals a flow for the browser that started it: JWE, `dir` and A256GCM (RFC 7516). The name of the
 * cookie follows from `state`, so two tabs do not meet. Beyond five flows the oldest are removed.
 *
 * @returns `Set-Cookie` values
 */
export async function sealFlow(
  keyring: Keyring,
  scope: CookieScope,
  flow: FlowCookie,
  cookieHeader: string | null,
): Promise<string[]> {
  const sealed = await new EncryptJWT({ ...flow })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyring.newest.kid })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${flowLifetimeSeconds}s`)
    .encrypt(await keyring.newest.sealing);
  const surplus = flowNames(scope, cookieHeader).slice(0, -(maxFlows - 1));
  return [
    serializeCookie(scope, flowName(flow.state), sealed, flowLifetimeSeconds),
    ...surplus.map((name) => serializeCookie(scope, name, '', 0)),
  ];
}

/** The flow that this browser started under this `state`; `null` if there is none, or it is over or tampered with. */
export async function openFlow(
  keyring: Keyring,
  scope: CookieScope,
  state: string,
  cookieHeader: string | null,
): Promise<FlowCookie | null> {
  const wanted = cookieName(scope, flowName(state));
  const found = parseCookies(cookieHeader).filter(([name]) => name === wanted);
  const sealed = found[0]?.[1];
  if (found.length !== 1 || !sealed || sealed.length > 4_096) return null;
  const flow = await unseal(keyring, sealed);
  return flow?.state === state ? flow : null;
}

/** The `Set-Cookie` value that removes a flow. */
export function clearFlow(scope: CookieScope, state: string): string {
  return serializeCookie(scope, flowName(state), '', 0);
}

function flowName(state: string): string {
  return `login.${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
}

/** Names of the flow cookies of a request without prefix, oldest first (RFC 6265 5.4). */
function flowNames(scope: CookieScope, header: string | null): string[] {
  const prefix = cookieName(scope, 'login.');
  const names = parseCookies(header).flatMap(([name]) =>
    name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length))
      ? [`login.${name.slice(prefix.length)}`]
      : [],
  );
  return [...new Set(names)];
}

async function unseal(keyring: Keyring, sealed: string): Promise<FlowCookie | null> {
  try {
    const { payload } = await jwtDecrypt(sealed, ({ kid }) => sealingKey(keyring, kid), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      audience,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: flowLifetimeSeconds,
    });
    const { state, nonce, codeVerifier, returnTo, guestTo = null, scope = '' } = payload;
    const all = [state, nonce, codeVerifier, returnTo, guestTo ?? '', scope];
    return all.every((value) => typeof value === 'string')
      ? ({ state, nonce, codeVerifier, returnTo, guestTo, scope } as FlowCookie)
      : null;
  } catch {
    return null;
  }
}

function sealingKey(keyring: Keyring, kid: string | undefined) {
  const keys = keyring.byKid.get(kid ?? '');
  if (!keys) throw new Error('unknown kid');
  return keys.sealing;
}

const longestState = 2_048;
/** The cookie of the flow holds the state too, and no browser keeps one of more than 4,096 bytes. */
const longestReturnTo = 512;

/**
 * A `state` that also says, sealed (JWE, `dir` and A256GCM, RFC 7516), where the login leads: a flow that comes back in
 * another browser than the one with its cookie can be started again with the same aim. It is good for nothing else.
 *
 * @returns `<random>.<JWE>`, or `random` alone when the path is too long to be said twice
 */
export async function stateWithReturnTo(keyring: Keyring, random: string, returnTo: string): Promise<string> {
  if (returnTo.length > longestReturnTo) return random;
  const { kid, aiming } = keyring.newest;
  const sealed = await new CompactEncrypt(Buffer.from(returnTo, 'utf8'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(await aiming);
  return `${random}.${sealed}`;
}

/** Where the login of a `state` was to lead; `null` for one that {@link stateWithReturnTo} did not make. */
export async function returnToOfState(keyring: Keyring, state: string): Promise<string | null> {
  const [, sealed] = /^[^.]*\.(.+)$/.exec(state) ?? [];
  if (state.length > longestState || !sealed) return null;
  try {
    const { plaintext } = await compactDecrypt(sealed, ({ kid }) => aimingKey(keyring, kid), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return Buffer.from(plaintext).toString('utf8');
  } catch {
    return null;
  }
}

function aimingKey(keyring: Keyring, kid: string | undefined) {
  const keys = keyring.byKid.get(kid ?? '');
  if (!keys) throw new Error('unknown kid');
  return keys.aiming;
}
