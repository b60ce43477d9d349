import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventCategories, eventTypes, referrerTypes, unlinkReasons } from '../src/world/webhook-events.ts';
import { adminKey, first, people, second, send, useKakao } from './kakao.ts';
import { eventIn, useReceiver } from './receiver.ts';

const kakao = useKakao();
const app = useReceiver();

beforeEach(() => kakao.patchApp({ webhooks: app.webhooks() }));

const fire = (order: object) => kakao.control('POST', 'webhooks/fire', { userId: people.plain, ...order });
const attemptsOf = (answer: { json: Record<string, unknown> }) =>
  answer.json['attempts'] as Record<string, unknown>[];
const verified = (jws: string) =>
  jwtVerify(jws, createRemoteJWKSet(new URL(kakao.url('/.well-known/jwks.json'))), {
    typ: 'secevent+jwt',
    algorithms: ['RS256'],
  });

describe('webhooks refuse', () => {
  it.each([
    [{ unlinkUrl: 'ftp://localhost/x' }],
    [{ accountStateUrl: 'http://localhost/#x' }],
    [{ unlinkMethod: 'PUT' }],
    [{ categories: ['ALL'] }],
    [{ url: 'http://localhost/' }],
  ])('the setting %o', async (webhooks) => {
    const { status, json } = await kakao.control('PATCH', `apps/${first.client_id}`, { webhooks });
    expect(status).toBe(400);
    expect(json['field']).toBe('webhooks');
  });

  it.each([
    [{ userId: 'abc' }, 'userId'],
    [{ kind: 'logout' }, 'kind'],
    [{ event: 'user-vanished' }, 'event'],
    [{ reason: 'WHIM' }, 'reason'],
    [{ kind: 'unlink', reason: 'UNLINK_FROM_SERVICE' }, 'reason'],
    [{ kind: 'unlink', event: 'user-linked' }, 'event'],
    [{ flaw: 'wrong-admin-key' }, 'flaw'],
    [{ kind: 'unlink', flaw: 'alg-none' }, 'flaw'],
    [{ times: 101 }, 'times'],
    [{ headers: { 'a b': 'c' } }, 'headers'],
    [{ headers: { a: 'b\r\nc: d' } }, 'headers'],
    [{ clientId: 'nobody' }, 'clientId'],
    [{ url: '/here' }, 'url'],
  ])('to fire %o, naming the member', async (order, field) => {
    const { status, json } = await fire(order);
    expect([status, json['field']]).toEqual([400, field]);
    expect(app.received()).toEqual([]);
  });

  it('to fire at an app that listens nowhere', async () => {
    const { json } = await fire({ clientId: second.client_id });
    expect(json).toMatchObject({ status: 400, field: 'url' });
  });

  it('to replay what was never sent', async () => {
    const { json } = await kakao.control('POST', 'webhooks/replay', { deliveries: ['nothing'] });
    expect(json).toMatchObject({ status: 400, field: 'deliveries' });
  });
});

describe('the unlink webhook', () => {
  it.each(referrerTypes)('carries %s as a form, with the primary admin key', async (reason) => {
    expect((await fire({ kind: 'unlink', reason })).status).toBe(200);
    const [got] = app.received();
    expect(got).toMatchObject({ method: 'POST', path: '/unlink' });
    expect(got?.form).toEqual({ app_id: '1234567', user_id: people.plain, referrer_type: reason });
    expect(got?.headers.authorization).toBe(`KakaoAK ${adminKey}`);
    expect(got?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=utf-8');
  });

  it('carries the same in the query when the method is GET, beside what the URL has', async () => {
    await kakao.patchApp({ webhooks: { unlinkMethod: 'GET', unlinkUrl: app.url('/unlink?from=kakao') } });
    await fire({ kind: 'unlink' });
    const [got] = app.received();
    expect(got).toMatchObject({ method: 'GET', body: '' });
    expect(got?.query).toEqual({
      from: 'kakao',
      app_id: '1234567',
      user_id: people.plain,
      referrer_type: 'UNLINK_FROM_APPS',
    });
    expect(got?.headers.authorization).toBe(`KakaoAK ${adminKey}`);
  });

  it('carries the key that is primary now', async () => {
    await kakao.client.call('POST', `/apps/${first.client_id}/admin-keys`, {
      key: 'a'.repeat(32),
      primary: true,
    });
    await fire({ kind: 'unlink' });
    expect(app.received()[0]?.headers.authorization).toBe(`KakaoAK ${'a'.repeat(32)}`);
  });
});

describe('the account-state webhook', () => {
  it('knows the 18 events of four categories', () => {
    expect(eventTypes).toHaveLength(18);
    expect(new Set(eventTypes.map(({ category }) => category))).toEqual(new Set(eventCategories));
  });

  it.each(eventTypes.map(({ uri, name }) => [name, uri]))('sends %s', async (name, uri) => {
    await fire({ event: name });
    const [got] = app.received();
    expect(got).toMatchObject({ method: 'POST', path: '/account-state' });
    expect(got?.headers['content-type']).toBe('application/secevent+jwt');
    await verified(got?.body ?? '');
    const [sent, value] = eventIn(got?.body ?? '');
    expect(sent).toBe(uri);
    expect(Object.keys(value)).toEqual(name === 'user-unlinked' ? ['subject', 'reason'] : ['subject']);
  });

  it.each(unlinkReasons)('sends user-unlinked with the reason %s', async (reason) => {
    await fire({ reason });
    expect(app.heard()).toEqual([`user-unlinked: ${reason}`]);
  });

  it('is a security event token with exactly the claims that receivers recorded', async () => {
    await fire({ event: 'account-purged' });
    const { payload, protectedHeader } = await verified(app.received()[0]?.body ?? '');
    expect(protectedHeader).toEqual({
      typ: 'secevent+jwt',
      alg: 'RS256',
      kid: expect.stringMatching(/^[0-9a-f]{30}$/),
    });
    const iss = kakao.emulator().url;
    expect(payload).toEqual({
      iss,
      aud: first.client_id,
      sub: people.plain,
      app_id: '1234567',
      iat: kakao.seconds(),
      toe: kakao.seconds(),
      txm: expect.stringMatching(/^[0-9a-f-]{36}$/),
      jti: expect.stringMatching(/^[0-9a-f]{24}$/),
      events: {
        'https://schemas.openid.net/secevent/risc/event-type/account-purged': {
          subject: { subject_type: 'iss-sub', iss, sub: people.plain },
        },
      },
    });
  });

  it('has the claims that nobody is sure of as settings say', async () => {
    const claims = async () => {
      await fire({});
      return (await verified(app.received().at(-1)?.body ?? '')).payload;
    };
    await kakao.client.settings.change({
      eventAudience: 'app_id',
      eventTransactionClaim: 'txn',
      eventAppIdClaim: false,
    });
    const payload = await claims();
    expect(payload.aud).toBe('1234567');
    expect(payload).toHaveProperty('txn');
    expect(payload).not.toHaveProperty('txm');
    expect(payload).not.toHaveProperty('app_id');
    const eventIssuer = 'https://kauth.kakao.com';
    await kakao.client.settings.change({ eventAudience: 'rest_keys', eventIssuer });
    expect((await claims()).iss).toBe(eventIssuer);
    expect((await claims()).aud).toEqual([first.client_id, '1d0ca1a11ec0ffee5eed0000cafe0011']);
  });

  it('is signed with the key that signs now', async () => {
    const { kid } = await kakao.client.keys.rotate();
    await fire({});
    const { protectedHeader } = await verified(app.received()[0]?.body ?? '');
    expect(protectedHeader.kid).toBe(kid);
  });

  it('can be for a user or an event that Kakao does not know', async () => {
    await fire({ userId: '1', event: 'https://schemas.kakao.com/secevent/brand-new' });
    expect(eventIn(app.received()[0]?.body ?? '')[0]).toBe('https://schemas.kakao.com/secevent/brand-new');
  });

  it('is announced by a discovery document', async () => {
    const { json } = await send(kakao.url('/.well-known/sse-configuration'));
    const issuer = kakao.emulator().url;
    expect(json).toEqual({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      delivery_methods_supported: 'http://schemas.openid.net/secevent/risc/delivery-method/push',
    });
  });
});

describe('a fired webhook', () => {
  it('changes nothing at Kakao', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    await fire({ userId: people.linked, event: 'account-purged' });
    expect((await kakao.me(access_token)).status).toBe(200);
  });

  it('can go to another address', async () => {
    await fire({ url: app.url('/elsewhere') });
    expect(app.received()[0]?.path).toBe('/elsewhere');
  });

  it('ends what a test has to wait for', async () => {
    expect((await fire({ wait: false })).status).toBe(202);
    expect((await kakao.control('GET', 'webhooks/idle')).status).toBe(204);
    expect(app.received()).toHaveLength(1);
  });

  it('shows what was sent, with the admin key masked and the token readable', async () => {
    const [unlink] = attemptsOf(await fire({ kind: 'unlink' }));
    expect(unlink).toMatchObject({ kind: 'unlink', status: 200, accepted: true, verdict: 'answered 200' });
    expect(JSON.stringify(unlink)).not.toContain(adminKey);
    expect(unlink?.['headers']).toMatchObject({ Authorization: 'KakaoAK … (40)' });
    const [event] = attemptsOf(await fire({}));
    expect(event?.['claims']).toMatchObject({ sub: people.plain });
    expect(event?.['joseHeader']).toMatchObject({ typ: 'secevent+jwt' });
  });
});
