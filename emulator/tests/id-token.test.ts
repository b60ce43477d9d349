import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { first, form, payloadOf, people, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const jwks = async () => (await send(kakao.url('/.well-known/jwks.json'))).json as unknown as JSONWebKeySet;
const idToken = async (user = people.plain, query = {}) =>
  String((await kakao.exchange(await kakao.login(user, query))).json['id_token']);
const tokeninfo = (token: string) => send(kakao.url('/oauth/tokeninfo'), form({ id_token: token }));
const spoil = (fault: object) => kakao.fault('/oauth/token', { idToken: fault });

async function verify(token: string) {
  const currentDate = new Date(kakao.seconds() * 1000);
  return jwtVerify(token, createLocalJWKSet(await jwks()), {
    issuer: kakao.url(''),
    audience: first.client_id,
    currentDate,
  });
}

describe('a spoilt ID token', () => {
  it.each([
    [{ iss: 'https://evil.example' }, 'iss'],
    [{ aud: 'somebody-else' }, 'aud'],
    [{ exp: 1 }, 'exp'],
    [{ signWith: 'unknown-key' }, 'no applicable key'],
    [{ signWith: 'foreign-key-same-kid' }, 'signature verification failed'],
    [{ alg: 'HS256' }, 'Unsupported "alg"'],
    [{ alg: 'none' }, 'Unsupported "alg"'],
  ])('%o does not verify', async (fault, message) => {
    await spoil(fault);
    await expect(verify(await idToken())).rejects.toThrow(message);
    await expect(verify(await idToken())).resolves.toBeTruthy();
  });

  it('carries the claims it was given, and lacks those set to null', async () => {
    await spoil({ nonce: 'other', sub: '1', iat: 5, email: null });
    const claims = payloadOf(await idToken(people.plain, { nonce: 'mine' }));
    expect(claims).toMatchObject({ nonce: 'other', sub: '1', iat: 5 });
    expect(claims).not.toHaveProperty('email');
  });

  it('can be missing', async () => {
    await spoil({ omit: true });
    const { json } = await kakao.exchange(await kakao.login(people.plain));
    expect(json).not.toHaveProperty('id_token');
    expect(json['scope']).toContain('openid');
  });

  it('is refused by tokeninfo: KOE400', async () => {
    await spoil({ signWith: 'foreign-key-same-kid' });
    const { status, json } = await tokeninfo(await idToken());
    expect([status, json['error'], json['error_code']]).toEqual([400, 'invalid_token', 'KOE400']);
    expect((await tokeninfo('nonsense')).json['error_code']).toBe('KOE400');
  });
});

describe('the ID token', () => {
  it('has no email unless it is both valid and verified', async () => {
    for (const user of [people.noEmail, people.declinesEmail, people.unverified, people.masked]) {
      expect(payloadOf(await idToken(user))).not.toHaveProperty('email');
    }
  });

  it('has no nickname and picture for a person who refuses them, and no nonce when none was sent', async () => {
    const claims = payloadOf(await idToken(people.refuses));
    expect(Object.keys(claims)).toEqual(['aud', 'sub', 'auth_time', 'iss', 'email', 'exp', 'iat']);
  });

  it('has the documented claims and no others', async () => {
    const token = await idToken(people.plain, { nonce: 'n-1' });
    const { payload } = await verify(token);
    const iat = kakao.seconds();
    expect(payload).toEqual({
      aud: first.client_id,
      sub: people.plain,
      auth_time: iat,
      iss: kakao.url(''),
      nickname: '서윤',
      picture: 'http://k.kakaocdn.net/dn/emulator/3900000001/img_110x110.jpg',
      email: 'seoyun@example.com',
      exp: iat + 21599,
      iat,
      nonce: 'n-1',
    });
    expect(Object.keys(decodeProtectedHeader(token))).toEqual(['kid', 'typ', 'alg']);
    expect((await tokeninfo(token)).json).toEqual(payload);
  });

  it('comes with a normal login, for which an empty scope is taken, but not with a consent that lacks openid', async () => {
    expect(await idToken(people.plain, { scope: '' })).toMatch(/^eyJ/);
    expect(await idToken(people.plain, { scope: 'openid profile_image' })).toMatch(/^eyJ/);
    expect(await idToken(people.plain, { scope: 'profile_image' })).toBe('undefined');
  });

  it('keeps the time of the login when it is refreshed', async () => {
    const { refresh_token } = await kakao.tokens(people.plain, { nonce: 'n' });
    const loginTime = kakao.seconds();
    kakao.wait(5000);
    const claims = payloadOf((await kakao.refresh(refresh_token)).json['id_token']);
    expect(claims).toMatchObject({ auth_time: loginTime, iat: loginTime + 5000 });
  });

  it('keeps ids above 2^53 as they are', async () => {
    expect(payloadOf(await idToken(people.bigger))['sub']).toBe('9007199254740993');
  });
});

describe('the keys', () => {
  it('are two public RSA keys with ids of 30 hex digits', async () => {
    const { keys } = await jwks();
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(['kid', 'kty', 'alg', 'use', 'n', 'e']);
      expect(key.kid).toMatch(/^[0-9a-f]{30}$/);
    }
  });

  it('rotate: a new key signs, tokens of the old one still verify', async () => {
    const old = await idToken();
    const { kid } = await kakao.client.keys.rotate();
    const fresh = await idToken();
    expect(decodeProtectedHeader(fresh).kid).toBe(kid);
    await expect(verify(old)).resolves.toBeTruthy();
    await expect(verify(fresh)).resolves.toBeTruthy();
    await kakao.client.keys.rotate();
    await expect(verify(old)).rejects.toThrow('no applicable key');
  });

  it('are found through the discovery document of this origin', async () => {
    const { json } = await send(kakao.url('/.well-known/openid-configuration'));
    expect(json).toMatchObject({
      issuer: kakao.url(''),
      jwks_uri: kakao.url('/.well-known/jwks.json'),
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      code_challenge_methods_supported: ['S256'],
    });
  });
});
