import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, callback, first, form, people, redirectedTo, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly code: string | number | null;
  readonly endpoint: string;
  readonly endpoints: readonly string[];
  readonly everywhere: boolean;
  readonly source: string;
}

/** From Kakao's list of kauth errors. */
const koe =
  '001 002 003 004 005 006 007 008 009 010 023 101 102 114 125 126 127 201 202 203 204 205 207 237 303 310 313 319 320 322 400'.split(
    ' ',
  );
/** From Kakao's list of kapi errors and its SDKs, by HTTP status. */
const kapi: Record<number, string> = {
  400: '-1 -2 -7 -8 -9 -10 -11 -101 -102 -103 -201 -301 -405 -451 -452 -453 -480 -481 -501 -502 -504 -530 -531 -532 -602 -603 -606 -903 -911',
  401: '-401 -406',
  403: '-3 -4 -5 -6 -12 -402',
  503: '-9798',
};
/** `error` of the token endpoint by KOE code, where it is known. */
const oauthErrors: Record<string, string> = {
  KOE009: 'misconfigured',
  KOE010: 'invalid_client',
  KOE101: 'invalid_client',
  KOE237: 'invalid_request',
  KOE303: 'invalid_grant',
  KOE313: 'invalid_grant',
  KOE319: 'invalid_grant',
  KOE320: 'invalid_grant',
  KOE322: 'invalid_grant',
  KOE400: 'invalid_token',
};
const redirects =
  'access_denied under_age_14 login_required consent_required interaction_required auto_login invalid_request invalid_scope unauthorized_client server_error misconfigured unauthorized'.split(
    ' ',
  );
const idTokens = 'aud iss nonce sub expired kid signature none hs256 missing'.split(' ');
const transport = 'quota maintenance slow reset truncated malformed bad-gateway jwks-down'.split(' ');
const kapiCodes = Object.values(kapi).flatMap((codes) => codes.split(' '));

let all: Scenario[] = [];
let accessToken: unknown;

beforeEach(async () => {
  all = (await kakao.control('GET', 'scenarios')).json['scenarios'] as Scenario[];
  accessToken = (await kakao.tokens(people.plain))['access_token'];
});

const turnOn = (name: string, order: object = {}) => kakao.control('POST', `scenarios/${name}`, order);

/** A request to this endpoint with which nothing is wrong. */
async function ask(endpoint: string): Promise<Answer> {
  if (endpoint === '/oauth/authorize') return send(kakao.authorizeUrl({ state: 's' }));
  if (endpoint === '/oauth/token') return kakao.exchange(await kakao.login(people.plain));
  if (endpoint === '/oauth/tokeninfo') return send(kakao.url(endpoint), { method: 'POST' });
  const logout = { client_id: first.client_id, logout_redirect_uri: 'http://localhost:3000/login' };
  if (endpoint === '/oauth/logout') return send(kakao.url(`${endpoint}?${new URLSearchParams(logout)}`));
  return send(kakao.url(endpoint), kakao.bearer(accessToken));
}

function expectKoe(code: string, endpoint: string, { status, text, json, headers }: Answer) {
  if (endpoint === '/oauth/authorize' || endpoint === '/oauth/logout') {
    expect([code, status, headers.get('content-type')]).toEqual([code, 400, 'text/html;charset=UTF-8']);
    return expect(text).toContain(`(${code})</h1>`);
  }
  expect([code, status]).toEqual([code, ['KOE010', 'KOE101'].includes(code) ? 401 : 400]);
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(headers.has('www-authenticate')).toBe(code === 'KOE101');
  const error = oauthErrors[code] ?? expect.stringMatching(/^[a-z_]+$/);
  expect(json).toEqual({ error, error_description: expect.stringMatching(/./), error_code: code });
}

function expectKapi(code: number, endpoint: string, { status, json, headers }: Answer) {
  const usual = Object.keys(kapi).find((it) => kapi[Number(it)]?.split(' ').includes(String(code)));
  const isIds = code === -10 && endpoint === '/v1/user/ids';
  expect([code, status]).toEqual([code, isIds ? 429 : Number(usual)]);
  expect(headers.get('www-authenticate')).toBe(code === -401 ? 'Bearer error=invalid_token' : null);
  const scopes = { required_scopes: expect.any(Array), allowed_scopes: expect.any(Array) };
  expect(json).toEqual({ msg: expect.stringMatching(/./), code, ...(code === -402 ? scopes : {}) });
}

describe('a scenario is refused', () => {
  it.each([
    ['KOE320', { endpoint: '/v2/user/me' }, 'endpoint'],
    ['-10', { endpoint: '/oauth/token' }, 'endpoint'],
    ['-10', { endpoint: '/nowhere' }, 'endpoint'],
    ['-10', { userId: '1' }, 'userId'],
    ['-10', { clientId: 'x' }, 'clientId'],
    ['-10', { times: 0 }, 'times'],
    ['-10', { times: 2, always: true }, 'times'],
    ['-10', { colour: 'red' }, 'colour'],
  ])('%s with %o, naming %s', async (name, order, field) => {
    const { status, json } = await turnOn(name, order);
    expect([status, json['field']]).toEqual([400, field]);
    expect(await kakao.client.faults.list()).toEqual([]);
  });

  it('when there is none of its name', async () => {
    for (const name of ['KOE999', '-99', 'toString', '']) expect((await turnOn(name)).status).toBe(404);
  });
});

describe('the list of scenarios', () => {
  it('has every code of Kakao, every redirect error, bad ID tokens and a bad network, and no more', () => {
    const names = [
      ...koe.map((digits) => `KOE${digits}`),
      ...redirects,
      ...kapiCodes,
      ...idTokens.map((name) => `id-token-${name}`),
      ...transport,
    ];
    expect(all.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it('says of each what happens, where, and how that is known', () => {
    for (const { what, source, endpoint, endpoints } of all) {
      expect(what).toMatch(/^[\w/=-][^.]+$/);
      expect(source).toMatch(/\w/);
      expect(endpoints[0]).toBe(endpoint);
    }
  });
});

describe('walking the whole list', () => {
  it('each KOE code comes at each of its endpoints, as a page or as JSON', async () => {
    const codes = all.filter(({ name }) => name.startsWith('KOE'));
    for (const { name, endpoints } of codes) {
      for (const endpoint of endpoints) {
        expect((await turnOn(name, { endpoint })).status).toBe(201);
        expectKoe(name, endpoint, await ask(endpoint));
      }
    }
    expect(codes).toHaveLength(31);
  });

  it('each negative code comes with its status and body', async () => {
    const codes = all.filter(({ code, everywhere }) => typeof code === 'number' && !everywhere);
    for (const { name, code, endpoint } of codes) {
      await turnOn(name);
      expectKapi(Number(code), endpoint, await ask(endpoint));
    }
    expect(codes).toHaveLength(38);
  });

  it('each negative code comes at any other user API too', async () => {
    for (const endpoint of all.find(({ name }) => name === '-10')?.endpoints ?? []) {
      expect((await turnOn('-10', { endpoint })).status).toBe(201);
      expectKapi(-10, endpoint, await ask(endpoint));
    }
  });

  it.each(redirects)('%s comes back to the app with its state', async (name) => {
    await turnOn(name);
    const to = redirectedTo(await ask('/oauth/authorize'));
    expect(`${to.origin}${to.pathname}`).toBe(callback);
    const { error, error_description, state } = Object.fromEntries(to.searchParams);
    expect([error, state]).toEqual([name === 'under_age_14' ? 'access_denied' : name, 's']);
    expect(error_description).toMatch(/./);
  });

  it('no redirect error goes to an address that is not registered', async () => {
    await turnOn('server_error');
    const answer = await send(kakao.authorizeUrl({ redirect_uri: 'http://evil.example/' }));
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(answer.text).toContain('(KOE006)');
  });
});

describe('a bad ID token', () => {
  const good = { aud: first.client_id, sub: people.plain };
  const given = async (name: string) => {
    await turnOn(`id-token-${name}`);
    return (await ask('/oauth/token')).json;
  };

  it.each([
    ['aud', { aud: 'f'.repeat(32) }],
    ['iss', { iss: 'https://kauth.example.com' }],
    ['nonce', { nonce: 'another-nonce' }],
    ['sub', { sub: '1' }],
    ['expired', { exp: 1_000_021_599 }],
  ])('%s', async (name, claims) => {
    expect(decodeJwt(String((await given(name))['id_token']))).toMatchObject({ ...good, ...claims });
  });

  it('is signed wrongly, or missing', async () => {
    const header = async (name: string) => decodeProtectedHeader(String((await given(name))['id_token']));
    const { keys } = (await send(kakao.url('/.well-known/jwks.json'))).json as { keys: { kid: string }[] };
    const kids = keys.map(({ kid }) => kid);
    expect(kids).not.toContain((await header('kid')).kid);
    expect(kids).toContain((await header('signature')).kid);
    expect((await header('none')).alg).toBe('none');
    expect((await header('hs256')).alg).toBe('HS256');
    const missing = await given('missing');
    expect([missing['token_type'], 'id_token' in missing]).toEqual(['bearer', false]);
  });
});

describe('a bad network', () => {
  it('is out of quota or under maintenance at every user API', async () => {
    for (const [name, code] of [
      ['quota', -10],
      ['maintenance', -9798],
    ] as const) {
      const { json } = await turnOn(name);
      const faults = json['faults'] as { endpoint: string }[];
      for (const { endpoint } of faults) expectKapi(code, endpoint, await ask(endpoint));
      expect(faults.length).toBeGreaterThan(6);
    }
    expect((await ask('/v2/user/me')).status).toBe(200);
  });

  it('is slow', async () => {
    await turnOn('slow', { endpoint: '/v2/user/me' });
    const started = performance.now();
    expect((await ask('/v2/user/me')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(1_950);
  });

  it('cuts connections, at every endpoint', async () => {
    const { json } = await turnOn('reset');
    const endpoints = (json['faults'] as { endpoint: string }[]).map(({ endpoint }) => endpoint);
    for (const endpoint of endpoints) {
      await expect(send(kakao.url(endpoint))).rejects.toThrow('fetch failed');
      expect((await send(kakao.url(endpoint))).status).toBeGreaterThan(0);
    }
    expect(endpoints).toContain('/.well-known/jwks.json');
  });

  it('garbles answers', async () => {
    await turnOn('truncated', { endpoint: '/v2/user/me' });
    await expect(ask('/v2/user/me')).rejects.toThrow();
    await turnOn('malformed', { endpoint: '/v2/user/me' });
    expect((await ask('/v2/user/me')).text).toMatch(/^\{"id":.*,$/);
    await turnOn('bad-gateway');
    const { status, headers } = await ask('/oauth/token');
    expect([status, headers.get('content-type')]).toEqual([502, 'text/html']);
    await turnOn('jwks-down');
    expect((await ask('/.well-known/jwks.json')).status).toBe(503);
  });
});

describe('a scenario', () => {
  it('is over after so many times, or when faults are cleared', async () => {
    await turnOn('-1', { times: 2 });
    const seen = [];
    for (let i = 0; i < 3; i += 1) seen.push((await ask('/v2/user/me')).status);
    expect(seen).toEqual([400, 400, 200]);
    await turnOn('-1', { always: true });
    for (let i = 0; i < 3; i += 1) expect((await ask('/v2/user/me')).status).toBe(400);
    await kakao.client.faults.clear();
    expect((await ask('/v2/user/me')).status).toBe(200);
  });

  it('can be for one person only', async () => {
    await turnOn('-1', { userId: people.noEmail });
    expect((await ask('/v2/user/me')).status).toBe(200);
    const { access_token } = await kakao.tokens(people.noEmail);
    expect((await kakao.me(access_token)).json['code']).toBe(-1);
  });

  it('can be for the person who is logged in at Kakao in the browser', async () => {
    const picked = await send(kakao.authorizeUrl(), form({ user: people.linked }));
    const headers = { cookie: picked.headers.get('set-cookie')?.split(';')[0] ?? '' };
    await turnOn('access_denied', { userId: people.linked });
    expect((await ask('/oauth/authorize')).status).toBe(200);
    const { searchParams } = redirectedTo(await send(kakao.authorizeUrl(), { headers }));
    expect(searchParams.get('error')).toBe('access_denied');
  });

  it('can be for one key only, and leaves the code of the others unused', async () => {
    await turnOn('KOE237', { clientId: second.client_id });
    const code = await kakao.login(people.plain);
    expect((await kakao.exchange(code, second)).json['error_code']).toBe('KOE237');
    expect((await kakao.exchange(code)).status).toBe(200);
  });
});
