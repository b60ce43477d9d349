import { describe, expect, it } from 'vitest';
import { first, payloadOf, people, second, useKakao } from './kakao.ts';

const kakao = useKakao();

const secondAdminKey = '1d0ca1ad5eed0000ad0000000000ad02';
const inSecond = { clientId: second.client_id };
const target = (target_id: string) => ({ target_id_type: 'user_id', target_id });
const tokenOf = async (user: string, more = {}) => (await kakao.tokens(user, more))['access_token'];
const idIn = (text: string) => /^\{"id":(\d+)/.exec(text)?.[1] ?? '';
const secondId = async (user: string) => idIn((await kakao.me(await tokenOf(user, inSecond))).text);

const usersOf = (app: string) => kakao.client.apps.users(app);

describe('the id of a person', () => {
  it('in the second app is not found by the admin key of the first, and the other way round', async () => {
    const there = await secondId(people.linked);
    for (const [id, key] of [
      [there, undefined],
      [people.linked, secondAdminKey],
    ] as const) {
      const { status, json } = await kakao.admin('GET', '/v2/user/me', target(id), key);
      expect([status, json['code']]).toEqual([400, -101]);
    }
    expect((await kakao.admin('GET', '/v2/user/me', target(there), secondAdminKey)).status).toBe(200);
  });

  it('differs between apps and has 19 digits where it is not the one of the control API', async () => {
    const ids = await Promise.all([people.plain, people.linked, people.bigger].map(secondId));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) {
      expect(id).toMatch(/^\d{19}$/);
      expect(BigInt(id)).toBeLessThan(2n ** 63n);
    }
  });

  it('is the same in every answer about it', async () => {
    const tokens = await kakao.tokens(people.plain, inSecond);
    const id = await secondId(people.plain);
    expect(payloadOf(tokens['id_token'])['sub']).toBe(id);
    for (const path of ['/v1/user/access_token_info', '/v2/user/scopes'])
      expect(idIn((await kakao.api('GET', path, tokens['access_token'])).text)).toBe(id);
    const { json } = await kakao.api('GET', '/v1/oidc/userinfo', tokens['access_token']);
    expect(json['sub']).toBe(id);
    for (const path of ['/v1/user/logout', '/v1/user/unlink'])
      expect((await kakao.admin('POST', path, target(id), secondAdminKey)).text).toBe(`{"id":${id}}`);
  });

  it('is the same at every start, and survives unlink and a new link', async () => {
    const before = await secondId(people.plain);
    expect(before).toBe('5373822646525112607');
    await kakao.admin('POST', '/v1/user/unlink', target(before), secondAdminKey);
    expect(await secondId(people.plain)).toBe(before);
  });

  it('belongs to the app, whichever of its keys is used', async () => {
    const [, another] = (await kakao.client.apps.show(first.client_id)).platformKeys;
    const { text } = await kakao.me(await tokenOf(people.plain, { clientId: another?.key }));
    expect(idIn(text)).toBe(people.plain);
  });
});

describe('a webhook', () => {
  const held = { webhooks: { unlinkUrl: 'http://localhost:9/', hold: true } };
  const attempted = async (path: string) =>
    (await kakao.control('GET', path)).json['attempts'] as { userId: string }[];

  it('names the person as the app knows them, whether something happened or not', async () => {
    await kakao.patchApp(held, second.client_id);
    const there = await secondId(people.plain);
    await kakao.client.webhooks.fire({ kind: 'unlink', userId: people.plain, ...inSecond });
    await kakao.client.users.unlink(people.plain, inSecond);
    await kakao.client.webhooks.idle();
    expect((await attempted(`webhooks?user=${there}`)).map(({ userId }) => userId)).toEqual([there, there]);
    expect(await attempted(`webhooks?user=${people.plain}`)).toEqual([]);
  });
});

describe('GET /apps/:id/users', () => {
  it('knows no app 1', async () => {
    expect((await kakao.control('GET', 'apps/1/users')).status).toBe(404);
  });

  it('tells by which id the app knows everybody, and who is linked', async () => {
    const there = await secondId(people.plain);
    const found = (await usersOf('7654321')).find(({ id }) => id === people.plain);
    expect(found).toEqual({
      id: people.plain,
      serviceUserId: there,
      link: {
        connectedAt: '2026-03-02T04:11:52.000Z',
        isPreregistered: false,
        scopes: ['profile_nickname', 'profile_image', 'account_email'],
        properties: {},
        terms: [],
      },
    });
    const here = await usersOf('1234567');
    expect(here.every(({ id, serviceUserId }) => id === serviceUserId)).toBe(true);
    expect(here.filter(({ link }) => link !== null).map(({ id }) => id)).toEqual([people.linked]);
  });
});

describe('a new app', () => {
  it('has ids of its own, or those of the control API when told so', async () => {
    await kakao.client.apps.add({ appId: 11 });
    await kakao.client.apps.add({ appId: 12, ownUserIds: false });
    const [own, same] = [await usersOf('11'), await usersOf('12')];
    expect(own.some(({ id, serviceUserId }) => id === serviceUserId)).toBe(false);
    const another = (await usersOf('7654321')).map(({ serviceUserId }) => serviceUserId);
    expect(own.some(({ serviceUserId }) => another.includes(serviceUserId))).toBe(false);
    expect(same.every(({ id, serviceUserId }) => id === serviceUserId)).toBe(true);
  });

  it('cannot change its mind, which would make everybody somebody else', async () => {
    const { status, json } = await kakao.control('PATCH', 'apps/1234567', { ownUserIds: true });
    expect([status, json['field']]).toEqual([400, 'ownUserIds']);
  });
});
