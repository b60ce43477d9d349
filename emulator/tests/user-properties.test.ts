import { beforeEach, describe, expect, it } from 'vitest';
import { payloadOf, people, second, useKakao } from './kakao.ts';

const kakao = useKakao();

const tokenOf = async (user: string, more = {}) => (await kakao.tokens(user, more))['access_token'];
const update = (token: unknown, properties?: string) =>
  kakao.api('POST', '/v1/user/update_profile', token, properties === undefined ? {} : { properties });
const me = async (token: unknown, query = {}) => (await kakao.me(token, query)).json;

describe('user properties', () => {
  beforeEach(() => kakao.patchApp({ userProperties: ['favorite_color', 'size'] }));

  it('are refused when the app has not defined them, all of them named', async () => {
    const { status, json } = await update(await tokenOf(people.plain), '{"gender":"f","size":"1","age":"2"}');
    expect([status, json]).toEqual([
      400,
      { msg: 'user property not found ([gender, age] for appId=1234567)', code: -201 },
    ]);
    expect(await me(await tokenOf(people.plain))).not.toHaveProperty('properties');
  });

  it.each([undefined, '', 'x', '[]', '{"size":1}', '{"size":null}'])('are refused as %s', async (sent) => {
    const { status, json } = await update(await tokenOf(people.plain), sent);
    expect([status, json['code']]).toEqual([400, -2]);
  });

  it('cannot be set by admin key, nor by GET', async () => {
    const fields = { target_id_type: 'user_id', target_id: people.linked, properties: '{"size":"1"}' };
    expect((await kakao.admin('POST', '/v1/user/update_profile', fields)).status).toBe(401);
    const got = await kakao.api('GET', '/v1/user/update_profile', await tokenOf(people.plain));
    expect(got.status).toBe(405);
  });

  it('are kept for this user and this app, and one does not undo another', async () => {
    const token = await tokenOf(people.plain);
    expect((await update(token, '{"favorite_color":"navy"}')).json).toEqual({ id: 3900000001 });
    await update(token, '{"size":"<b>"}');
    expect((await me(token))['properties']).toEqual({ favorite_color: 'navy', size: '<b>' });
    expect(await me(await tokenOf(people.linked))).not.toHaveProperty('properties');
    const elsewhere = await tokenOf(people.plain, { clientId: second.client_id });
    expect(await me(elsewhere)).not.toHaveProperty('properties');
  });

  it('can be named in property_keys, unless the app has not defined them', async () => {
    const token = await tokenOf(people.plain);
    await update(token, '{"favorite_color":"navy","size":"1"}');
    const keys = (key: string) => me(token, { property_keys: JSON.stringify([key]) });
    expect(await keys('properties.size')).toEqual({ id: 3900000001, properties: { size: '1' } });
    expect(await keys('properties.')).toMatchObject({ properties: { favorite_color: 'navy', size: '1' } });
    expect((await keys('properties.shoe'))['code']).toBe(-201);
  });

  it('are gone after unlink', async () => {
    const token = await tokenOf(people.plain);
    await update(token, '{"size":"1"}');
    await kakao.api('POST', '/v1/user/unlink', token);
    expect(await me(await tokenOf(people.plain))).not.toHaveProperty('properties');
  });
});

describe('an old app', () => {
  beforeEach(() => kakao.patchApp({ legacyFields: true }));

  it('has nickname and pictures as properties, as they were when the user was linked', async () => {
    const token = await tokenOf(people.plain);
    await kakao.client.users.change(people.plain, { nickname: '새이름' });
    expect(await me(token)).toMatchObject({
      properties: {
        nickname: '서윤',
        profile_image: expect.stringContaining('640x640'),
        thumbnail_image: expect.stringContaining('110x110'),
      },
      kakao_account: { profile: { nickname: '새이름' } },
    });
  });

  it('may set them, which other apps may not', async () => {
    const token = await tokenOf(people.plain);
    await update(token, '{"nickname":"별명"}');
    expect(await me(token)).toMatchObject({ properties: { nickname: '별명' } });
    expect((await kakao.api('GET', '/v1/oidc/userinfo', token)).json['nickname']).toBe('별명');
    const elsewhere = await tokenOf(people.plain, { clientId: second.client_id });
    expect((await update(elsewhere, '{"nickname":"별명"}')).json['code']).toBe(-201);
  });

  it('is told which values the account has, agreed or not', async () => {
    await kakao.patchApp({ consentItems: { gender: 'optional', birthday: 'optional', name: 'optional' } });
    await kakao.client.users.change(people.plain, { birthday: null });
    const token = await tokenOf(people.plain, { scopes: ['profile_nickname'] });
    const { kakao_account } = await me(token);
    expect(kakao_account).toMatchObject({ has_email: true, has_gender: true, has_birthday: false });
    expect(kakao_account).not.toHaveProperty('has_name');
    const named = await me(token, { property_keys: '["kakao_account.has_gender"]' });
    expect(named['kakao_account']).toEqual({ has_gender: true, gender_needs_agreement: true });
  });

  it('gets the deprecated duplicates of access_token_info, which others do not', async () => {
    const info = (token: unknown) => kakao.api('GET', '/v1/user/access_token_info', token);
    expect((await info(await tokenOf(people.plain))).json).toEqual({
      id: 3900000001,
      expires_in: 21599,
      app_id: 1234567,
      expiresInMillis: 21599000,
      appId: 1234567,
    });
    const elsewhere = await tokenOf(people.plain, { clientId: second.client_id });
    expect((await info(elsewhere)).json).not.toHaveProperty('appId');
  });

  it('with the combined profile item gets nickname and picture by one consent', async () => {
    await kakao.patchApp({
      consentItems: { profile: 'optional', profile_nickname: 'off', profile_image: 'off' },
    });
    const without = await tokenOf(people.plain, { scopes: ['account_email'] });
    const { kakao_account } = await me(without);
    expect(kakao_account).toMatchObject({ profile_needs_agreement: true });
    expect(kakao_account).not.toHaveProperty('profile');
    expect(kakao_account).not.toHaveProperty('profile_nickname_needs_agreement');
    const { access_token, id_token } = await kakao.tokens(people.plain, { scopes: ['profile'] });
    expect(await me(access_token)).toMatchObject({
      kakao_account: {
        profile_needs_agreement: false,
        profile: { nickname: '서윤', is_default_image: false },
      },
    });
    expect(payloadOf(id_token)).toMatchObject({ nickname: '서윤', picture: expect.any(String) });
  });
});

describe('rarer fields', () => {
  it('CI comes by its own consent item, with the time of authentication', async () => {
    await kakao.patchApp({ consentItems: { account_ci: 'optional' } });
    expect(await me(await tokenOf(people.plain))).toMatchObject({
      kakao_account: {
        ci_needs_agreement: false,
        ci: expect.stringMatching(/^emu\/CI\/.{81}$/),
        ci_authenticated_at: '2025-01-01T00:00:00Z',
      },
    });
    const without = await me(await tokenOf(people.linked, { scopes: [] }));
    expect(without['kakao_account']).toMatchObject({ ci_needs_agreement: true });
    expect(without['kakao_account']).not.toHaveProperty('ci');
  });

  it('for_partner is for apps that may use friends, and differs between people', async () => {
    expect(await me(await tokenOf(people.plain))).not.toHaveProperty('for_partner');
    await kakao.patchApp({ consentItems: { friends: 'optional' } });
    const uuidOf = async (user: string) =>
      ((await me(await tokenOf(user)))['for_partner'] as { uuid: string }).uuid;
    expect(await uuidOf(people.plain)).toMatch(/^[\w-]{28}$/);
    expect(await uuidOf(people.plain)).toBe(await uuidOf(people.plain));
    expect(await uuidOf(people.plain)).not.toBe(await uuidOf(people.linked));
  });

  it('userinfo keeps the nickname of the time when the user was linked', async () => {
    const token = await tokenOf(people.plain);
    await kakao.client.users.change(people.plain, { nickname: '새이름' });
    expect((await kakao.api('GET', '/v1/oidc/userinfo', token)).json['nickname']).toBe('서윤');
  });

  it('check_access_token answers like access_token_info', async () => {
    const token = await tokenOf(people.plain);
    const [checked, info] = await Promise.all(
      ['check_access_token', 'access_token_info'].map((name) => kakao.api('GET', `/v1/user/${name}`, token)),
    );
    expect(checked?.json).toEqual(info?.json);
    expect((await kakao.api('GET', '/v1/user/check_access_token', 'emu_x')).json['code']).toBe(-401);
  });
});
