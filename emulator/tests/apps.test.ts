import { describe, expect, it } from 'vitest';
import { adminKey, callback, first, form, people, redirectedTo, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const app = `apps/${first.client_id}`;
const javascriptKey = '1d0ca1a11ec0ffee5eed0000cafe0021';
const nativeKey = '1d0ca1a11ec0ffee5eed0000cafe0031';
const newKey = 'a'.repeat(32);

type Key = Record<string, unknown> & { key: string };
const keysOf = (json: Record<string, unknown>) => json['platformKeys'] as Key[];

describe('an app is refused', () => {
  it.each([
    ['POST', 'apps', { appId: 1234567 }, 'appId'],
    ['POST', 'apps', { appId: 0 }, 'appId'],
    ['POST', 'apps', { clientId: 'short' }, 'clientId'],
    ['POST', 'apps', { clientId: second.client_id }, 'clientId'],
    ['POST', 'apps', { adminKey: first.client_id }, 'adminKey'],
    ['POST', 'apps', { type: 'huge' }, 'type'],
    ['PATCH', app, { name: 'Demo' }, 'name'],
    ['PATCH', app, { name: { ko: '데모' } }, 'name'],
    ['PATCH', app, { members: ['not-an-id'] }, 'members'],
    ['PATCH', app, { serviceTerms: [{ tag: 'a', title: { ko: '가', en: 'a' } }] }, 'serviceTerms'],
    ['PATCH', app, { allowedIps: ['localhost'] }, 'allowedIps'],
    [
      'PATCH',
      app,
      { redirectUris: Array.from({ length: 11 }, (_, i) => `${callback}/${i}`) },
      'redirectUris',
    ],
    ['PATCH', `apps/${nativeKey}`, { redirectUris: [callback] }, 'redirectUris'],
    ['PATCH', `apps/${nativeKey}`, { clientSecretEnabled: true }, 'clientSecretEnabled'],
    ['POST', `${app}/keys`, {}, 'type'],
    ['POST', `${app}/keys`, { type: 'web' }, 'type'],
    ['POST', `${app}/keys`, { type: 'rest', key: first.client_id }, 'key'],
    ['POST', `${app}/keys`, { type: 'rest', key: adminKey }, 'key'],
    ['POST', `${app}/keys`, { type: 'native', clientSecret: 'x' }, 'clientSecret'],
    ['PATCH', `${app}/keys/${javascriptKey}`, { type: 'rest' }, 'type'],
    ['POST', `${app}/admin-keys`, { allowedApis: ['/nowhere'] }, 'allowedApis'],
    ['PATCH', `${app}/admin-keys/${adminKey}`, { primary: false }, 'primary'],
    ['DELETE', `${app}/admin-keys/${adminKey}`, undefined, 'primary'],
  ])('%s %s with %o, naming %s', async (method, path, body, field) => {
    const before = (await kakao.control('GET', 'apps')).text;
    const { status, json } = await kakao.control(method, path, body);
    expect([status, json['field']]).toEqual([400, field]);
    expect((await kakao.control('GET', 'apps')).text).toBe(before);
  });

  it.each([
    ['GET', 'apps/none'],
    ['DELETE', 'apps/none'],
    ['POST', 'apps/none/keys'],
    ['PATCH', `${app}/keys/${second.client_id}`],
    ['DELETE', `${app}/keys/none`],
    ['PATCH', `${app}/admin-keys/none`],
    ['GET', `${app}/shoes`],
    ['GET', 'apps/'],
  ])('%s %s, which there is not', async (method, path) => {
    expect((await kakao.control(method, path)).status).toBe(404);
  });

  it('when it would be one of more than a hundred', async () => {
    const answers = [];
    for (let i = 0; i < 99; i += 1) answers.push((await kakao.control('POST', 'apps')).status);
    expect([answers[97], answers[98]]).toEqual([201, 400]);
  });
});

describe('an app', () => {
  it('is found by its id and by each of its keys', async () => {
    for (const id of ['1234567', first.client_id, javascriptKey, nativeKey])
      expect((await kakao.control('GET', `apps/${id}`)).json).toMatchObject({ appId: 1234567 });
  });

  it('is made with a key of each type and an admin key, and lets people in', async () => {
    const redirectUris = [callback];
    const { status, json } = await kakao.control('POST', 'apps', { clientId: newKey, redirectUris });
    expect(status).toBe(201);
    expect(json).toMatchObject({ appId: 7654322, type: 'biz', clientId: newKey, redirectUris });
    expect(keysOf(json).map(({ type }) => type)).toEqual(['rest', 'javascript', 'native']);
    const client = { client_id: newKey, client_secret: String(json['clientSecret']) };
    const code = await kakao.login(people.plain, { client_id: newKey });
    const { access_token } = (await kakao.exchange(code, client)).json;
    expect((await kakao.me(access_token)).status).toBe(200);
    const users = (await kakao.control('GET', `apps/${json['appId']}/users`)).json['users'];
    const plain = (users as { id: string; serviceUserId: string }[]).find(({ id }) => id === people.plain);
    const target = { target_id_type: 'user_id', target_id: plain?.serviceUserId ?? '' };
    expect((await kakao.admin('GET', '/v2/user/me', target, String(json['adminKey']))).status).toBe(200);
  });

  it('takes keys, links and tokens with it when deleted', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.control('DELETE', app)).status).toBe(204);
    expect((await kakao.me(access_token)).json['code']).toBe(-401);
    expect((await kakao.exchange('x')).json['error_code']).toBe('KOE101');
    expect((await kakao.control('GET', app)).status).toBe(404);
  });

  it('keeps what a change did not name', async () => {
    const terms = [{ tag: 'tos', title: { ko: '약관', en: 'Terms' }, required: true }];
    await kakao.patchApp({ kakaoSync: true, serviceTerms: terms });
    const changed = await kakao.patchApp({ channels: ['_ZeUTxl'], type: 'test', members: [people.plain] });
    expect(changed).toMatchObject({
      kakaoSync: true,
      serviceTerms: terms,
      channels: ['_ZeUTxl'],
      oidc: true,
    });
  });
});

describe('platform keys', () => {
  it('are changed each for itself', async () => {
    const app = await kakao.patchApp({ redirectUris: ['https://a.example/cb'] }, javascriptKey);
    expect(app.redirectUris).toContain(callback);
    expect(app.platformKeys.find(({ key }) => key === javascriptKey)).toMatchObject({
      redirectUris: ['https://a.example/cb'],
    });
    const patched = await kakao.control('PATCH', `apps/1234567/keys/${javascriptKey}`, {
      clientSecretEnabled: true,
    });
    expect(patched.json).toMatchObject({ type: 'javascript', clientSecretEnabled: true });
  });

  it('are at most five of a type, and a native one gets its own redirect URI', async () => {
    const add = (type: string) => kakao.control('POST', `${app}/keys`, { type });
    const natives = [];
    for (let i = 0; i < 5; i += 1) natives.push(await add('native'));
    expect(natives.map(({ status }) => status)).toEqual([201, 201, 201, 201, 400]);
    const { key, redirectUris } = natives[0]?.json ?? {};
    expect(redirectUris).toEqual([`kakao${key}://oauth`]);
    expect((await add('javascript')).status).toBe(201);
  });

  it('share users and consents, so that another key asks nothing again', async () => {
    const [client_id, redirect_uri] = [
      '1d0ca1a11ec0ffee5eed0000cafe0011',
      'http://localhost:3000/second/callback',
    ];
    const picked = await send(kakao.authorizeUrl({ client_id, redirect_uri }), form({ user: people.linked }));
    const code = redirectedTo(picked).searchParams.get('code') ?? '';
    const client_secret = 'emu_secret_T4mKc8ZsXv2NbWq6YrJg9DfA';
    const { access_token } = (await kakao.exchange(code, { client_id, client_secret, redirect_uri })).json;
    expect((await kakao.me(access_token)).json).toMatchObject({ id: 3900000002 });
  });

  it('die with their tokens alone', async () => {
    const { json } = await kakao.control('POST', `${app}/keys`, { type: 'rest', key: newKey });
    expect(json['redirectUris']).toEqual([]);
    const dying = await kakao.tokens(people.plain, { clientId: newKey });
    const staying = await kakao.tokens(people.plain);
    await kakao.control('DELETE', `${app}/keys/${newKey}`);
    expect((await kakao.me(dying['access_token'])).json['code']).toBe(-401);
    expect((await kakao.me(staying['access_token'])).status).toBe(200);
    expect((await kakao.control('POST', 'tokens', { userId: people.plain, clientId: newKey })).status).toBe(
      400,
    );
  });

  it.each([
    [first.client_id, 21_599],
    [javascriptKey, 7_199],
    [nativeKey, 43_199],
  ])('of type by type give tokens their lifetime: %s', async (clientId, seconds) => {
    const { access_token, expires_in } = await kakao.tokens(people.plain, { clientId });
    expect(expires_in).toBe(seconds);
    kakao.wait(seconds - 1);
    expect((await kakao.me(access_token)).status).toBe(200);
    kakao.wait(1);
    expect((await kakao.me(access_token)).status).toBe(401);
  });
});

describe('admin keys', () => {
  const target = { target_id_type: 'user_id', target_id: people.linked };
  const me = (key: string) => kakao.admin('GET', '/v2/user/me', target, key);

  it('are primary one at a time', async () => {
    await kakao.control('POST', `${app}/admin-keys`, { key: newKey, primary: true });
    const { json } = await kakao.control('GET', app);
    expect(json).toMatchObject({ adminKey: newKey, adminKeys: [{ primary: false }, { primary: true }] });
    expect((await kakao.control('DELETE', `${app}/admin-keys/${adminKey}`)).status).toBe(204);
    expect((await me(adminKey)).json['code']).toBe(-401);
    expect((await me(newKey)).status).toBe(200);
  });

  it('are at most five', async () => {
    const add = () => kakao.control('POST', `${app}/admin-keys`);
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await add()).status);
    expect(statuses).toEqual([201, 201, 201, 201, 400]);
  });

  it('call the allowed APIs only: -3', async () => {
    const allowedApis = ['/v2/user/scopes'];
    await kakao.control('PATCH', `${app}/admin-keys/${adminKey}`, { allowedApis });
    const refused = await me(adminKey);
    expect([refused.status, refused.json['code']]).toEqual([403, -3]);
    expect((await kakao.admin('GET', '/v2/user/scopes', target)).status).toBe(200);
  });

  it('call from the allowed servers only: -401', async () => {
    const allow = (allowedIps: string[]) =>
      kakao.control('PATCH', `${app}/admin-keys/${adminKey}`, { allowedIps });
    await allow(['203.0.113.7']);
    const refused = await me(adminKey);
    expect(refused.status).toBe(401);
    expect(refused.json).toEqual({
      msg: expect.stringMatching(/^ip mismatched! callerIp=(127|::1)/),
      code: -401,
    });
    await allow(['127.0.0.1', '::1']);
    expect((await me(adminKey)).status).toBe(200);
  });
});

describe('the user API refuses', () => {
  it('tokens of a key whose servers are others: -401 ip mismatched', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.patchApp({ allowedIps: ['203.0.113.7'] });
    expect((await kakao.me(access_token)).json['msg']).toMatch(/^ip mismatched!/);
  });

  it('everything of a sanctioned app: -12', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    await kakao.patchApp({ sanctioned: true });
    const target = { target_id_type: 'user_id', target_id: people.linked };
    for (const answer of [await kakao.me(access_token), await kakao.admin('GET', '/v2/user/me', target)])
      expect([answer.status, answer.json['code']]).toEqual([403, -12]);
  });
});
