import { describe, expect, it } from 'vitest';
import { people, second, useKakao } from './kakao.ts';

const kakao = useKakao();
const DAY = 24 * 60 * 60;

describe('refreshing is refused', () => {
  const expectKoe322 = async (token: unknown, changes = {}) => {
    const { status, json } = await kakao.refresh(token, changes);
    expect([status, json]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'expired_or_invalid_refresh_token', error_code: 'KOE322' },
    ]);
  };

  it('without the token: KOE319', async () => {
    expect((await kakao.refresh('')).json['error_code']).toBe('KOE319');
  });

  it('with a wrong secret: KOE010', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    expect((await kakao.refresh(refresh_token, { client_secret: 'no' })).json['error_code']).toBe('KOE010');
  });

  it('for an unknown token', () => expectKoe322('emu_unknown'));
  it('for an access token', async () => expectKoe322((await kakao.tokens(people.plain))['access_token']));
  it('for the token of another app', async () =>
    expectKoe322((await kakao.tokens(people.plain))['refresh_token'], second));

  it('after 60 days', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    kakao.wait(60 * DAY);
    await expectKoe322(refresh_token);
  });

  it('after unlink', async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    await kakao.api('POST', '/v1/user/unlink', access_token);
    await expectKoe322(refresh_token);
  });

  it('after logout', async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    await kakao.api('POST', '/v1/user/logout', access_token);
    await expectKoe322(refresh_token);
  });

  it('for a token that was rotated away', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    kakao.wait(31 * DAY);
    expect((await kakao.refresh(refresh_token)).status).toBe(200);
    await expectKoe322(refresh_token);
  });
});

describe('refreshing', () => {
  it('gives no new refresh token while the old one has 30 days or more', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    kakao.wait(30 * DAY - 1);
    const { json } = await kakao.refresh(refresh_token);
    expect(Object.keys(json)).toEqual(['access_token', 'token_type', 'id_token', 'expires_in']);
    expect((await kakao.refresh(refresh_token)).status).toBe(200);
  });

  it('rotates below 30 days, and the new token works', async () => {
    const { refresh_token } = await kakao.tokens(people.plain);
    kakao.wait(30 * DAY);
    const { json } = await kakao.refresh(refresh_token);
    expect(json['refresh_token_expires_in']).toBe(5183999);
    expect((await kakao.refresh(json['refresh_token'])).status).toBe(200);
  });

  it('leaves the previous access token alone', async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    const { json } = await kakao.refresh(refresh_token);
    expect((await kakao.me(access_token)).status).toBe(200);
    expect((await kakao.me(json['access_token'])).status).toBe(200);
  });

  it('brings an ID token only when the login had one, and only while OpenID Connect is on', async () => {
    const login = await kakao.exchange(await kakao.login(people.linked, { scope: 'account_email' }));
    expect((await kakao.refresh(login.json['refresh_token'])).json).not.toHaveProperty('id_token');
    const { refresh_token } = await kakao.tokens(people.linked);
    await kakao.patchApp({ oidc: false });
    expect((await kakao.refresh(refresh_token)).json).not.toHaveProperty('id_token');
  });

  it('counts in the rate rule', async () => {
    await kakao.client.settings.change({ tokenRateLimit: true });
    const { refresh_token } = await kakao.tokens(people.plain);
    for (let i = 0; i < 20; i += 1) expect((await kakao.refresh(refresh_token)).status).toBe(200);
    expect((await kakao.refresh(refresh_token)).json['error_code']).toBe('KOE237');
  });
});
