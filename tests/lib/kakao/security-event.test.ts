import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readSecurityEvent, SecurityEventRefusal } from '@/lib/kakao/security-event';
import { answerJson, withServers } from '../../support/http-server';
import { app, kakaoConfig, otherClientId, withLocalKakao } from '../../support/kakao';
import { eventType, type SecurityEventOrder, withKakaoKeys } from '../../support/kakao-keys';

const keys = withKakaoKeys();
const start = withServers();
const kakao = withLocalKakao();

const mediaType = 'application/secevent+jwt';

/** How a token is refused, or `accepted`. */
async function verdict(token: string): Promise<string> {
  return readSecurityEvent(keys.config(), mediaType, token).then(
    () => 'accepted',
    (error) => (error instanceof SecurityEventRefusal ? error.err : String(error)),
  );
}

describe('a security event token is refused', () => {
  it.each<[string, string, SecurityEventOrder]>([
    ['signed by somebody else', 'invalid_key', { signedBy: 'somebody' }],
    ['with a key that Kakao does not publish', 'invalid_key', { header: { kid: 'k2' } }],
    ['without the name of a key', 'invalid_request', { header: { kid: undefined } }],
    ['without a type', 'invalid_request', { header: { typ: undefined } }],
    ['that says it is an ID token', 'invalid_request', { header: { typ: 'JWT' } }],
    ['of another issuer', 'invalid_issuer', { claims: { iss: 'https://kauth.kakao.example' } }],
    ['without an issuer', 'invalid_issuer', { claims: { iss: undefined } }],
    ['for another app', 'invalid_audience', { claims: { aud: otherClientId } }],
    ['for nobody', 'invalid_audience', { claims: { aud: undefined } }],
    ['for several, none of them us', 'invalid_audience', { claims: { aud: [otherClientId, '7654321'] } }],
    ['that contradicts itself about the app', 'invalid_audience', { claims: { app_id: '7654321' } }],
    ['without an id', 'invalid_request', { claims: { jti: undefined } }],
    ['with an empty id', 'invalid_request', { claims: { jti: '' } }],
    ['with an endless id', 'invalid_request', { claims: { jti: 'x'.repeat(256) } }],
    ['without a time of issue', 'invalid_request', { claims: { iat: undefined } }],
    ['with a time in words', 'invalid_request', { claims: { toe: 'yesterday' } }],
    ['with a time beyond all calendars', 'invalid_request', { claims: { toe: 99_999_999_999_999 } }],
    ['without events', 'invalid_request', { claims: { events: undefined } }],
    ['with no event', 'invalid_request', { claims: { events: {} } }],
    ['with an event that is not an object', 'invalid_request', { claims: { events: { a: null } } }],
    ['without a subject', 'invalid_request', { event: { subject: undefined } }],
    ['about somebody else than it says', 'invalid_request', { event: { subject: { sub: '3900000002' } } }],
    ['about nobody', 'invalid_request', { claims: { sub: undefined } }],
    ['about somebody who cannot be', 'invalid_request', { kakaoId: '0' }],
  ])('%s: %s', async (_, err, order) => {
    expect(await verdict(await keys.sign(order))).toBe(err);
  });

  it('with two events', async () => {
    const subject = { sub: '3900000001' };
    const events = { [eventType.unlinked]: { subject }, [eventType.sessionsRevoked]: { subject } };
    expect(await verdict(await keys.sign({ claims: { events } }))).toBe('invalid_request');
  });

  it('with any algorithm but RS256, whatever the key', async () => {
    const claims = { iss: keys.config().issuer, aud: app.clientId };
    const secret = Buffer.from(app.clientSecret.repeat(2));
    const header = { alg: 'HS256', kid: 'k1', typ: 'secevent+jwt' };
    expect(await verdict(await new SignJWT(claims).setProtectedHeader(header).sign(secret))).toBe(
      'invalid_request',
    );
    expect(await verdict(new UnsecuredJWT(claims).encode())).toBe('invalid_request');
  });

  it('when it is an ID token that Kakao has signed', async () => {
    const config = kakao.config();
    const read = readSecurityEvent(config, mediaType, await kakao.idToken('3900000001'));
    const message = expect.stringContaining('typ');
    await expect(read).rejects.toMatchObject({
      name: 'SecurityEventRefusal',
      err: 'invalid_request',
      message,
    });
  });

  it.each(['', 'null', '{}', 'a.b', 'a.b.c', 'a.b.c.d.e', '{"iss":"x"}', 'é.é.é'])(
    'when it is none: %s',
    async (body) => {
      expect(await verdict(body)).toBe('invalid_request');
    },
  );

  it.each([null, '', 'application/json', 'application/jwt', 'text/plain'])(
    'when it is sent as %s',
    async (contentType) => {
      const read = readSecurityEvent(keys.config(), contentType, await keys.sign());
      await expect(read).rejects.toMatchObject({ err: 'invalid_request' });
    },
  );

  it('when it is larger than 16 KB', async () => {
    const token = await keys.sign({ event: { padding: 'x'.repeat(16_384) } });
    expect(await verdict(token)).toBe('invalid_request');
  });

  it('when its payload was exchanged under the signature', async () => {
    const [header, , signature] = (await keys.sign()).split('.');
    const [, payload] = (await keys.sign({ kakaoId: '3900000002' })).split('.');
    expect(await verdict([header, payload, signature].join('.'))).toBe('invalid_key');
  });
});

describe('nothing is said about a security event token', () => {
  it.each([
    ['answers 500', answerJson('{}', 500)],
    ['answers with something else', answerJson('<html>')],
  ])('while the server of the keys %s', async (_, answer) => {
    const server = await start(answer);
    const read = readSecurityEvent(kakaoConfig(server.url), mediaType, await keys.sign());
    await expect(read).rejects.toMatchObject({ name: 'KakaoError', code: 'unavailable' });
  });

  it('while that server cannot be reached', async () => {
    const read = readSecurityEvent(kakaoConfig('http://127.0.0.1:1'), mediaType, await keys.sign());
    await expect(read).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a security event token', () => {
  it('says what happened to whom, and when', async () => {
    const at = new Date('2026-11-24T12:00:00Z');
    const token = await keys.sign({ jti: 'j-1', at, event: { reason: 'UNLINK_FROM_APPS' } });
    const event = {
      jti: 'j-1',
      type: eventType.unlinked,
      kakaoId: '3900000001',
      occurredAt: at,
      reason: 'UNLINK_FROM_APPS',
    };
    expect(await readSecurityEvent(keys.config(), mediaType, token)).toEqual(event);
    expect(await verdict(`\n${token}\r\n`)).toBe('accepted');
  });

  it('is exact about ids that a JavaScript number cannot hold', async () => {
    const read = await readSecurityEvent(
      keys.config(),
      mediaType,
      await keys.sign({ kakaoId: '9007199254740993', claims: {} }),
    );
    expect(read).toMatchObject({ kakaoId: '9007199254740993' });
  });

  it('without the time of the event is about the time of its issue', async () => {
    const token = await keys.sign({ claims: { toe: undefined, iat: 1_700_000_000 } });
    const read = await readSecurityEvent(keys.config(), mediaType, token);
    expect(read).toMatchObject({ occurredAt: new Date(1_700_000_000_000), reason: null });
  });

  it.each<[string, SecurityEventOrder]>([
    ['for the app id', { claims: { aud: app.appId } }],
    ['for several apps, one of them ours', { claims: { aud: [otherClientId, app.clientId] } }],
    ['without the app id beside the key', { claims: { app_id: undefined } }],
    ['with the full media type', { header: { typ: 'application/secevent+jwt' } }],
    ['of a type that nobody has heard of', { type: 'https://schemas.example/new' }],
  ])('%s is accepted', async (_, order) => {
    expect(await verdict(await keys.sign(order))).toBe('accepted');
  });

  it('for an app id is not ours when we do not know our own', async () => {
    const token = await keys.sign({ claims: { aud: app.appId } });
    const read = readSecurityEvent(keys.config({ appId: undefined }), mediaType, token);
    await expect(read).rejects.toMatchObject({ err: 'invalid_audience' });
  });
});
