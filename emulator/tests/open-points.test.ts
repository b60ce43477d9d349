import { describe, expect, it } from 'vitest';
import type { Settings } from '../src/client.ts';
import { callback, first, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const set = (settings: Partial<Settings>) => kakao.client.settings.change(settings);

describe('a setting for what Kakao leaves open is refused', () => {
  it.each([
    [{ koePageStatus: 99 }, 'koePageStatus'],
    [{ koeAnswers: { KOE999: {} } }, 'koeAnswers'],
    [{ koeAnswers: { KOE237: { status: 'many' } } }, 'koeAnswers'],
    [{ koeAnswers: { KOE237: { colour: 'red' } } }, 'koeAnswers'],
    [{ unknownParameters: 'maybe' }, 'unknownParameters'],
    [{ nothingLeftToAsk: true }, 'nothingLeftToAsk'],
    [{ codeUsedUpBy: 'nobody' }, 'codeUsedUpBy'],
    [{ refresh: 'x' }, 'refresh'],
    [{ logout: 'app' }, 'logout'],
    [{ accountLogout: false }, 'accountLogout'],
    [{ mostLogoutRedirectUris: 101 }, 'mostLogoutRedirectUris'],
  ])('%o, naming %s', async (settings, field) => {
    const { status, json } = await kakao.control('PATCH', 'settings', settings);
    expect([status, json['field']]).toEqual([400, field]);
  });
});

describe('the answer of a code', () => {
  it('can have another status, error and text', async () => {
    await set({ koeAnswers: { KOE320: { status: 429, error: 'slow_down', description: 'no %s for you' } } });
    const { status, json } = await kakao.exchange('$&');
    expect(status).toBe(429);
    expect(json).toEqual({ error: 'slow_down', error_description: 'no $& for you', error_code: 'KOE320' });
  });

  it('as a page has the status of all pages, or its own', async () => {
    await set({ koePageStatus: 200, koeAnswers: { KOE006: { status: 403 } } });
    expect((await send(kakao.authorizeUrl({ client_id: 'x' }))).status).toBe(200);
    expect((await send(kakao.authorizeUrl({ redirect_uri: 'http://x' }))).status).toBe(403);
  });
});

describe('unknown parameters of authorize', () => {
  const ask = (query: Record<string, string>) =>
    send(kakao.authorizeUrl(query), { headers: { 'accept-language': 'en' } });

  it('are ignored, or KOE204', async () => {
    expect((await ask({ colour: 'red' })).status).toBe(200);
    await set({ unknownParameters: 'refuse' });
    const refused = await ask({ colour: 'red' });
    expect([refused.status, refused.text.includes('(KOE204)')]).toEqual([400, true]);
    expect(refused.text).toContain('unknown parameter: colour');
  });

  it('are never those of PKCE, SDKs and advertisements', async () => {
    await set({ unknownParameters: 'refuse' });
    const challenge = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
    expect((await ask({ ...challenge, ka: 'sdk', utm_source: 'x', gclid: 'y', nonce: 'z' })).status).toBe(
      200,
    );
  });
});

describe('authorizeErrors = redirect', () => {
  const back = async (query: Record<string, string>, init?: RequestInit) => {
    const answer = await send(kakao.authorizeUrl({ state: 's', ...query }), init);
    const { searchParams } = redirectedTo(answer);
    return [answer.status, searchParams.get('error'), searchParams.get('state')];
  };

  it('sends KOE201, 202, 203, 204 and 207 back to the app', async () => {
    await set({ authorizeErrors: 'redirect' });
    const refused = [302, 'invalid_request', 's'];
    expect(await back({ response_type: 'id_token' })).toEqual(refused);
    expect(await back({ response_type: 'token' })).toEqual(refused);
    expect(await back({}, form({ user: people.plain, decision: 'agree' }))).toEqual(refused);
    expect(await back({ prompt: 'shout' })).toEqual(refused);
    expect(await back({ response_type: '' })).toEqual(refused);
  });

  it('keeps the others on a page', async () => {
    await set({ authorizeErrors: 'redirect' });
    expect((await back({ redirect_uri: '' }))[0]).toBe(400);
    expect((await back({ channel_public_id: '_x' }))[0]).toBe(400);
  });
});

describe('a scope that was agreed to entirely', () => {
  const ask = () => send(kakao.authorizeUrl({ scope: 'account_email' }), form({ user: people.linked }));

  it('gives a code at once, or a page first', async () => {
    expect((await ask()).status).toBe(302);
    await set({ nothingLeftToAsk: 'page' });
    expect((await ask()).status).toBe(200);
    const picked = await send(kakao.authorizeUrl(), form({ user: people.linked }));
    expect(picked.status).toBe(302);
  });
});

describe('a refused exchange', () => {
  it('leaves the code usable, or uses it up', async () => {
    const wrong = { redirect_uri: `${callback}/` };
    const code = await kakao.login(people.plain);
    await kakao.exchange(code, wrong);
    expect((await kakao.exchange(code)).status).toBe(200);
    await set({ codeUsedUpBy: 'any_answer' });
    const other = await kakao.login(people.plain);
    expect((await kakao.exchange(other, wrong)).json['error_code']).toBe('KOE303');
    expect((await kakao.exchange(other)).json['error_code']).toBe('KOE320');
  });
});

describe('refreshing', () => {
  it('leaves the earlier access token alive, or kills it and no other login', async () => {
    const [mine, other] = [await kakao.tokens(people.plain), await kakao.tokens(people.plain)];
    await kakao.refresh(mine['refresh_token']);
    expect((await kakao.me(mine['access_token'])).status).toBe(200);
    await set({ refresh: 'revokes_access' });
    const { access_token } = (await kakao.refresh(mine['refresh_token'])).json;
    expect((await kakao.me(mine['access_token'])).status).toBe(401);
    expect((await kakao.me(access_token)).status).toBe(200);
    expect((await kakao.me(other['access_token'])).status).toBe(200);
  });
});

describe('logout by token', () => {
  it.each([
    ['login', 401, 400, 200],
    ['token', 401, 200, 200],
    ['user', 401, 400, 401],
  ] as const)('of reach %s', async (logout, access, refresh, otherLogin) => {
    await set({ logout });
    const [mine, other] = [await kakao.tokens(people.plain), await kakao.tokens(people.plain)];
    await kakao.api('POST', '/v1/user/logout', mine['access_token']);
    expect([
      (await kakao.me(mine['access_token'])).status,
      (await kakao.refresh(mine['refresh_token'])).status,
      (await kakao.me(other['access_token'])).status,
    ]).toEqual([access, refresh, otherLogin]);
  });
});

describe('logout with the Kakao Account', () => {
  it('can revoke the tokens that the app holds', async () => {
    await set({ accountLogout: 'revokes_tokens' });
    const { access_token } = await kakao.tokens(people.linked);
    const picked = await send(kakao.authorizeUrl(), form({ user: people.linked }));
    const headers = { cookie: picked.headers.get('set-cookie')?.split(';')[0] ?? '' };
    const query = new URLSearchParams({
      client_id: first.client_id,
      logout_redirect_uri: 'http://localhost:3000/login',
    });
    const leave = (choice: string) =>
      send(kakao.url(`/oauth/logout?${query}`), { ...form({ choice }), headers });
    await leave('service');
    expect((await kakao.me(access_token)).status).toBe(200);
    await leave('account');
    expect((await kakao.me(access_token)).status).toBe(401);
  });
});

describe('logout redirect URIs', () => {
  it('are as many as the setting says', async () => {
    const uris = ['http://localhost:3000/login', 'http://localhost:3000/bye'];
    await set({ mostLogoutRedirectUris: 1 });
    const change = () => kakao.patchApp({ logoutRedirectUris: uris });
    await expect(change()).rejects.toMatchObject({ status: 400, field: 'logoutRedirectUris' });
    await set({ mostLogoutRedirectUris: 2 });
    expect((await change()).logoutRedirectUris).toEqual(uris);
  });
});

describe('an access token in the query', () => {
  const inQuery = async (query: string) => {
    const { access_token } = await kakao.tokens(people.plain);
    return (await send(kakao.url(`/v2/user/me?${query}=${access_token}`))).json['code'] ?? 'accepted';
  };

  it('is taken, because clients in the field send nothing else', async () => {
    expect(await inQuery('access_token')).toBe('accepted');
    expect(await inQuery('token')).toBe(-401);
  });

  it('is refused where the setting says so', async () => {
    await set({ accessTokenInQuery: 'refuse' });
    expect(await inQuery('access_token')).toBe(-401);
  });
});
