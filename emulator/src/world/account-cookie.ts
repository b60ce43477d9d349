import { newToken } from './random.ts';
import { keep } from './tokens.ts';
import type { User } from './users.ts';
import { now, type World } from './world.ts';

const MOST_SESSIONS = 10_000;
const LIFETIME_SECONDS = 24 * 60 * 60;
const COOKIE = 'kakao_emulator_account';

/** Starts a session and returns the `Set-Cookie` value for it. */
export function startAccountSession(world: World, userId: string): string {
  const id = newToken();
  const at = now(world);
  keep(world.sessions, id, { userId, expiresAt: at + LIFETIME_SECONDS * 1000 }, MOST_SESSIONS, at);
  return setCookie(id, LIFETIME_SECONDS, world);
}

/** The id of the user who is signed in at Kakao in the browser that sent this `Cookie` header. */
export function accountInBrowser(world: World, cookie: string | undefined): string | undefined {
  const session = world.sessions.get(sessionIdIn(cookie) ?? '');
  return session && session.expiresAt > now(world) ? session.userId : undefined;
}

/** The user who is signed in at Kakao in that browser. */
export function userInBrowser(world: World, cookie: string | undefined): User | undefined {
  return world.users.get(accountInBrowser(world, cookie) ?? '');
}

/** Ends the session in that browser and returns the `Set-Cookie` value that removes the cookie. */
export function endAccountSession(world: World, cookie: string | undefined): string {
  world.sessions.delete(sessionIdIn(cookie) ?? '');
  return setCookie('', 0, world);
}

/** Ends the sessions of a person in every browser. */
export function endAccountSessions({ sessions }: World, userId: string): void {
  for (const [id, session] of sessions) {
    if (session.userId === userId) sessions.delete(id);
  }
}

/** The path covers this Kakao only, not other namespaces on the same port. */
function setCookie(value: string, seconds: number, { publicUrl }: World): string {
  return `${COOKIE}=${value}; Path=${new URL(publicUrl).pathname}; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
}

function sessionIdIn(cookie: string | undefined): string | undefined {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}
