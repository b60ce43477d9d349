import { beforeEach, describe, expect, it } from 'vitest';
import { form, people, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const account = async (user: string, more = {}) =>
  (await kakao.me((await kakao.tokens(user, more))['access_token'])).json['kakao_account'];

describe('/v2/user/me refuses', () => {
  const noToken = { msg: 'this access token does not exist', code: -401 };

  it.each(['emu_unknown', '', 'a.b.c'])('the token "%s" with -401 and a challenge', async (token) => {
    const answer = await kakao.me(token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error=invalid_token');
    expect(answer.json).toEqual(noToken);
  });

  it('a request without Authorization, or with another scheme', async () => {
    expect((await send(kakao.url('/v2/user/me'))).json).toEqual(noToken);
    const { access_token } = await kakao.tokens(people.plain);
    const answer = await send(kakao.url('/v2/user/me'), { headers: { authorization: String(access_token) } });
    expect(answer.json).toEqual(noToken);
  });

  it('an authorization code, a refresh token and an ID token', async () => {
    const { refresh_token, id_token } = await kakao.tokens(people.plain);
    for (const wrong of [await kakao.login(people.plain), refresh_token, id_token]) {
      expect((await kakao.me(wrong)).json).toEqual(noToken);
    }
  });

  it('an expired token, saying so', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    kakao.wait(21598);
    expect((await kakao.me(access_token)).status).toBe(200);
    kakao.wait(1);
    expect((await kakao.me(access_token)).json).toEqual({
      msg: 'this access token is already expired',
      code: -401,
    });
  });

  it('a dormant, a sanctioned and an under-14 account', async () => {
    const answers = [];
    for (const user of [people.dormant, people.blocked, people.child]) {
      const { status, json } = await kakao.me((await kakao.tokens(user))['access_token']);
      answers.push([status, json['code']]);
    }
    expect(answers).toEqual([
      [400, -103],
      [403, -4],
      [401, -406],
    ]);
  });

  it.each([
    [{ secure_resource: 'yes' }, -2],
    [{ property_keys: 'kakao_account.email' }, -2],
    [{ property_keys: '[1]' }, -2],
    [{ property_keys: '["kakao_account.shoe_size"]' }, -201],
    [{ property_keys: '["kakao_account.profile.shoe_size"]' }, -201],
    [{ property_keys: '["nickname"]' }, -201],
  ])('the parameters %o', async (query, code) => {
    const { access_token } = await kakao.tokens(people.plain);
    const { status, json } = await kakao.me(access_token, query);
    expect([status, json['code']]).toEqual([400, code]);
  });
});

describe('/v2/user/me leaves out', () => {
  it('the address of an account that has none, without offering consent', async () => {
    const it = await account(people.noEmail);
    expect(it).toMatchObject({ email_needs_agreement: false });
    for (const field of ['email', 'is_email_valid', 'is_email_verified'])
      expect(it).not.toHaveProperty(field);
  });

  it('a declined address with all its companions', async () => {
    const it = await account(people.declinesEmail);
    expect(it).toMatchObject({ email_needs_agreement: true });
    for (const field of ['email', 'is_email_valid', 'is_email_verified'])
      expect(it).not.toHaveProperty(field);
  });

  it('the whole profile when neither nickname nor picture is agreed to', async () => {
    expect(await account(people.refuses)).toEqual({
      profile_nickname_needs_agreement: true,
      profile_image_needs_agreement: true,
      email_needs_agreement: false,
      is_email_valid: true,
      is_email_verified: true,
      email: 'eunwoo@example.com',
    });
  });

  it('pictures when only the nickname is agreed to', async () => {
    expect(await account(people.plain, { scopes: ['profile_nickname'] })).toMatchObject({
      profile: { nickname: '서윤', is_default_nickname: false },
      profile_image_needs_agreement: true,
    });
  });

  it('kakao_account when the app uses no item', async () => {
    await kakao.patchApp({
      consentItems: { profile_nickname: 'off', profile_image: 'off', account_email: 'off' },
    });
    expect(await account(people.plain)).toBeUndefined();
  });

  it('an item that the app switched off after consent', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.patchApp({ consentItems: { account_email: 'off' } });
    expect((await kakao.me(access_token)).text).not.toContain('email');
  });
});

describe('/v2/user/me', () => {
  it('writes ids above 2^53 exactly, so that two neighbours stay two people', async () => {
    for (const id of [people.big, people.bigger]) {
      const { text } = await kakao.me((await kakao.tokens(id))['access_token']);
      expect(text.startsWith(`{"id":${id},"connected_at":"2026-03-02T04:11:52Z",`)).toBe(true);
    }
  });

  it('masks an expired address and flags it', async () => {
    expect(await account(people.masked)).toMatchObject({
      email_needs_agreement: false,
      is_email_valid: false,
      is_email_verified: true,
      email: 'su***@example.com',
    });
  });

  it('flags an unverified address and default nickname and picture', async () => {
    expect(await account(people.unverified)).toMatchObject({
      is_email_verified: false,
      email: 'jiho@example.com',
    });
    expect(await account(people.defaults)).toMatchObject({
      profile: { nickname: '닉네임을 등록해주세요', is_default_nickname: true, is_default_image: true },
    });
  });

  it('passes control characters on as JSON escapes', async () => {
    expect(await account(people.control)).toMatchObject({
      profile: { nickname: '탭\t줄\n종\u0007널\u0000끝\u202e' },
    });
  });

  it('shows changes at Kakao at once', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.client.users.change(people.plain, { nickname: '새이름' });
    expect((await kakao.me(access_token)).text).toContain('"nickname":"새이름"');
  });

  it('gives plain http pictures unless secure_resource is true', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.me(access_token)).text).toContain('"http://k.kakaocdn.net/');
    const secure = await kakao.me(access_token, { secure_resource: 'true' });
    expect(secure.text).not.toContain('http://');
    expect(secure.text).toContain('img_640x640.jpg');
  });

  it('answers POST with a form like GET with a query', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    const init = { ...form({ secure_resource: 'true' }), ...kakao.bearer(access_token) };
    const posted = await send(kakao.url('/v2/user/me'), init);
    expect(posted.json).toEqual((await kakao.me(access_token, { secure_resource: 'true' })).json);
  });

  it('has the legacy fields only for apps that are set so', async () => {
    await kakao.patchApp({ legacyFields: true });
    const { json } = await kakao.me((await kakao.tokens(people.plain))['access_token']);
    expect(json).toMatchObject({ properties: { nickname: '서윤' }, kakao_account: { has_email: true } });
  });

  it('has every documented value of an app that uses every item', async () => {
    const items = ['name', 'gender', 'age_range', 'birthday', 'birthyear', 'phone_number'];
    await kakao.patchApp({ consentItems: Object.fromEntries(items.map((item) => [item, 'optional'])) });
    expect(await account(people.plain)).toMatchObject({
      name: '김새벽',
      gender: 'female',
      age_range: '20~29',
      birthday: '1130',
      birthday_type: 'SOLAR',
      is_leap_month: false,
      birthyear: '2001',
      phone_number: '+82 10-0000-0000',
      phone_number_needs_agreement: false,
    });
  });
});

describe('property_keys', () => {
  let token: unknown;
  beforeEach(async () => {
    token = (await kakao.tokens(people.plain))['access_token'];
  });
  const selected = async (...keys: string[]) =>
    (await kakao.me(token, { property_keys: JSON.stringify(keys) })).json;

  it('brings the fields of one item together', async () => {
    expect(await selected('kakao_account.email')).toEqual({
      id: 3900000001,
      kakao_account: {
        email_needs_agreement: false,
        is_email_valid: true,
        is_email_verified: true,
        email: 'seoyun@example.com',
      },
    });
    expect(await selected('kakao_account.is_email_valid')).toEqual(await selected('kakao_account.email'));
  });

  it('selects the profile, and a branch by its trailing dot', async () => {
    expect(JSON.stringify(await selected('kakao_account.profile'))).not.toContain('email');
    expect(await selected('kakao_account.', 'connected_at')).toEqual((await kakao.me(token)).json);
  });

  it('gives only the id for an empty list', async () => {
    expect(await selected()).toEqual({ id: 3900000001 });
  });
});

describe('scripts of other origins', () => {
  it('may read the user API and the token endpoint', async () => {
    for (const path of ['/v2/user/me', '/oauth/token']) {
      const { status, headers } = await send(kakao.url(path), { method: 'OPTIONS' });
      expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    }
    expect((await kakao.me('x')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('may not read what is for servers, nor anything with an admin key', async () => {
    const origin = 'access-control-allow-origin';
    for (const path of ['/v1/user/ids', '/v2/app/users']) {
      expect((await send(kakao.url(path), { method: 'OPTIONS' })).status).toBe(405);
      expect((await kakao.admin('GET', path, {})).headers.get(origin)).toBeNull();
    }
    const fields = { target_id_type: 'user_id', target_id: people.linked };
    const answer = await kakao.admin('GET', '/v2/user/me', fields);
    expect([answer.status, answer.headers.get(origin)]).toEqual([200, null]);
  });

  it('may not read authorize and logout', async () => {
    for (const url of [kakao.authorizeUrl(), kakao.url('/oauth/logout')]) {
      expect((await send(url)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
