import { describe, expect, it } from 'vitest';
import { people, second, useKakao } from './kakao.ts';

const kakao = useKakao();

const target = (target_id: string) => ({ target_id_type: 'user_id', target_id });
const tokenOf = async (user: string, more = {}) => (await kakao.tokens(user, more))['access_token'];

describe('the admin key is refused', () => {
  it('when it is of no app, or of no form', async () => {
    const unknown = await kakao.admin('GET', '/v2/user/me', target(people.linked), 'a'.repeat(32));
    expect([unknown.status, unknown.json['msg']]).toEqual([401, `appKey(${'a'.repeat(32)}) does not exist`]);
    const malformed = await kakao.admin('GET', '/v2/user/me', target(people.linked), 'x');
    expect(malformed.json).toEqual({ msg: 'wrong appKey(x) format', code: -401 });
  });

  it('when it is the REST API key', async () => {
    expect((await kakao.admin('GET', '/v2/user/me', target(people.linked), second.client_id)).status).toBe(
      401,
    );
  });

  it.each([{ target_id: people.linked }, { target_id_type: 'user_id' }, target('abc'), target('')])(
    'for the target %o: -2',
    async (fields) => {
      const { status, json } = await kakao.admin('GET', '/v2/user/me', fields as Record<string, string>);
      expect([status, json['code']]).toEqual([400, -2]);
    },
  );

  it('for a user who is not linked, or unknown: -101', async () => {
    for (const id of [people.plain, '1']) {
      const { status, json } = await kakao.admin('POST', '/v2/user/me', target(id));
      expect([status, json['code']]).toEqual([400, -101]);
    }
  });

  it('for access_token_info, which takes tokens only', async () => {
    expect((await kakao.admin('GET', '/v1/user/access_token_info', target(people.linked))).status).toBe(401);
  });
});

describe('the admin key', () => {
  it('reads the same as the user token', async () => {
    const byToken = await kakao.me(await tokenOf(people.linked));
    expect((await kakao.admin('GET', '/v2/user/me', target(people.linked))).json).toEqual(byToken.json);
    expect((await kakao.admin('POST', '/v2/user/me', target(people.linked))).json).toEqual(byToken.json);
  });

  it('logs out all tokens of the user, of this app only', async () => {
    const [one, two] = [await tokenOf(people.linked), await tokenOf(people.linked)];
    const elsewhere = await tokenOf(people.linked, { clientId: second.client_id });
    expect((await kakao.admin('POST', '/v1/user/logout', target(people.linked))).json).toEqual({
      id: 3900000002,
    });
    expect([
      (await kakao.me(one)).status,
      (await kakao.me(two)).status,
      (await kakao.me(elsewhere)).status,
    ]).toEqual([401, 401, 200]);
    expect((await kakao.me(await tokenOf(people.linked))).status).toBe(200);
  });

  it('unlinks once, then -101', async () => {
    expect((await kakao.admin('POST', '/v1/user/unlink', target(people.linked))).status).toBe(200);
    expect((await kakao.admin('POST', '/v1/user/unlink', target(people.linked))).json['code']).toBe(-101);
  });
});

describe('access_token_info', () => {
  const info = (token: unknown) => kakao.api('GET', '/v1/user/access_token_info', token);

  it('refuses what cannot be a token with -2, and what is none with -401', async () => {
    expect((await info('ey.J.x')).json['code']).toBe(-2);
    expect((await info('emu_x')).json['code']).toBe(-401);
  });

  it('tells the app, so that the token of another one is noticed', async () => {
    expect((await info(await tokenOf(people.plain))).json).toEqual({
      id: 3900000001,
      expires_in: 21599,
      app_id: 1234567,
    });
    expect((await info(await tokenOf(people.plain, { clientId: second.client_id }))).json['app_id']).toBe(
      7654321,
    );
  });

  it('counts down and keeps big ids exact', async () => {
    const token = await tokenOf(people.bigger);
    kakao.wait(600);
    expect((await info(token)).text).toBe('{"id":9007199254740993,"expires_in":20999,"app_id":1234567}');
  });
});

describe('logout by token', () => {
  it('ends that login only', async () => {
    const [one, two] = [await tokenOf(people.plain), await tokenOf(people.plain)];
    expect((await kakao.api('POST', '/v1/user/logout', one)).json).toEqual({ id: 3900000001 });
    expect((await kakao.me(one)).json['code']).toBe(-401);
    expect((await kakao.me(two)).status).toBe(200);
  });
});

describe('unlink by token', () => {
  it('kills every token, and the next login asks again and has the same id', async () => {
    const [one, two] = [await tokenOf(people.plain), await tokenOf(people.plain)];
    await kakao.api('POST', '/v1/user/unlink', one);
    for (const token of [one, two]) expect((await kakao.me(token)).json['code']).toBe(-401);
    const { json } = await kakao.exchange(await kakao.login(people.plain));
    expect((await kakao.me(json['access_token'])).json['id']).toBe(3900000001);
    expect((await kakao.me(two)).status).toBe(401);
  });
});

describe('scopes', () => {
  it('may not be revoked when required (-3) or not agreed to (-2)', async () => {
    const token = await tokenOf(people.plain, { scopes: ['profile_nickname'] });
    const revoke = (scopes: string) => kakao.api('POST', '/v2/user/revoke/scopes', token, { scopes });
    const required = await revoke('["profile_nickname"]');
    expect([required.status, required.json['code']]).toEqual([403, -3]);
    expect(required.json['msg']).toContain('[profile_nickname] is not revocable');
    expect((await revoke('["account_email"]')).json).toEqual({
      msg: 'There is no scopes to revoke. check out if given scope id([account_email]) is correct again.',
      code: -2,
    });
    expect((await revoke('account_email')).json['code']).toBe(-2);
  });

  it('list what is used and agreed to', async () => {
    const token = await tokenOf(people.plain, { scopes: ['profile_nickname'] });
    const { json } = await kakao.api(
      'GET',
      '/v2/user/scopes?scopes=["profile_nickname","account_email"]',
      token,
    );
    expect(json['scopes']).toEqual([
      {
        id: 'profile_nickname',
        display_name: '닉네임',
        type: 'PRIVACY',
        using: true,
        agreed: true,
        revocable: false,
      },
      {
        id: 'account_email',
        display_name: '카카오계정(이메일)',
        type: 'PRIVACY',
        using: true,
        agreed: false,
      },
    ]);
  });

  it('keep an item that the app no longer uses as using: false', async () => {
    const token = await tokenOf(people.plain);
    await kakao.patchApp({ consentItems: { account_email: 'off' } });
    const { json } = await kakao.api('GET', '/v2/user/scopes', token);
    expect(json['scopes']).toContainEqual(
      expect.objectContaining({ id: 'account_email', using: false, agreed: true }),
    );
  });

  it('can be revoked, by token and by admin key', async () => {
    const token = await tokenOf(people.linked);
    await kakao.api('POST', '/v2/user/revoke/scopes', token, { scopes: '["account_email"]' });
    expect((await kakao.me(token)).json['kakao_account']).toMatchObject({ email_needs_agreement: true });
    const fields = { ...target(people.linked), scopes: '["profile_image"]' };
    const { json } = await kakao.admin('POST', '/v2/user/revoke/scopes', fields);
    expect(json['scopes']).toContainEqual(expect.objectContaining({ id: 'profile_image', agreed: false }));
  });
});

describe('oidc/userinfo', () => {
  const userinfo = async (user: string) => kakao.api('GET', '/v1/oidc/userinfo', await tokenOf(user));

  it('is -3 while OpenID Connect is off', async () => {
    await kakao.patchApp({ oidc: false });
    expect((await userinfo(people.plain)).json['code']).toBe(-3);
  });

  it('has only what was agreed to', async () => {
    expect((await userinfo(people.refuses)).json).toEqual({
      sub: people.refuses,
      email: 'eunwoo@example.com',
      email_verified: true,
    });
    expect((await userinfo(people.masked)).json['email_verified']).toBe(false);
  });

  it('joins birthday and birth year', async () => {
    await kakao.patchApp({ consentItems: { birthday: 'optional', birthyear: 'optional' } });
    expect((await userinfo(people.plain)).json['birthdate']).toBe('2001-11-30');
    await kakao.patchApp({ consentItems: { birthyear: 'off' } });
    expect((await userinfo(people.noEmail)).json['birthdate']).toBe('0000-11-30');
  });
});
