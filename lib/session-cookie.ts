import { env } from './env';
import { cookieScope, serializeCookie } from './session/cookie';

/** The `Set-Cookie` value of a session; it lives as long as the token in it. `expiresAt` in Unix seconds. */
export function sessionCookie(session: { readonly token: string; readonly expiresAt: number }): string {
  const seconds = session.expiresAt - Date.now() / 1_000;
  return serializeCookie(cookieScope(env().origin), 'session', session.token, seconds);
}

/** The `Set-Cookie` value that ends a session in the browser. */
export function clearedSessionCookie(): string {
  return serializeCookie(cookieScope(env().origin), 'session', '', 0);
}
