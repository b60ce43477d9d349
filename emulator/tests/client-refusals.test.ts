import { describe, expect, it } from 'vitest';
import { callback, first, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const javascriptKey = '1d0ca1a11ec0ffee5eed0000cafe0021';
const secondRest = {
  client_id: '1d0ca1a11ec0ffee5eed0000cafe0011',
  client_secret: 'emu_secret_T4mKc8ZsXv2NbWq6YrJg9DfA',
  redirect_uri: 'http://localhost:3000/second/callback',
};
const native = {
  client_id: '1d0ca1a11ec0ffee5eed0000cafe0031',
  redirect_uri: 'kakao1d0ca1a11ec0ffee5eed0000cafe0031://oauth',
};
const bundle = { ios_bundle_id: 'com.example.demo' };

const authorized = (query: Record<string, string>, init: RequestInit = {}) =>
  send(kakao.authorizeUrl(query), { headers: { 'accept-language': 'en' }, ...init });

async function expectPage(koe: string, answer: Promise<{ status: number; text: string }>, word = '') {
  const { status, text } = await answer;
  expect(status).toBe(400);
  expect(text).toContain(`(${koe})`);
  expect(text).toContain(word);
}

describe('a test app', () => {
  const enter = () => authorized({}, form({ user: people.linked }));

  it('keeps people out who are no members, whichever way they come: KOE005', async () => {
    const { headers } = await enter();
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    await kakao.patchApp({ type: 'test', members: [people.plain] });
    await expectPage('KOE005', enter(), people.linked);
    await expectPage('KOE005', authorized({}, form({ user: people.linked, decision: 'agree_all' })));
    await expectPage('KOE005', authorized({ prompt: 'none' }, { headers: { cookie } }));
    await kakao.client.autoApprove.add({ userId: people.linked });
    await expectPage('KOE005', authorized({}));
  });

  it('lets its members in', async () => {
    await kakao.patchApp({ type: 'test', members: [people.linked] });
    expect((await enter()).status).toBe(302);
  });
});

describe('a sanctioned app', () => {
  it('is refused at every endpoint: KOE125', async () => {
    const code = await kakao.login(people.plain);
    await kakao.patchApp({ sanctioned: true });
    await expectPage('KOE125', authorized({}), 'sanctioned');
    const logout = `/oauth/logout?client_id=${first.client_id}&logout_redirect_uri=http://localhost:3000/login`;
    await expectPage('KOE125', send(kakao.url(logout)));
    const { status, json } = await kakao.exchange(code);
    expect([status, json['error_code']]).toEqual([400, 'KOE125']);
  });
});

describe('a channel', () => {
  it('that is not linked to the app is refused: KOE102', async () => {
    await expectPage('KOE102', authorized({ channel_public_id: '_ZeUTxl' }), 'PLUS_FRIENDS_ON_AGREEMENT');
    await kakao.patchApp({ channels: ['_ZeUTxl'] });
    await expectPage('KOE102', authorized({ channel_public_id: '_ZeUTxl,_other' }), '_other');
    expect((await authorized({ channel_public_id: '_ZeUTxl' })).status).toBe(200);
  });
});

describe('a second REST API key', () => {
  it('has redirect URIs of its own: KOE006', async () => {
    await expectPage('KOE006', authorized({ client_id: secondRest.client_id }), secondRest.redirect_uri);
  });

  it('cannot exchange a code of the first: KOE114', async () => {
    const code = await kakao.login(people.plain);
    const { status, json } = await kakao.exchange(code, { ...secondRest, redirect_uri: callback });
    expect(status).toBe(400);
    expect(json).toEqual({
      error: 'invalid_grant',
      error_description: 'Application ID mismatch',
      error_code: 'KOE114',
    });
  });

  it('cannot refresh what the first was given: KOE322', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    const { client_id, client_secret } = secondRest;
    const { json } = await kakao.refresh(refresh_token, { client_id, client_secret });
    expect(json['error_code']).toBe('KOE322');
  });

  it('is the audience of its ID tokens', async () => {
    const { id_token } = await kakao.tokens(people.plain, { clientId: secondRest.client_id });
    const payload = Buffer.from(String(id_token).split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ aud: secondRest.client_id, sub: people.plain });
  });
});

describe('a native key', () => {
  it('is the wrong key for a page, and for logout: KOE008', async () => {
    await expectPage('KOE008', authorized({ client_id: native.client_id }), first.client_id);
    const logout = `/oauth/logout?client_id=${native.client_id}&logout_redirect_uri=http://localhost:3000/login`;
    await expectPage('KOE008', send(kakao.url(logout)));
  });

  it('needs the proof of its platform, not a secret: KOE009', async () => {
    const code = await kakao.login(people.plain, native);
    for (const proof of [{}, { ios_bundle_id: 'com.evil' }, { android_key_hash: 'x', ...bundle }]) {
      const { status, json } = await kakao.exchange(code, { ...native, client_secret: '', ...proof });
      expect([status, json]).toEqual([
        400,
        {
          error: 'misconfigured',
          error_description: 'invalid android_key_hash or ios_bundle_id or web_site_url',
          error_code: 'KOE009',
        },
      ]);
    }
    const { status, json } = await kakao.exchange(code, { ...native, client_secret: '', ...bundle });
    expect([status, json['expires_in']]).toEqual([200, 43_199]);
    const refreshed = { client_id: native.client_id, client_secret: '' };
    expect((await kakao.refresh(json['refresh_token'], refreshed)).json['error_code']).toBe('KOE009');
    expect((await kakao.refresh(json['refresh_token'], { ...refreshed, ...bundle })).status).toBe(200);
  });

  it('lets the forms of its pages end at its own scheme', async () => {
    const policy = async (query: Record<string, string>) =>
      (await authorized(query)).headers.get('content-security-policy');
    expect(await policy(native)).toContain(`form-action 'self' http: https: kakao${native.client_id}:;`);
    expect(await policy({})).not.toContain('kakao');
    const consent = await send(kakao.authorizeUrl(native), form({ user: people.plain }));
    expect(consent.headers.get('content-security-policy')).toContain(` kakao${native.client_id}:;`);
  });

  it('takes the key hash of an Android app as well', async () => {
    const code = await kakao.login(people.plain, native);
    const proof = { android_key_hash: 'ZW11bGF0ZWQga2V5IGhhc2g=' };
    expect((await kakao.exchange(code, { ...native, ...proof })).status).toBe(200);
  });
});

describe('a JavaScript key', () => {
  const client = { client_id: javascriptKey, client_secret: '' };

  it('refuses pages of another origin: KOE009', async () => {
    const code = await kakao.login(people.plain, { client_id: javascriptKey });
    const foreign = await kakao.exchange(code, { ...client, client_origin: 'https://evil.example' });
    expect(foreign.json['error_code']).toBe('KOE009');
    const own = await kakao.exchange(code, { ...client, client_origin: 'http://localhost:3000' });
    expect([own.status, own.json['expires_in']]).toEqual([200, 7_199]);
  });

  it('is no client of the REST key: the code of one is KOE114 at the other', async () => {
    const code = await kakao.login(people.plain, { client_id: javascriptKey });
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE114');
    expect((await kakao.exchange(code, client)).status).toBe(200);
  });

  it('needs its secret once that is on: KOE010', async () => {
    await kakao.patchApp({ clientSecretEnabled: true }, javascriptKey);
    const code = await kakao.login(people.plain, { client_id: javascriptKey });
    expect((await kakao.exchange(code, client)).json['error_code']).toBe('KOE010');
  });
});

describe('allowed servers', () => {
  it('are the only ones that get tokens: KOE127', async () => {
    const code = await kakao.login(people.plain);
    await kakao.patchApp({ allowedIps: ['203.0.113.7'] });
    const { status, json } = await kakao.exchange(code);
    expect([status, json['error_code']]).toEqual([400, 'KOE127']);
    expect(json['error_description']).toMatch(/callerIp=(127\.0\.0\.1|::1)$/);
    await kakao.patchApp({ allowedIps: ['127.0.0.1', '::1'] });
    expect((await kakao.exchange(code)).status).toBe(200);
  });
});

describe('what SDKs add', () => {
  it('is ignored at authorize, with a REST API key also at token', async () => {
    const extras = { ka: 'sdk/2.7.4 os/javascript', agt: 'x', is_popup: 'false', kauth_tx_id: '1' };
    const code = await kakao.login(people.plain, extras);
    const proof = { ios_bundle_id: 'com.evil', client_origin: 'https://evil.example' };
    expect((await kakao.exchange(code, proof)).status).toBe(200);
  });

  it('asks for the login page with the older auth_type', async () => {
    const picked = await authorized({}, form({ user: people.linked }));
    const headers = { cookie: picked.headers.get('set-cookie')?.split(';')[0] ?? '' };
    expect(redirectedTo(await authorized({}, { headers })).searchParams.has('code')).toBe(true);
    expect((await authorized({ auth_type: 'reauthenticate' }, { headers })).status).toBe(200);
  });
});
