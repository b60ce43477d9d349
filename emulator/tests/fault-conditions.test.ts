import { describe, expect, it } from 'vitest';
import { adminKey, first, people, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const ME = '/v2/user/me';
const broken = { status: 500, always: true };

/** The statuses of so many calls for this person. */
async function statuses(count: number, userId = people.plain): Promise<number[]> {
  const { access_token } = await kakao.tokens(userId);
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await kakao.me(access_token)).status);
  return seen;
}

describe('a fault that is for some calls only', () => {
  it('leaves other methods alone', async () => {
    await kakao.fault(ME, { ...broken, match: { method: 'POST' } });
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.me(access_token)).status).toBe(200);
    expect((await kakao.api('POST', ME, access_token, {})).status).toBe(500);
  });

  it('leaves other people alone: by token, by admin key, by code and by refresh token', async () => {
    const match = { userId: people.linked };
    for (const endpoint of [ME, '/oauth/token']) await kakao.fault(endpoint, { ...broken, match });
    expect(await statuses(1)).toEqual([200]);
    expect(await statuses(1, people.linked)).toEqual([500]);
    const target = { target_id_type: 'user_id', target_id: people.linked };
    expect((await kakao.admin('GET', ME, target, adminKey)).status).toBe(500);
    expect((await kakao.exchange(await kakao.login(people.plain))).status).toBe(200);
    expect((await kakao.exchange(await kakao.login(people.linked))).status).toBe(500);
    const { refresh_token } = await kakao.tokens(people.linked);
    expect((await kakao.refresh(refresh_token)).status).toBe(500);
  });

  it('leaves other keys alone: by token, by parameter and by admin key', async () => {
    const match = { clientId: second.client_id };
    for (const endpoint of [ME, '/oauth/token', '/oauth/authorize'])
      await kakao.fault(endpoint, { ...broken, match });
    expect(await statuses(1)).toEqual([200]);
    const { access_token } = await kakao.tokens(people.plain, { clientId: second.client_id });
    expect((await kakao.me(access_token)).status).toBe(500);
    expect((await kakao.exchange('x')).status).toBe(400);
    expect((await kakao.exchange('x', second)).status).toBe(500);
    expect((await send(kakao.authorizeUrl())).status).toBe(200);
    expect((await send(kakao.authorizeUrl({ client_id: second.client_id }))).status).toBe(500);
  });

  it('leaves calls with other fields alone', async () => {
    await kakao.fault('/oauth/token', { ...broken, match: { form: { grant_type: 'refresh_token' } } });
    await kakao.fault(ME, { ...broken, match: { query: { secure_resource: 'true' } } });
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    expect((await kakao.exchange('x')).status).toBe(400);
    expect((await kakao.refresh(refresh_token)).status).toBe(500);
    expect((await kakao.me(access_token)).status).toBe(200);
    expect((await kakao.me(access_token, { secure_resource: 'true' })).status).toBe(500);
  });

  it('needs all of what it names', async () => {
    const match = { userId: people.plain, clientId: second.client_id };
    await kakao.fault(ME, { ...broken, match });
    expect(await statuses(1)).toEqual([200]);
    await kakao.fault('/oauth/token', {
      ...broken,
      match: { clientId: first.client_id, form: { code: 'y' } },
    });
    expect((await kakao.exchange('x')).status).toBe(400);
    expect((await kakao.exchange('y')).status).toBe(500);
  });
});

describe('a fault that waits for its turn', () => {
  it('lets the calls before pass', async () => {
    await kakao.fault(ME, { status: 500, nth: 3 });
    expect(await statuses(5)).toEqual([200, 200, 500, 200, 200]);
  });

  it('strikes as often as told from then on', async () => {
    await kakao.fault(ME, { status: 500, nth: 2, times: 2 });
    expect(await statuses(5)).toEqual([200, 500, 500, 200, 200]);
  });

  it('counts matching calls only, and lets a later fault strike meanwhile', async () => {
    await kakao.fault(ME, { status: 500, nth: 2, match: { userId: people.linked } });
    await kakao.fault(ME, { status: 503 });
    expect(await statuses(2)).toEqual([503, 200]);
    expect(await statuses(3, people.linked)).toEqual([200, 500, 200]);
  });

  it('shows what it waits for', async () => {
    const match = { form: { grant_type: 'refresh_token' } };
    const order = { endpoint: '/oauth/token', kakao: 'KOE237', nth: 4, match };
    const { status, json } = await kakao.control('POST', 'faults', order);
    expect([status, json]).toEqual([
      201,
      { id: json['id'], endpoint: '/oauth/token', kakao: 'KOE237', nth: 4, match, remaining: 1 },
    ]);
  });
});

describe('a fault that strikes by chance', () => {
  it('strikes the same calls for the same seed, and others for another', async () => {
    const rows: number[][] = [];
    for (const seed of [7, 7, 8]) {
      await kakao.client.faults.clear();
      await kakao.fault(ME, { status: 500, probability: 0.5, seed });
      rows.push(await statuses(40));
    }
    expect(rows[0]).toEqual(rows[1]);
    expect(rows[0]).not.toEqual(rows[2]);
  });

  it('strikes about as often as it should, until it is cleared', async () => {
    await kakao.fault(ME, { status: 500, probability: 0.2, seed: 1 });
    const struck = (await statuses(200)).filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(20);
    expect(struck).toBeLessThan(60);
    expect(await kakao.control('GET', 'faults')).toMatchObject({
      json: { faults: [{ probability: 0.2, remaining: 'always' }] },
    });
  });

  it('is used up after `times`', async () => {
    await kakao.fault(ME, { status: 500, probability: 1, times: 2 });
    expect(await statuses(4)).toEqual([500, 500, 200, 200]);
  });
});

describe('a fault that makes the body slow', () => {
  const timed = async () => {
    const { access_token } = await kakao.tokens(people.plain);
    const started = performance.now();
    const response = await fetch(kakao.url(ME), kakao.bearer(access_token));
    const headersAfter = performance.now() - started;
    const text = await response.text();
    return { headersAfter, bodyAfter: performance.now() - started, text, response };
  };

  it('sends the headers at once and the body later', async () => {
    await kakao.fault(ME, { bodyDelayMs: 200 });
    const { headersAfter, bodyAfter, text } = await timed();
    expect(headersAfter).toBeLessThan(190);
    expect(bodyAfter).toBeGreaterThan(195);
    expect(JSON.parse(text)).toHaveProperty('kakao_account');
  });

  it('sends a little at a time', async () => {
    await kakao.fault(ME, { bytesPerSecond: 2000 });
    const { bodyAfter, text, response } = await timed();
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    const least = (Buffer.byteLength(text) / 2000) * 1000 - 150;
    expect(bodyAfter).toBeGreaterThan(least);
    expect(JSON.parse(text)).toHaveProperty('kakao_account');
  });

  it('ends with the client', async () => {
    await kakao.fault(ME, { bytesPerSecond: 1 });
    const slow = fetch(kakao.url(ME), { signal: AbortSignal.timeout(60) }).then((it) => it.text());
    await expect(slow).rejects.toThrow();
    expect((await kakao.me('x')).status).toBe(401);
  });
});

describe('faults can be forgotten', () => {
  it('one by one', async () => {
    const { id } = await kakao.fault(ME, broken);
    await kakao.fault('/oauth/token', broken);
    expect((await kakao.control('DELETE', `faults/${id}`)).status).toBe(204);
    expect((await kakao.control('DELETE', `faults/${id}`)).status).toBe(404);
    expect(await statuses(1)).toEqual([200]);
    expect((await kakao.exchange('x')).status).toBe(500);
  });
});

describe('the published keys', () => {
  it('can be down while tokens are still signed', async () => {
    await kakao.fault('/.well-known/jwks.json', { status: 503, always: true });
    expect((await send(kakao.url('/.well-known/jwks.json'))).status).toBe(503);
    expect((await kakao.exchange(await kakao.login(people.plain))).json).toHaveProperty('id_token');
  });
});
