import { beforeEach, describe, expect, it } from 'vitest';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();
const DAY = 24 * 60 * 60;

const tokenOf = async (user: string) => (await kakao.exchange(await kakao.login(user))).json['access_token'];
const signUp = (token: unknown, fields = {}) => kakao.api('POST', '/v1/user/signup', token, fields);
const target = { target_id_type: 'user_id', target_id: people.plain };

beforeEach(async () => {
  await kakao.patchApp({
    manualSignup: true,
    userProperties: ['plan'],
    consentItems: { gender: 'required', shipping_address: 'optional' },
  });
});

describe('signup is refused', () => {
  it('to every user of an app that links automatically: -102', async () => {
    await kakao.patchApp({ manualSignup: false });
    const { status, json } = await signUp(await tokenOf(people.plain));
    expect([status, json]).toEqual([400, { msg: 'already registered', code: -102 }]);
  });

  it('a second time', async () => {
    const token = await tokenOf(people.plain);
    await signUp(token);
    expect((await signUp(token)).json['code']).toBe(-102);
  });

  it('without a good token, with the challenge', async () => {
    const { status, headers, json } = await signUp('emu_x');
    expect([status, json]).toEqual([401, { msg: 'this access token does not exist', code: -401 }]);
    expect(headers.get('www-authenticate')).toBe('Bearer error=invalid_token');
  });

  it('by admin key', async () => {
    await tokenOf(people.plain);
    expect((await kakao.admin('POST', '/v1/user/signup', target)).json['code']).toBe(-401);
  });

  it('with properties that the app has not defined, and then nothing has happened', async () => {
    const token = await tokenOf(people.plain);
    expect((await signUp(token, { properties: '{"age":"20"}' })).json['code']).toBe(-201);
    expect((await kakao.me(token)).json['has_signed_up']).toBe(false);
  });
});

describe('a preregistered user', () => {
  it('has only id, time, profile and e-mail', async () => {
    await kakao.patchApp({ consentItems: { friends: 'optional' }, legacyFields: true });
    const { json } = await kakao.me(await tokenOf(people.plain));
    expect(Object.keys(json)).toEqual(['id', 'connected_at', 'has_signed_up', 'kakao_account']);
    expect(json['has_signed_up']).toBe(false);
    expect(Object.keys(json['kakao_account'] as object)).toEqual([
      'profile_nickname_needs_agreement',
      'profile_image_needs_agreement',
      'profile',
      'has_email',
      'email_needs_agreement',
      'is_email_valid',
      'is_email_verified',
      'email',
    ]);
  });

  it('is known to the admin key in the same way, but not listed', async () => {
    const token = await tokenOf(people.plain);
    expect((await kakao.admin('GET', '/v2/user/me', target)).json).toEqual((await kakao.me(token)).json);
    expect((await kakao.admin('GET', '/v1/user/ids', {})).json['elements']).toEqual([3900000002]);
    const fields = { target_id_type: 'user_id', target_ids: `[${people.plain}]` };
    expect((await kakao.admin('GET', '/v2/app/users', fields)).json).toEqual([]);
  });

  it('is not linked for any other API: -101', async () => {
    const token = await tokenOf(people.plain);
    for (const path of ['/v2/user/scopes', '/v1/user/shipping_address', '/v1/oidc/userinfo']) {
      const { status, json } = await kakao.api('GET', path, token);
      expect([status, json['code']]).toEqual([400, -101]);
    }
    const { json } = await kakao.api('POST', '/v1/user/update_profile', token, { properties: '{}' });
    expect(json['code']).toBe(-101);
    const log = await kakao.client.requests.list({ path: '/v2/user/scopes' });
    expect(JSON.stringify(log)).toContain('only preregistered');
  });

  it('can be looked up, logged out and unlinked', async () => {
    const token = await tokenOf(people.plain);
    expect((await kakao.api('GET', '/v1/user/access_token_info', token)).status).toBe(200);
    expect((await kakao.api('POST', '/v1/user/logout', token)).status).toBe(200);
    expect((await kakao.api('POST', '/v1/user/unlink', await tokenOf(people.plain))).status).toBe(200);
  });

  it('is linked by signup, with properties', async () => {
    const token = await tokenOf(people.plain);
    expect((await signUp(token, { properties: '{"plan":"gold"}' })).json).toEqual({ id: 3900000001 });
    expect((await kakao.me(token)).json).toMatchObject({
      has_signed_up: true,
      properties: { plan: 'gold' },
      kakao_account: { gender: 'female' },
    });
    expect((await kakao.admin('GET', '/v1/user/ids', {})).json['elements']).toContain(3900000001);
  });
});

describe('who does not sign up in 24 hours', () => {
  const unlinked = async () => {
    await kakao.client.webhooks.idle();
    const { attempts } = await kakao.client.webhooks.list({ kind: 'unlink' });
    return (attempts as { userId: string; reason: string }[]).map(({ userId, reason }) => [userId, reason]);
  };
  beforeEach(() => kakao.patchApp({ webhooks: { unlinkUrl: 'http://localhost:9/', hold: true } }));

  it('is unlinked when the clock is moved, and the app is told', async () => {
    const token = await tokenOf(people.plain);
    await kakao.client.clock.advance(DAY - 1);
    expect(await unlinked()).toEqual([]);
    await kakao.client.clock.advance(1);
    expect(await unlinked()).toEqual([[people.plain, 'INCOMPLETE_SIGN_UP']]);
    expect((await kakao.me(token)).json['code']).toBe(-401);
  });

  it('is unlinked before the next request when time just passes', async () => {
    const { json } = await kakao.exchange(await kakao.login(people.plain));
    kakao.wait(DAY);
    expect((await kakao.refresh(json['refresh_token'])).json['error_code']).toBe('KOE322');
    expect(await unlinked()).toEqual([[people.plain, 'INCOMPLETE_SIGN_UP']]);
  });

  it('stays when the app signed them up, or they were linked before', async () => {
    await signUp(await tokenOf(people.plain));
    await kakao.client.clock.advance(DAY);
    expect((await kakao.admin('GET', '/v2/user/me', target)).json['has_signed_up']).toBe(true);
    const linked = { ...target, target_id: people.linked };
    expect((await kakao.admin('GET', '/v2/user/me', linked)).json['has_signed_up']).toBe(true);
    expect(await unlinked()).toEqual([]);
  });
});
