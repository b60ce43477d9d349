import { env } from './env';
import { cookieName, cookieScope, parseCookies, serializeCookie } from './session/cookie';

const name = 'logout';
/** Kakao's page waits for the person. */
const lifetimeSeconds = 600;

/** The `Set-Cookie` value that lets this browser recognise its return from Kakao's logout page. */
export function logoutStateCookie(state: string): string {
  return serializeCookie(cookieScope(env().origin), name, state, lifetimeSeconds);
}

/**
 * Whether this browser comes back from a logout at Kakao that was begun here: anybody can open the address, but only
 * then `state` is that of the cookie.
 */
export function isReturnFromLogout(state: unknown, cookieHeader: string | null): boolean {
  const wanted = cookieName(cookieScope(env().origin), name);
  const kept = parseCookies(cookieHeader).filter(([found]) => found === wanted);
  return kept.length === 1 && Boolean(state) && kept[0]?.[1] === state;
}
