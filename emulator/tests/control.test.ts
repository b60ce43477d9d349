import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../src/index.ts';
import { callback, first, form, people, second, send, useKakao } from './kakao.ts';

const kakao = useKakao({ redirectUris: ['http://localhost:4321/cb'] });

/** The status of `POST /reset` with these headers, sent by hand because `fetch` fixes Host and Origin. */
function resetStatus(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(kakao.url('/__emulator/v1/reset'), { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('the control API refuses', () => {
  it('pages of other origins, and names that only pretend to be this machine', async () => {
    expect(await resetStatus({ origin: 'http://evil.example' })).toBe(403);
    expect(await resetStatus({ host: 'evil.example' })).toBe(403);
    expect(await resetStatus({ origin: 'null' })).toBe(403);
    expect(await resetStatus({})).toBe(204);
  });

  it('unknown paths and methods', async () => {
    expect((await kakao.control('GET', 'nothing')).status).toBe(404);
    expect((await kakao.control('PUT', 'users')).status).toBe(405);
    expect((await kakao.control('PATCH', 'users/1', {})).status).toBe(404);
    expect((await kakao.control('DELETE', 'users/1')).status).toBe(404);
    expect((await kakao.control('PATCH', 'apps/none', {})).status).toBe(404);
  });

  it('bodies that are no object', async () => {
    const answer = await send(kakao.url('/__emulator/v1/users'), { method: 'POST', body: '[1]' });
    expect([answer.status, answer.json['detail']]).toEqual([400, 'the body must be a JSON object']);
  });

  it('bodies of more than 256 KiB, as a problem', async () => {
    const { status, json } = await kakao.control('POST', 'users', { nickname: 'x'.repeat(300 * 1024) });
    expect([status, json]).toEqual([
      413,
      {
        type: 'about:blank',
        title: 'Content Too Large',
        status: 413,
        detail: 'the request body is too large',
      },
    ]);
  });

  it.each([
    ['POST', 'users', { id: 7 }, 'id'],
    ['POST', 'users', { id: people.plain }, 'id'],
    ['POST', 'users', { nickname: 3 }, 'nickname'],
    ['PATCH', `users/${people.plain}`, { id: '5' }, 'id'],
    ['PATCH', `users/${people.plain}`, { state: 'asleep' }, 'state'],
    ['PATCH', `apps/${first.client_id}`, { redirectUris: ['ftp://x/'] }, 'redirectUris'],
    ['PATCH', `apps/${first.client_id}`, { redirectUris: [`${callback}?a=1`] }, 'redirectUris'],
    ['PATCH', `apps/${first.client_id}`, { redirectUris: ['http://localhost/콜백'] }, 'redirectUris'],
    ['PATCH', `apps/${first.client_id}`, { logoutRedirectUris: ['http://x/\n'] }, 'logoutRedirectUris'],
    ['POST', 'faults', { endpoint: '/oauth/token', headers: { 'X-Ä': 'a' } }, 'headers'],
    ['POST', 'faults', { endpoint: '/oauth/token', headers: { 'X-A': '한' } }, 'headers'],
    ['POST', 'faults', { endpoint: '/oauth/token', contentType: 'text/plain\n' }, 'contentType'],
    ['POST', 'faults', { endpoint: '/oauth/token', kakao: ['KOE320'] }, 'kakao'],
    ['PATCH', `apps/${first.client_id}`, { consentItems: { shoe_size: 'optional' } }, 'consentItems'],
    ['PATCH', `apps/${first.client_id}`, { appId: 1 }, 'appId'],
    ['POST', 'tokens', {}, 'userId'],
    ['POST', 'tokens', { userId: '1' }, 'userId'],
    ['POST', 'tokens', { userId: people.plain, clientId: 'x' }, 'clientId'],
    ['POST', 'tokens', { userId: people.plain, scopes: ['gender'] }, 'scopes'],
    ['POST', 'tokens', { userId: people.plain, link: false }, 'link'],
    ['POST', 'auto-approve', { userId: people.plain, times: 0 }, 'times'],
    ['POST', 'auto-approve', { userId: '1' }, 'userId'],
    ['POST', 'auto-approve', { userId: people.plain, times: 2, always: true }, 'times'],
    ['POST', 'auto-approve', { userId: people.plain, scopes: ['email'] }, 'scopes'],
    ['POST', 'faults', { endpoint: '/oauth/token', always: true }, undefined],
    ['POST', 'users', { id: '9223372036854775808' }, 'id'],
    ['POST', 'users', { birthday: '1131x' }, 'birthday'],
    ['POST', 'users', { birthyear: '01' }, 'birthyear'],
    ['POST', 'users', { ageRange: 'old' }, 'ageRange'],
    ['POST', 'users', { ciAuthenticatedAt: 'today' }, 'ciAuthenticatedAt'],
    ['POST', 'users', { description: { fr: 'x' } }, 'description'],
    ['GET', 'users?nickname=x', undefined, 'nickname'],
    ['DELETE', `users/${people.plain}?reasn=ACCOUNT_DELETE`, undefined, 'reasn'],
    ['GET', 'webhooks?kind=all', undefined, 'kind'],
    ['PATCH', 'clock', { now: '2027-02-31T00:00:00Z' }, 'now'],
    ['PATCH', 'clock', { now: '2027-02-28T00:00:00Z', offsetSeconds: 5 }, 'offsetSeconds'],
    [
      'PATCH',
      `apps/${first.client_id}`,
      { serviceTerms: [{ tag: 'a,b', title: { ko: '', en: '' }, required: true }] },
      'serviceTerms',
    ],
    ['PATCH', 'settings', { pictures: 'none' }, 'pictures'],
    ['POST', 'users', { constructor: 1 }, 'constructor'],
    ['POST', 'users', { shippingAddresses: [{ constructor: 'x' }] }, 'shippingAddresses'],
    ['PATCH', `apps/${first.client_id}`, { webhooks: { toString: true } }, 'webhooks'],
    ['PATCH', 'settings', { koeAnswers: { constructor: {} } }, 'koeAnswers'],
    ['PUT', 'snapshot', { valueOf: [] }, 'valueOf'],
    ['GET', 'requests?constructor=1', undefined, 'constructor'],
  ])('%s %s with %o, naming %s', async (method, path, body, field) => {
    const { status, json } = await kakao.control(method, path, body);
    expect([status, json['field']]).toEqual([400, field]);
  });
});

describe('users', () => {
  it('can be added, with any id of 64 bits', async () => {
    const added = await kakao.control('POST', 'users', { id: '1376016924429759228', nickname: '긴번호' });
    expect(added.status).toBe(201);
    const { access_token } = await kakao.tokens('1376016924429759228');
    expect((await kakao.me(access_token)).text).toContain('"id":1376016924429759228,');
  });

  it('get an id of their own when none is given', async () => {
    const ids = [await kakao.control('POST', 'users'), await kakao.control('POST', 'users')].map(
      ({ json }) => json['id'],
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('are at most 20,000, whoever adds them', async () => {
    const full = await startEmulator({ port: 0, people: { count: 20_000, seed: 1 } });
    const added = await send(`${full.url}/__emulator/v1/users`, { method: 'POST' });
    expect([added.status, added.json['detail']]).toEqual([400, 'there are 20000 users; delete some']);
    const query = new URL(kakao.authorizeUrl()).search;
    const created = await send(`${full.url}/oauth/authorize${query}`, form({ create: '1', nickname: 'a' }));
    expect(created.headers.get('x-kakao-emulator-code')).toBe('KOE001');
    await full.close();
  });

  it('take links and tokens with them when deleted', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    expect((await kakao.control('DELETE', `users/${people.linked}`)).status).toBe(204);
    expect((await kakao.me(access_token)).status).toBe(401);
  });
});

describe('apps', () => {
  it('are two, with the extra redirect URI registered for the first', async () => {
    const { json } = await kakao.control('GET', 'apps');
    expect(json['apps']).toMatchObject([
      {
        appId: 1234567,
        clientId: first.client_id,
        redirectUris: [callback, 'http://127.0.0.1:3000/login/callback', 'http://localhost:4321/cb'],
      },
      { appId: 7654321, clientId: second.client_id },
    ]);
  });

  it('change one setting without touching the others', async () => {
    const { consentItems } = await kakao.patchApp({ consentItems: { gender: 'required' } });
    expect(consentItems).toEqual({
      profile_nickname: 'required',
      profile_image: 'optional',
      account_email: 'optional',
      gender: 'required',
    });
  });

  it('get a new client secret that replaces the old one at once', async () => {
    await kakao.patchApp({ clientSecret: 'fresh' });
    const code = await kakao.login(people.plain);
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE010');
    expect((await kakao.exchange(code, { client_secret: 'fresh' })).status).toBe(200);
  });
});

describe('reset', () => {
  it('brings people, links, apps, settings and requests back', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.patchApp({ oidc: false });
    await kakao.client.settings.change({ tokenRateLimit: true });
    await kakao.client.users.remove(people.linked);
    kakao.emulator().reset();
    expect((await kakao.control('GET', 'requests')).json['requests']).toEqual([]);
    expect((await kakao.me(access_token)).status).toBe(401);
    expect((await kakao.control('GET', 'settings')).json['tokenRateLimit']).toBe(false);
    expect(kakao.emulator().apps()[0]?.oidc).toBe(true);
    expect(await kakao.tokens(people.linked, { link: false })).toHaveProperty('access_token');
  });
});

describe('the request log', () => {
  const log = async (query = '') =>
    (await kakao.control('GET', `requests${query}`)).json['requests'] as Record<string, unknown>[];

  it('shows names, statuses and codes but no secrets', async () => {
    await kakao.exchange('emu_code_that_is_secret', { client_secret: 'super-secret-value' });
    await kakao.me('emu_token_that_is_secret');
    const text = JSON.stringify(await log());
    expect(text).not.toMatch(/that_is_secret|super-secret/);
    expect(await log()).toMatchObject([
      {
        method: 'POST',
        path: '/oauth/token',
        status: 401,
        code: 'KOE010',
        form: { client_id: first.client_id, redirect_uri: callback },
      },
      {
        method: 'GET',
        path: '/v2/user/me',
        status: 401,
        code: -401,
        headers: { authorization: 'Bearer … (31)' },
      },
    ]);
    expect((await log())[0]?.['formFields']).toEqual([
      'grant_type',
      'redirect_uri',
      'code',
      'client_id',
      'client_secret',
    ]);
  });

  it('does not count the control API and the landing page', async () => {
    await send(kakao.url('/'));
    await kakao.tokens(people.plain);
    expect(await log()).toEqual([]);
  });

  it('can be narrowed to a path, and cleared', async () => {
    await kakao.me('x');
    await kakao.exchange('x');
    expect(await log('?path=/oauth/token')).toHaveLength(1);
    await kakao.client.requests.clear();
    expect(await log()).toEqual([]);
  });

  it('notes a cut connection as status 0 with its fault', async () => {
    const { id } = await kakao.fault('/v2/user/me', { reset: true });
    await kakao.me('x').catch(() => undefined);
    expect(await log()).toMatchObject([{ status: 0, faultId: id }]);
  });

  it('keeps the last 500 only', async () => {
    for (let i = 0; i < 510; i += 1) await kakao.me(`x${i}`);
    const entries = await log();
    expect([entries.length, entries[0]?.['id'], entries[499]?.['id']]).toEqual([500, 11, 510]);
  });
});

describe('the landing page', () => {
  it('shows keys, redirect URIs and people', async () => {
    const { status, text } = await send(kakao.url('/'));
    expect(status).toBe(200);
    for (const words of [first.client_id, first.client_secret, 'http://localhost:4321/cb', '한가람'])
      expect(text).toContain(words);
  });

  it('shows people before keys', async () => {
    const { text } = await send(kakao.url('/'));
    expect(text.indexOf('한가람')).toBeLessThan(text.indexOf(first.client_id));
  });

  it('has a stylesheet and pictures of its own', async () => {
    await kakao.client.settings.change({ pictures: 'local' });
    const { access_token } = await kakao.tokens(people.plain);
    const { json } = await kakao.me(access_token);
    const profile = (json['kakao_account'] as Record<string, Record<string, string>>)['profile'];
    const picture = await send(profile?.['profile_image_url'] ?? '');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect((await send(kakao.url('/__emulator/pages.css'))).headers.get('content-type')).toContain(
      'text/css',
    );
  });
});
