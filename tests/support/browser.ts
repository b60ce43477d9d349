import { begin } from '@/lib/login/begin';
import type { Device, LoginDeps } from '@/lib/login/deps';
import { FailedLogin } from '@/lib/login/errors';
import { type Callback, type Finished, finish } from '@/lib/login/finish';
import type { GuestPage } from '@/lib/login/return-to';
import { cookies } from '@/lib/session/cookie';
import { approve } from './kakao';

export const device: Device = { userAgent: 'test browser', ip: '192.0.2.0/24' };

/** A login by the button that began at this time, as `signIn` wants to know of it. */
export const pressed = (startedAt = new Date()) => ({
  device,
  startedAt,
  isDeliberate: true,
  isInteractive: true,
});

/** How a callback ended, whether it was returned or thrown. */
export type Outcome =
  | Finished
  | ({ readonly kind: 'failed' | 'guest' } & Pick<
      FailedLogin,
      'error' | 'returnTo' | 'guestTo' | 'clearCookie'
    >);

/** A browser: it keeps cookies, and does what the two routes of a login make it do. */
export interface Browser {
  readonly cookieHeader: () => string | null;
  /** Presses the login button, or tries silently with a place for guests; the address of Kakao's page. */
  readonly begin: (returnTo?: string, guestPage?: GuestPage) => Promise<string>;
  /** Comes back from Kakao with this query. */
  readonly arrive: (query: URLSearchParams) => Promise<Outcome>;
  /** The whole login of a person. */
  readonly login: (userId: string, returnTo?: string) => Promise<Outcome>;
  readonly sessionToken: () => string | null;
}

/** A browser without cookies, in front of an app that is made of `deps`. */
export function newBrowser(deps: () => LoginDeps): Browser {
  const jar = new Map<string, string>();
  const cookieHeader = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ') || null;
  const keep = (setCookie: string | null) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie ?? '') ?? [];
    if (value) jar.set(name, value);
    else jar.delete(name);
  };
  const { session } = cookies('http://localhost:3000');
  const sessionToken = () => session.read(new Headers({ cookie: cookieHeader() ?? '' }));
  const start = async (returnTo?: string, guestPage?: GuestPage) => {
    // A login of the millisecond of an erasure counts as begun before it; no browser is that fast.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const asked = { returnTo: returnTo ?? null, prompt: undefined, cookieHeader: cookieHeader() };
    const begun = begin(deps(), { ...asked, ...(guestPage ? { guestPage } : {}) });
    begun.setCookies.forEach(keep);
    return begun.location;
  };
  const arrive = async (query: URLSearchParams) => {
    const callback = { query, cookieHeader: cookieHeader(), sessionToken: sessionToken(), device };
    const finished = await arriveWith(deps(), callback);
    if (finished.kind === 'signed_in') keep(session.set(finished));
    keep(finished.clearCookie);
    return finished;
  };
  const login = async (userId: string, returnTo?: string) =>
    arrive(await approve(await start(returnTo), userId));
  return { cookieHeader, begin: start, arrive, login, sessionToken };
}

/** How exactly this callback ends. */
export function arriveWith(deps: LoginDeps, callback: Callback): Promise<Outcome> {
  return finish(deps, callback).catch(thrown);
}

function thrown(error: unknown): Outcome {
  if (!(error instanceof FailedLogin)) throw error;
  const { error: why, returnTo, guestTo, clearCookie } = error;
  return { kind: guestTo === null ? 'failed' : 'guest', error: why, returnTo, guestTo, clearCookie };
}

/** The code of a failed login, or what it was instead. */
export function outcome(finished: Outcome): string {
  return finished.kind === 'failed' ? finished.error.code : finished.kind;
}
