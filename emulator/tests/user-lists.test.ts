import { beforeEach, describe, expect, it } from 'vitest';
import { adminKey, people, second, useKakao } from './kakao.ts';

const kakao = useKakao();

const everybody = [people.plain, people.linked, people.noEmail, people.big, people.bigger];
const linkEverybody = async () => {
  for (const user of everybody) await kakao.tokens(user);
};
const ids = (fields: Record<string, string> = {}, key?: string) =>
  kakao.admin('GET', '/v1/user/ids', fields, key);
const several = (fields: Record<string, string>) =>
  kakao.admin('GET', '/v2/app/users', { target_id_type: 'user_id', ...fields });

describe('/v1/user/ids refuses', () => {
  it('a user token, and no authorization at all', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.api('GET', '/v1/user/ids', access_token)).json['code']).toBe(-401);
    expect((await ids({}, 'x')).status).toBe(401);
  });

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: 'all' },
    { order: 'up' },
    { from_id: 'first' },
  ] as Record<string, string>[])('the parameters %o', async (fields) => {
    const { status, json } = await ids(fields);
    expect([status, json['code']]).toEqual([400, -2]);
  });

  it('POST', async () => {
    expect((await kakao.admin('POST', '/v1/user/ids', {})).status).toBe(405);
  });

  it('the 101st call of an app in a minute, with 429, and no other app', async () => {
    for (let call = 0; call < 100; call += 1) expect((await ids()).status).toBe(200);
    const { status, json } = await ids();
    expect([status, json]).toEqual([429, { msg: 'API limit has been exceeded.', code: -10 }]);
    expect((await ids({}, '1d0ca1ad5eed0000ad0000000000ad02')).status).toBe(200);
    kakao.wait(60);
    expect((await ids()).status).toBe(200);
  });
});

describe('/v1/user/ids', () => {
  it('is empty for an app without users', async () => {
    expect((await ids({}, '1d0ca1ad5eed0000ad0000000000ad02')).json).toEqual({
      elements: [],
      before_url: null,
      after_url: null,
    });
  });

  it('lists the linked users of this app by number, exactly', async () => {
    await linkEverybody();
    await kakao.tokens(people.unverified, { clientId: second.client_id });
    expect((await ids()).text).toContain(`{"elements":[${everybody.join(',')}]`);
    expect((await ids({ order: 'desc' })).text).toContain(`[${[...everybody].reverse().join(',')}]`);
  });

  it('gives pages whose addresses lead forwards and back, with the key in them', async () => {
    await linkEverybody();
    const first = await ids({ limit: '2' });
    expect(first.json['before_url']).toBeNull();
    const after = new URL(String(first.json['after_url']));
    expect(after.origin + after.pathname).toBe(kakao.url('/v1/user/ids'));
    expect(Object.fromEntries(after.searchParams)).toEqual({
      limit: '2',
      order: 'asc',
      from_id: people.linked,
      app_key: adminKey,
    });
    const next = await ids(Object.fromEntries(after.searchParams));
    expect(next.text).toContain(`{"elements":[${people.noEmail},${people.big}]`);
    const before = Object.fromEntries(new URL(String(next.json['before_url'])).searchParams);
    expect(before).toMatchObject({ order: 'desc', from_id: people.noEmail });
    expect((await ids(before)).text).toContain(`{"elements":[${people.linked},${people.plain}]`);
    const last = await ids({ limit: '2', from_id: people.big });
    expect(last.text).toContain(`{"elements":[${people.bigger}]`);
    expect(last.json['after_url']).toBeNull();
  });

  it('needs the admin key in the header: the address alone opens nothing', async () => {
    await linkEverybody();
    const { json } = await ids({ limit: '1' });
    const response = await fetch(String(json['after_url']));
    expect(response.status).toBe(401);
  });

  it('leaves no admin key in the request log', async () => {
    await linkEverybody();
    await ids({ limit: '1', from_id: people.plain });
    const { text } = await kakao.control('GET', 'requests?path=/v1/user/ids');
    expect(text).toContain('after_url');
    expect(text).not.toContain(adminKey);
  });

  it('counts for old apps only', async () => {
    expect((await ids()).json).not.toHaveProperty('total_count');
    await kakao.patchApp({ legacyFields: true });
    expect((await ids()).json['total_count']).toBe(1);
  });
});

describe('/v2/app/users refuses', () => {
  it('a user token', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.api('GET', '/v2/app/users', access_token)).json['code']).toBe(-401);
  });

  it.each([
    [{}, -2],
    [{ target_ids: '3900000001' }, -2],
    [{ target_ids: '["3900000001"]' }, -2],
    [{ target_ids: '[1,]' }, -2],
    [{ target_ids: '[1]', target_id_type: 'uuid' }, -2],
    [{ target_ids: '[1]', property_keys: 'x' }, -2],
    [{ target_ids: '[1]', property_keys: '["shoe_size"]' }, -201],
    [{ target_ids: JSON.stringify(Array.from({ length: 101 }, (_, at) => at + 1)) }, -2],
    [
      { target_ids: JSON.stringify(Array.from({ length: 21 }, (_, at) => at + 1)), property_keys: '["id"]' },
      -2,
    ],
  ] as [Record<string, string>, number][])('the parameters %o', async (fields, code) => {
    const { status, json } = await several(fields);
    expect([status, json['code']]).toEqual([400, code]);
  });
});

describe('/v2/app/users', () => {
  beforeEach(linkEverybody);

  it('gives id and time of link as a bare array, without those who are not linked, nobody twice', async () => {
    const { text } = await several({ target_ids: `[${people.bigger}, ${people.masked},${people.bigger}]` });
    expect(text).toBe(`[{"id":${people.bigger},"connected_at":"2026-03-02T04:11:52Z"}]`);
  });

  it('takes a hundred ids', async () => {
    const target_ids = JSON.stringify(Array.from({ length: 100 }, (_, at) => 3900000001 + at));
    expect((await several({ target_ids })).json).toHaveLength(3);
  });

  it('gives what property_keys name, as far as each user agreed', async () => {
    await kakao.tokens(people.declinesEmail);
    const { json } = await several({
      target_ids: `[${people.plain},${people.declinesEmail}]`,
      property_keys: '["kakao_account.email"]',
    });
    expect(json).toEqual([
      { id: 3900000001, kakao_account: expect.objectContaining({ email: 'seoyun@example.com' }) },
      { id: 3900000005, kakao_account: { email_needs_agreement: true } },
    ]);
  });

  it('has the other of the two documented shapes by setting', async () => {
    await kakao.client.settings.change({ appUsersAnswer: 'elements' });
    expect((await several({ target_ids: `[${people.plain}]` })).json).toEqual({
      elements: [{ id: 3900000001, connected_at: '2026-03-02T04:11:52Z' }],
    });
  });
});

describe('the monthly quota', () => {
  const call = async () => (await kakao.me((await kakao.tokens(people.plain))['access_token'])).json['code'];

  it('is -10 for every API of the app once it is used up, until the next month in Korea', async () => {
    await kakao.client.settings.change({ monthlyQuota: 2 });
    expect([await call(), await call(), await call()]).toEqual([undefined, undefined, -10]);
    const { status, json } = await kakao.admin('GET', '/v2/user/me', {
      target_id_type: 'user_id',
      target_id: people.linked,
    });
    expect([status, json]).toEqual([400, { msg: 'API limit has been exceeded.', code: -10 }]);
    const elsewhere = await kakao.tokens(people.plain, { clientId: second.client_id });
    expect((await kakao.me(elsewhere['access_token'])).status).toBe(200);
    await kakao.client.clock.change({ now: '2026-03-31T14:59:59Z' });
    expect(await call()).toBe(-10);
    await kakao.client.clock.change({ now: '2026-03-31T15:00:00Z' });
    expect(await call()).toBeUndefined();
  });

  it('is 3,000,000', async () => {
    expect((await kakao.client.settings.show()).monthlyQuota).toBe(3_000_000);
  });
});
