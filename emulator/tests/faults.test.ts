import { describe, expect, it } from 'vitest';
import { people, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const me = async () => kakao.me((await kakao.tokens(people.bigger))['access_token']);
const fault = (effect: object, endpoint = '/v2/user/me') => kakao.fault(endpoint, effect);

describe('a fault is refused', () => {
  it.each([
    [{}, 'endpoint'],
    [{ endpoint: '/nowhere' }, 'endpoint'],
    [{ endpoint: '/v2/user/me', times: 0 }, 'times'],
    [{ endpoint: '/v2/user/me', status: 99 }, 'status'],
    [{ endpoint: '/v2/user/me', nth: 0 }, 'nth'],
    [{ endpoint: '/v2/user/me', probability: 0 }, 'probability'],
    [{ endpoint: '/v2/user/me', probability: 1.5 }, 'probability'],
    [{ endpoint: '/v2/user/me', seed: 4 }, 'seed'],
    [{ endpoint: '/v2/user/me', times: 2, always: true }, 'times'],
    [{ endpoint: '/v2/user/me', bytesPerSecond: 0 }, 'bytesPerSecond'],
    [{ endpoint: '/v2/user/me', bodyDelayMs: 600_001 }, 'bodyDelayMs'],
    [{ endpoint: '/v2/user/me', match: 'all' }, 'match'],
    [{ endpoint: '/v2/user/me', match: { colour: 'red' } }, 'match.colour'],
    [{ endpoint: '/v2/user/me', match: { method: 'PUT' } }, 'match.method'],
    [{ endpoint: '/v2/user/me', match: { form: { a: 1 } } }, 'match.form'],
    [{ endpoint: '/v2/user/me', delayMs: -1 }, 'delayMs'],
    [{ endpoint: '/v2/user/me', kakao: 'ABC' }, 'kakao'],
    [{ endpoint: '/v2/user/me', explode: true }, 'explode'],
    [{ endpoint: '/v2/user/me', idToken: { aud: 'x' } }, 'idToken'],
    [{ endpoint: '/oauth/token', idToken: { alg: 'RS512' } }, 'idToken.alg'],
  ])('%o, naming %s', async (order, field) => {
    const { status, headers, json } = await kakao.control('POST', 'faults', order);
    expect([status, json['field']]).toEqual([400, field]);
    expect(headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a fault', () => {
  it('hits once, then the endpoint is well again', async () => {
    await fault({ status: 502, body: '<html>bad gateway</html>', contentType: 'text/html' });
    const hit = await me();
    expect([hit.status, hit.text, hit.headers.get('content-type')]).toEqual([
      502,
      '<html>bad gateway</html>',
      'text/html',
    ]);
    expect((await me()).status).toBe(200);
  });

  it('hits as often as told, in the order set, at its endpoint only', async () => {
    await fault({ kakao: -10, times: 2 });
    await fault({ kakao: -9798 });
    const seen = [];
    for (let i = 0; i < 4; i += 1) seen.push((await me()).status);
    expect(seen).toEqual([400, 400, 503, 200]);
  });

  it('speaks Kakao by code: kapi, kauth, and a page where Kakao shows pages', async () => {
    await fault({ kakao: -401 });
    expect((await me()).headers.get('www-authenticate')).toBeTruthy();
    await fault({ kakao: 'KOE320' }, '/oauth/token');
    expect((await kakao.exchange('x')).json).toMatchObject({ error: 'invalid_grant', error_code: 'KOE320' });
    await fault({ kakao: 'KOE003' }, '/oauth/authorize');
    expect((await send(kakao.authorizeUrl())).text).toContain('(KOE003)');
  });

  it('in place of the answer leaves the code unused; merged into it does not', async () => {
    const code = await kakao.login(people.plain);
    await fault({ status: 500, body: '' }, '/oauth/token');
    expect((await kakao.exchange(code)).status).toBe(500);
    await fault({ replace: { expires_in: 'soon' } }, '/oauth/token');
    expect((await kakao.exchange(code)).json).toMatchObject({ token_type: 'bearer', expires_in: 'soon' });
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE320');
  });

  it('merges deeply and leaves big ids exact', async () => {
    await fault({ replace: { kakao_account: { profile: { nickname: null } } } });
    const { text, json } = await me();
    expect(text).toContain('"id":9007199254740993');
    expect(json['kakao_account']).toMatchObject({
      email: 'garam@example.com',
      profile: { nickname: null, is_default_image: false },
    });
  });

  it('can send headers, an object, and broken JSON', async () => {
    await fault({ status: 429, body: { code: -10 }, headers: { 'Retry-After': '7' } });
    const limited = await me();
    expect([limited.status, limited.json, limited.headers.get('retry-after')]).toEqual([
      429,
      { code: -10 },
      '7',
    ]);
    await fault({ malformed: true });
    const broken = await me();
    expect(broken.text.startsWith('{"id":')).toBe(true);
    expect(() => JSON.parse(broken.text)).toThrow();
  });

  it('can cut the connection before and within the answer', async () => {
    await fault({ reset: true });
    await expect(me()).rejects.toThrow();
    await fault({ truncate: true });
    await expect(me()).rejects.toThrow();
    expect((await me()).status).toBe(200);
  });

  it('can be slow, and ends with the client', async () => {
    await fault({ delayMs: 60 });
    const started = performance.now();
    expect((await me()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(50);
    await fault({ delayMs: 600_000 });
    await expect(fetch(kakao.url('/v2/user/me'), { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect((await me()).status).toBe(200);
  });

  it('can stand until cleared, by DELETE or by reset', async () => {
    for (const clear of [() => kakao.client.faults.clear(), () => kakao.client.reset()]) {
      await fault({ kakao: -1, always: true });
      await me();
      expect((await me()).status).toBe(400);
      expect(await kakao.client.faults.list()).toEqual([
        expect.objectContaining({ kakao: -1, remaining: 'always' }),
      ]);
      await clear();
      expect((await me()).status).toBe(200);
    }
  });
});
