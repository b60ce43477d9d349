import { createHmac } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventFlaws } from '../src/webhooks/security-event.ts';
import { unlinkFlaws } from '../src/webhooks/unlink-notice.ts';
import { adminKey, first, people, send, useKakao } from './kakao.ts';
import { useReceiver } from './receiver.ts';

const kakao = useKakao();
const app = useReceiver();

beforeEach(() => kakao.patchApp({ webhooks: app.webhooks() }));

/** Fires one webhook and returns it as the app got it. */
async function got(order: object) {
  const { status } = await kakao.control('POST', 'webhooks/fire', { userId: people.linked, ...order });
  expect(status).toBe(200);
  const [received] = app.received();
  if (!received) throw new TypeError('nothing arrived');
  return received;
}

const keySet = () => createRemoteJWKSet(new URL(kakao.url('/.well-known/jwks.json')));
/** The checks that an app has to make, by a library. */
const accept = (jws: string) =>
  jwtVerify(jws, keySet(), {
    issuer: kakao.emulator().url,
    audience: first.client_id,
    typ: 'secevent+jwt',
    algorithms: ['RS256'],
    requiredClaims: ['jti', 'events'],
  });
const publishedKids = async () => {
  const { json } = await send(kakao.url('/.well-known/jwks.json'));
  return (json['keys'] as JWK[]).map(({ kid }) => kid);
};

describe('an account-state webhook with a flaw', () => {
  it.each([
    'foreign-key',
    'unknown-key',
    'alg-none',
    'alg-hs256',
    'tampered',
    'wrong-issuer',
    'wrong-audience',
    'wrong-type',
    'missing-jti',
    'id-token',
  ])('is refused by a careful library: %s', async (flaw) => {
    await expect(accept((await got({ flaw })).body)).rejects.toThrow();
  });

  it('is otherwise accepted by that library', async () => {
    await accept((await got({})).body);
  });

  it('is listed', () => {
    expect(eventFlaws).toHaveLength(15);
    expect(unlinkFlaws).toHaveLength(6);
  });

  it('names a published key that did not sign it, or a key that nobody published', async () => {
    const foreign = decodeProtectedHeader((await got({ flaw: 'foreign-key' })).body);
    expect(await publishedKids()).toContain(foreign.kid);
    await kakao.client.webhooks.fire({ userId: people.linked, flaw: 'unknown-key' });
    const unknown = decodeProtectedHeader(app.received()[1]?.body ?? '');
    expect(await publishedKids()).not.toContain(unknown.kid);
  });

  it('has no signature with alg none, and the public key as secret with HS256', async () => {
    expect((await got({ flaw: 'alg-none' })).body).toMatch(/^[\w-]+\.[\w-]+\.$/);
    await kakao.client.webhooks.fire({ userId: people.linked, flaw: 'alg-hs256' });
    const [header, payload, signature] = (app.received()[1]?.body ?? '').split('.');
    const { json } = await send(kakao.url('/.well-known/jwks.json'));
    const [signer] = json['keys'] as JWK[];
    const key = await importJWK({ ...signer, alg: 'RS256' }, 'RS256', { extractable: true });
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', key as CryptoKey)).toString('base64');
    const pem = `-----BEGIN PUBLIC KEY-----\n${spki.match(/.{1,64}/g)?.join('\n')}\n-----END PUBLIC KEY-----\n`;
    const expected = createHmac('sha256', pem).update(`${header}.${payload}`).digest('base64url');
    expect(signature).toBe(expected);
  });

  it('poses as an event though it is an ID token', async () => {
    const { body, headers } = await got({ flaw: 'id-token' });
    expect(headers['content-type']).toBe('application/secevent+jwt');
    expect(decodeProtectedHeader(body).typ).toBe('JWT');
    expect(Object.keys(decodeJwt(body))).toEqual(['aud', 'sub', 'auth_time', 'iss', 'exp', 'iat']);
    await jwtVerify(body, keySet(), {
      issuer: kakao.emulator().url,
      audience: first.client_id,
      currentDate: new Date(kakao.seconds() * 1000),
    });
  });

  it('has two events, or none', async () => {
    const two = decodeJwt((await got({ flaw: 'two-events', event: 'user-unlinked' })).body);
    expect(Object.keys(two['events'] as object)).toEqual([
      'https://schemas.openid.net/secevent/oauth/event-type/user-linked',
      'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked',
    ]);
    await kakao.client.webhooks.fire({ userId: people.linked, flaw: 'no-event' });
    expect(decodeJwt(app.received()[1]?.body ?? '')['events']).toEqual({});
  });

  it('contradicts itself about the app or the person, or comes as JSON', async () => {
    expect(decodeJwt((await got({ flaw: 'wrong-app-id' })).body)).toMatchObject({ app_id: '9999999' });
    await kakao.client.webhooks.fire({ userId: people.linked, flaw: 'wrong-subject' });
    const { sub, events } = decodeJwt(app.received()[1]?.body ?? '');
    expect(sub).not.toBe(people.linked);
    expect(JSON.stringify(events)).toContain(`"sub":"${people.linked}"`);
    await kakao.client.webhooks.fire({ userId: people.linked, flaw: 'wrong-content-type' });
    expect(app.received()[2]?.headers['content-type']).toBe('application/json');
  });
});

describe('an account-state webhook', () => {
  it('can be stale, or from the future', async () => {
    const { body } = await got({ toeOffsetSeconds: -86_400, iatOffsetSeconds: 60 });
    const { iat, toe } = decodeJwt(body);
    expect(Number(toe) - kakao.seconds()).toBe(-86_400);
    expect(Number(iat) - kakao.seconds()).toBe(60);
    await accept(body);
  });

  it('can have any claims, and lack any', async () => {
    const { body } = await got({ claims: { jti: 'twice', toe: null, aud: ['a', first.client_id] } });
    expect(decodeJwt(body)).toMatchObject({ jti: 'twice', aud: ['a', first.client_id] });
    expect(decodeJwt(body)).not.toHaveProperty('toe');
  });

  it('can be anything at all', async () => {
    const raw = await got({ body: 'not a token', headers: { 'Content-Type': 'text/plain', 'X-Extra': '1' } });
    expect(raw).toMatchObject({ body: 'not a token' });
    expect(raw.headers).toMatchObject({ 'content-type': 'text/plain', 'x-extra': '1' });
    const { json } = await kakao.control('GET', 'webhooks');
    expect(json['attempts']).toMatchObject([{ body: 'not a token' }]);
  });
});

describe('an unlink webhook with a flaw', () => {
  const spoilt = (flaw: string) => got({ kind: 'unlink', flaw });

  it('has a wrong key, or none', async () => {
    const { headers } = await spoilt('wrong-admin-key');
    expect(headers.authorization).toMatch(/^KakaoAK [0-9a-f]{32}$/);
    expect(headers.authorization).not.toContain(adminKey);
    await kakao.client.webhooks.fire({ userId: '1', kind: 'unlink', flaw: 'no-authorization' });
    expect(app.received()[1]?.headers).not.toHaveProperty('authorization');
  });

  it('is for another app', async () => {
    expect((await spoilt('wrong-app-id')).form['app_id']).toBe('9999999');
  });

  it('names nobody, or two people', async () => {
    expect((await spoilt('missing-user-id')).form).not.toHaveProperty('user_id');
    await kakao.client.webhooks.fire({ userId: '1', kind: 'unlink', flaw: 'repeated-user-id' });
    expect(app.received()[1]?.body.match(/user_id=/g)).toHaveLength(2);
  });

  it('has a referrer type that Kakao does not have', async () => {
    expect((await spoilt('unknown-referrer-type')).form['referrer_type']).toBe('SOMETHING_NEW');
  });

  it('is spoilt by GET as well', async () => {
    const { query, headers } = await got({ kind: 'unlink', method: 'GET', flaw: 'wrong-app-id' });
    expect(query['app_id']).toBe('9999999');
    expect(headers.authorization).toBe(`KakaoAK ${adminKey}`);
  });
});
