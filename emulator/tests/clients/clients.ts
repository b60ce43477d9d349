import type { Browser } from './kakao-browser.ts';

/** What a site says about the person after a login, or why there was none. */
export interface Outcome {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly image?: string | null;
  readonly error?: string;
}

/** A client of Kakao that others wrote: how a browser starts a login there, and reads what came of it. */
export interface Client {
  readonly name: string;
  readonly site: string;
  /** The path of its redirect URI. */
  readonly callback: string;
  /** The address at Kakao that the site sends the browser to. */
  readonly start: (browser: Browser, origin: string) => Promise<string>;
  /** Arrives at the redirect URI and says what came of it. */
  readonly finish: (browser: Browser, origin: string, callback: string) => Promise<Outcome>;
}

const FORM = 'application/x-www-form-urlencoded';

const nextAuth: Client = {
  name: 'next-auth 4 (`KakaoProvider`)',
  site: 'next-auth.mjs',
  callback: '/api/auth/callback/kakao',
  start: async (browser, origin) => {
    const { csrfToken } = JSON.parse((await browser.send(`${origin}/api/auth/csrf`)).text);
    const body = new URLSearchParams({ csrfToken, callbackUrl: origin }).toString();
    const answer = await browser.send(`${origin}/api/auth/signin/kakao`, {
      method: 'POST',
      body,
      type: FORM,
    });
    return answer.location ?? '';
  },
  finish: async (browser, origin, callback) => {
    const { location } = await browser.send(callback);
    const error = new URL(location ?? '', origin).searchParams.get('error');
    const { user } = JSON.parse((await browser.send(`${origin}/api/auth/session`)).text);
    return error === null
      ? { id: user?.id, name: user?.name, email: user?.email, image: user?.image }
      : { error };
  },
};

const betterAuth: Client = {
  name: 'better-auth (`socialProviders.kakao`)',
  site: 'better-auth.mjs',
  callback: '/api/auth/callback/kakao',
  start: async (browser, origin) => {
    const body = JSON.stringify({ provider: 'kakao', callbackURL: '/' });
    const order = { method: 'POST', body, type: 'application/json' };
    return JSON.parse((await browser.send(`${origin}/api/auth/sign-in/social`, order)).text).url;
  },
  finish: async (browser, origin, callback) => {
    const { location } = await browser.send(callback);
    const error = new URL(location ?? '', origin).searchParams.get('error');
    if (error !== null) return { error };
    const { user } = JSON.parse((await browser.send(`${origin}/api/auth/get-session`)).text);
    const accounts = JSON.parse((await browser.send(`${origin}/api/auth/list-accounts`)).text);
    return { id: accounts[0]?.accountId, name: user.name, email: user.email, image: user.image };
  },
};

const passportKakao: Client = {
  name: 'passport-kakao 1',
  site: 'passport-kakao.mjs',
  callback: '/callback',
  start: async (browser, origin) => (await browser.send(origin)).location ?? '',
  finish: async (browser, _origin, callback) => {
    const { error, user } = JSON.parse((await browser.send(callback)).text);
    if (!user) return { error: error ?? 'no user' };
    const { kakao_account: account } = user._json;
    const image = account?.profile?.profile_image_url;
    return { id: String(user.id), name: user.username, email: account?.email ?? null, image: image ?? null };
  },
};

export const clients: readonly Client[] = [nextAuth, betterAuth, passportKakao];
