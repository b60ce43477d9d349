import { type Expiring, keep } from './bounded-map.ts';
import { newToken } from './opaque.ts';

const MOST_SESSIONS = 10_000;
const LIFETIME_SECONDS = 24 * 60 * 60;
const COOKIE = 'kakao_emulator_account';

/** The Kakao Account sessions of browsers, by cookie value: 24 hours each, not prolonged by use. */
export type AccountSessions = Map<string, Expiring & { readonly userId: string }>;

/** Starts a session and returns the `Set-Cookie` value for it. */
export function startAccountSession(sessions: AccountSessions, userId: string, now: number): string {
  const id = newToken();
  keep(sessions, id, { userId, expiresAt: now + LIFETIME_SECONDS * 1000 }, MOST_SESSIONS, now);
  return `${COOKIE}=${id}; Path=/oauth; HttpOnly; SameSite=Lax; Max-Age=${LIFETIME_SECONDS}`;
}

/** The id of the user who is signed in at Kakao in the browser that sent this `Cookie` header. */
export function accountInBrowser(sessions: AccountSessions, cookie: string | undefined, now: number) {
  const session = sessions.get(sessionIdIn(cookie) ?? '');
  return session && session.expiresAt > now ? session.userId : undefined;
}

/** Ends the session in that browser and returns the `Set-Cookie` value that removes the cookie. */
export function endAccountSession(sessions: AccountSessions, cookie: string | undefined): string {
  sessions.delete(sessionIdIn(cookie) ?? '');
  return `${COOKIE}=; Path=/oauth; HttpOnly; SameSite=Lax; Max-Age=0`;
}

function sessionIdIn(cookie: string | undefined): string | undefined {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}
