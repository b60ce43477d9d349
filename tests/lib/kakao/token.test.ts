import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultSent } from '@/emulator/src/client';
import { authorizationUrl, createFlowSecrets, readCallback } from '@/lib/kakao/authorize';
import type { KakaoConfig } from '@/lib/kakao/config';
import { exchangeCode } from '@/lib/kakao/token';
import { answerJson, withServers } from '../../support/http-server';
import { approve, kakaoConfig, people, soon, validatedCode, withLocalKakao } from '../../support/kakao';

const kakao = withLocalKakao();
const start = withServers();

/** Logs a person in at the local Kakao and exchanges the code. */
async function exchange(config: KakaoConfig = kakao.config(), userId = people.plain) {
  const flow = createFlowSecrets();
  const back = await approve(authorizationUrl(config, flow), userId);
  return exchangeCode(config, readCallback(config, back, flow.state), { ...flow, deadline: soon() });
}

/** Exchanges a code at a server that answers this. */
async function exchangeAt(url: string, changes: Partial<KakaoConfig> = {}) {
  const config = kakaoConfig(url, changes);
  const { code, flow } = await validatedCode(config);
  return exchangeCode(config, code, { ...flow, deadline: soon() });
}

describe('the exchange is refused', () => {
  it('for a code that was never issued', async () => {
    const { code, flow } = await validatedCode(kakao.config());
    const refused = exchangeCode(kakao.config(), code, { ...flow, deadline: soon() });
    await expect(refused).rejects.toMatchObject({ code: 'code_rejected', kakaoCode: 'KOE320' });
  });

  it('for a code that comes with another verifier', async () => {
    const config = kakao.config();
    const back = await approve(authorizationUrl(config, createFlowSecrets()), people.plain);
    const { code, flow } = await validatedCode(config, createFlowSecrets(), back.get('code') ?? '');
    const refused = exchangeCode(config, code, { ...flow, deadline: soon() });
    await expect(refused).rejects.toMatchObject({ code: 'code_rejected', kakaoCode: 'KOE313' });
  });

  it('when our own key or secret is wrong', async () => {
    const wrongSecret = exchange(kakao.config({ clientSecret: 'wrong' }));
    await expect(wrongSecret).rejects.toMatchObject({ code: 'misconfigured', kakaoCode: 'KOE010' });
    const withoutSecret = exchange(kakao.config({ clientSecret: undefined }));
    await expect(withoutSecret).rejects.toMatchObject({ code: 'misconfigured', kakaoCode: 'KOE010' });
  });

  it.each([
    ['KOE320', 'code_rejected'],
    ['KOE010', 'misconfigured'],
    ['KOE101', 'misconfigured'],
    ['KOE303', 'misconfigured'],
    ['KOE237', 'tokens_limited'],
    ['KOE003', 'unavailable'],
  ])('by %s: %s', async (kakaoCode, code) => {
    await kakao.fault('/oauth/token', { kakao: kakaoCode });
    await expect(exchange()).rejects.toMatchObject({ code, kakaoCode });
  });

  it.each([
    ['a web page', '<html>점검 중</html>', 'text/html'],
    ['nothing', '', 'application/json'],
    ['null', 'null', 'application/json'],
    ['a list', '[]', 'application/json'],
    ['an empty object', '{}', 'application/json'],
    ['an error with a good status', '{"error":"invalid_grant"}', 'application/json'],
    ['no token', '{"token_type":"bearer"}', 'application/json'],
    ['an empty token', '{"access_token":"","token_type":"bearer"}', 'application/json'],
    ['a token that is a number', '{"access_token":7,"token_type":"bearer"}', 'application/json'],
    ['no token type', '{"access_token":"a"}', 'application/json'],
    ['another token type', '{"access_token":"a","token_type":"mac"}', 'application/json'],
    ['half an answer', '{"access_token":"a","token_', 'application/json'],
  ])('when Kakao answers 200 with %s', async (_, body, contentType) => {
    const server = await start((_request, response) => {
      response.writeHead(200, { 'content-type': contentType }).end(body);
    });
    await expect(exchangeAt(server.url)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('and is not sent again, whatever happened to it', async () => {
    const cut = await start((request) => request.socket.destroy());
    await expect(exchangeAt(cut.url)).rejects.toMatchObject({ code: 'unavailable' });
    expect(cut.seen).toHaveLength(1);
    const failing = await start(answerJson('{}', 503));
    await expect(exchangeAt(failing.url)).rejects.toMatchObject({ code: 'unavailable' });
    expect(failing.seen).toHaveLength(1);
  });

  it('without a word about the code or the secret in the error', async () => {
    await kakao.fault('/oauth/token', {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'X9' },
    });
    const error: unknown = await exchange().catch((thrown: unknown) => thrown);
    const said = `${error} ${JSON.stringify(error)}`;
    expect(said).not.toContain('X9');
    expect(said).not.toContain(kakao.config().clientSecret);
  });
});

describe('an ID token that comes, asked for or not, is refused', () => {
  it.each<[string, NonNullable<FaultSent['idToken']>]>([
    ['from another issuer', { iss: 'https://evil.example' }],
    ['without an issuer', { iss: null }],
    ['for another app', { aud: 'somebody-else' }],
    ['without an audience', { aud: null }],
    ['of another flow', { nonce: 'another' }],
    ['without a nonce', { nonce: null }],
    ['that is over', { exp: 1 }],
    ['without an end', { exp: null }],
    ['without a beginning', { iat: null }],
    ['from the future', { iat: Math.floor(Date.now() / 1_000) + 3_600 }],
    ['issued hours ago', { iat: Math.floor(Date.now() / 1_000) - 2 * 3_600 }],
    ['about nobody', { sub: null }],
    ['about a number', { sub: 3900000001 }],
    ['without a signature', { alg: 'none' }],
    ['signed with our client secret', { alg: 'HS256' }],
    ['signed by a key nobody knows', { signWith: 'unknown-key' }],
    ['signed by a foreign key under the same id', { signWith: 'foreign-key-same-kid' }],
  ])('%s', async (_, idToken) => {
    await kakao.fault('/oauth/token', { idToken });
    await expect(exchange()).rejects.toMatchObject({ code: 'id_token_invalid', transient: false });
  });

  it.each(['nonsense', '', 'a.b.c', 7, {}, null])('that is %j', async (id_token) => {
    await kakao.fault('/oauth/token', { replace: { id_token } });
    await expect(exchange()).rejects.toMatchObject({ code: 'id_token_invalid' });
  });

  it('signed by HS256 with the public key of Kakao as secret', async () => {
    const { createHmac } = await import('node:crypto');
    const server = await start(async (request, response) => {
      if (request.url?.startsWith('/.well-known')) {
        const jwks = await fetch(`${kakao.config().authOrigin}/.well-known/jwks.json`);
        return answerJson(await jwks.text())(request, response);
      }
      const jwks = await (await fetch(`${kakao.config().authOrigin}/.well-known/jwks.json`)).text();
      const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1_000);
      const { kid } = JSON.parse(jwks).keys[0];
      const claims = { iss: server.url, aud: kakao.config().clientId, sub: '1', iat: now, exp: now + 60 };
      const signed = `${encode({ alg: 'HS256', kid })}.${encode({ ...claims, nonce: flow.nonce })}`;
      const mac = createHmac('sha256', jwks).update(signed).digest('base64url');
      const body = { access_token: 'a', token_type: 'bearer', id_token: `${signed}.${mac}` };
      return answerJson(JSON.stringify(body))(request, response);
    });
    const config = kakaoConfig(server.url);
    const { code, flow } = await validatedCode(config);
    await expect(exchangeCode(config, code, { ...flow, deadline: soon() })).rejects.toMatchObject({
      code: 'id_token_invalid',
    });
  });

  it('that is missing although openid was asked for', async () => {
    await kakao.fault('/oauth/token', { idToken: { omit: true } });
    const asked = exchange(kakao.config({ scope: 'openid profile_nickname' }));
    await expect(asked).rejects.toMatchObject({ code: 'id_token_invalid' });
  });
});

describe('the keys of Kakao', () => {
  const endpoint = '/.well-known/jwks.json';
  /** A Kakao whose keys were never fetched: they are cached by origin. */
  const fresh = () => {
    const { authServerOrigin } = kakao.config();
    return kakao.config({ authServerOrigin: authServerOrigin.replace('localhost', '127.0.0.1') });
  };
  // That they did not come is remembered for a second.
  let seconds = 0;
  beforeEach(() => {
    seconds += 2;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
  });
  afterEach(() => vi.useRealTimers());

  it.each([
    ['down', { status: 503, always: true }],
    ['cut', { reset: true, times: 2 }],
    ['elsewhere', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }],
    ['gone', { status: 404 }],
    ['a web page', { body: '<html>' }],
    ['an empty object', { body: {} }],
    ['a list', { body: '[]' }],
  ])('that are %s make the login unavailable, not invalid', async (_, fault) => {
    await kakao.fault(endpoint, fault);
    await expect(exchange(fresh())).rejects.toMatchObject({ code: 'unavailable', transient: true });
  });

  it('are fetched again a second after they were down', async () => {
    await kakao.fault(endpoint, { status: 503, times: 2 });
    await expect(exchange(fresh())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(exchange(fresh())).rejects.toMatchObject({ code: 'unavailable' });
    expect(await kakao.requests(endpoint)).toHaveLength(2);
    vi.setSystemTime(Date.now() + 1_001);
    expect((await exchange(fresh())).idToken?.subject).toBe(people.plain);
  });

  it('are fetched once for many logins', async () => {
    await exchange(fresh());
    await exchange(fresh());
    expect(await kakao.requests(endpoint)).toHaveLength(0);
  });

  it('may be rotated: the new one works within 30 seconds', async () => {
    await exchange();
    await kakao.rotateKeys();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 29_000 });
    try {
      expect((await exchange()).idToken?.subject).toBe(people.plain);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a good exchange', () => {
  it('gives the access token and what the ID token says', async () => {
    const tokens = await exchange(kakao.config(), people.exact);
    expect(tokens).toEqual({
      accessToken: expect.stringMatching(/^emu_/),
      expiresIn: 21_599,
      refreshToken: expect.stringMatching(/^emu_/),
      refreshExpiresIn: 5_183_999,
      idToken: { subject: '9007199254740993', authTime: expect.any(Date) },
      granted: ['profile_nickname', 'profile_image', 'account_email', 'openid'],
    });
  });

  it('needs no ID token unless openid was asked for', async () => {
    await kakao.patchApp({ oidc: false });
    expect((await exchange()).idToken).toBeNull();
  });

  it('takes fields that nobody knows, as Kakao sends them', async () => {
    await kakao.fault('/oauth/token', { replace: { refresh_token_expires_in: 1, something_new: { a: [] } } });
    expect((await exchange()).idToken?.subject).toBe(people.plain);
  });

  it('sends everything in the body and nothing in the address', async () => {
    let form = '';
    const server = await start((request, response) => {
      request.on('data', (chunk: Buffer) => {
        form += chunk.toString();
      });
      request.on('end', () => answerJson('{"access_token":"a","token_type":"bearer"}')(request, response));
    });
    expect(await exchangeAt(server.url)).toMatchObject({ accessToken: 'a', idToken: null });
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/oauth/token' });
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      grant_type: 'authorization_code',
      client_id: kakao.config().clientId,
      client_secret: kakao.config().clientSecret,
      redirect_uri: 'http://localhost:3000/login/callback',
      code: 'a-code',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});
