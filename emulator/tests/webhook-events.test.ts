import { beforeEach, describe, expect, it } from 'vitest';
import type { UserChanges } from '../src/client.ts';
import { unlinkReasons } from '../src/world/webhook-events.ts';
import { first, form, people, redirectedTo, second, send, useKakao } from './kakao.ts';
import { useReceiver } from './receiver.ts';

const kakao = useKakao();
const app = useReceiver();

beforeEach(() => kakao.patchApp({ webhooks: app.webhooks() }));

const target = (id: string) => ({ target_id_type: 'user_id', target_id: id });

/** What the app hears of something, in order. */
async function heardOf(happening: () => Promise<unknown>): Promise<string[]> {
  await kakao.client.webhooks.idle();
  const before = app.heard().length;
  await happening();
  await kakao.client.webhooks.idle();
  return app.heard().slice(before);
}

describe('an app hears nothing', () => {
  it('without a URL', async () => {
    await kakao.patchApp({ webhooks: { unlinkUrl: null, accountStateUrl: null } });
    expect(await heardOf(() => kakao.tokens(people.plain))).toEqual([]);
    expect(await heardOf(() => kakao.client.users.remove(people.plain))).toEqual([]);
  });

  it('of categories that are off', async () => {
    await kakao.patchApp({ webhooks: { categories: ['RISC'] } });
    expect(await heardOf(() => kakao.tokens(people.plain))).toEqual([]);
    const block = () => kakao.client.users.change(people.plain, { state: 'blocked' });
    expect(await heardOf(block)).toEqual(['account-disabled']);
  });

  it('of people who are not connected to it, or only to another app', async () => {
    await kakao.tokens(people.plain, { clientId: second.client_id });
    const changes = { state: 'blocked' as const, email: 'new@example.com', nickname: '새이름' };
    expect(await heardOf(() => kakao.client.users.change(people.plain, changes))).toEqual([]);
    expect(await heardOf(() => kakao.client.users.remove(people.plain))).toEqual([]);
  });

  it('of an account that is changed to what it was', async () => {
    const same = {
      nickname: '나리',
      email: 'nari@example.com',
      state: 'active' as const,
      description: { ko: 'x' },
    };
    expect(await heardOf(() => kakao.client.users.change(people.linked, same))).toEqual([]);
  });

  it('of consent that was given before, or not given', async () => {
    const revoke = () =>
      kakao.admin('POST', '/v2/user/revoke/scopes', { ...target(people.linked), scopes: '["gender"]' });
    expect(await heardOf(revoke)).toEqual([]);
    const again = async () => kakao.exchange(await kakao.login(people.linked, { scope: 'account_email' }));
    expect(await heardOf(again)).toEqual(['token-issued']);
  });

  it('of a refused unlink', async () => {
    expect(await heardOf(() => kakao.admin('POST', '/v1/user/unlink', target(people.plain)))).toEqual([]);
    expect((await kakao.control('POST', `users/${people.plain}/unlink`)).status).toBe(404);
    const { status, json } = await kakao.control('POST', `users/${people.linked}/unlink`, { reason: 'X' });
    expect([status, json['field']]).toEqual([400, 'reason']);
    expect(app.received()).toEqual([]);
  });
});

describe('an app hears of', () => {
  it('a first login, as linking, consent and tokens', async () => {
    const login = async () => kakao.exchange(await kakao.login(people.plain));
    expect(await heardOf(login)).toEqual(['user-linked', 'user-scope-consent', 'token-issued']);
    expect(await heardOf(login)).toEqual(['token-issued']);
  });

  it('a refreshed token', async () => {
    const { refresh_token } = await kakao.tokens(people.linked);
    expect(await heardOf(() => kakao.refresh(refresh_token))).toEqual(['token-issued']);
  });

  it('additional consent', async () => {
    await kakao.patchApp({ consentItems: { gender: 'optional' } });
    const add = async () => {
      const pressed = form({ user: people.linked, decision: 'agree', item: 'gender' });
      const answer = await send(kakao.authorizeUrl({ scope: 'gender' }), pressed);
      await kakao.exchange(redirectedTo(answer).searchParams.get('code') ?? '');
    };
    expect(await heardOf(add)).toEqual(['user-scope-consent', 'token-issued']);
  });

  it('consent that the app withdraws', async () => {
    const scopes = { ...target(people.linked), scopes: '["account_email"]' };
    expect(await heardOf(() => kakao.admin('POST', '/v2/user/revoke/scopes', scopes))).toEqual([
      'user-scope-withdraw',
    ]);
  });

  it('one revoked token, and of all at once', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    expect(await heardOf(() => kakao.api('POST', '/v1/user/logout', access_token))).toEqual([
      'token-revoked',
    ]);
    const logout = () => kakao.admin('POST', '/v1/user/logout', target(people.linked));
    expect(await heardOf(logout)).toEqual(['tokens-revoked']);
  });

  it('its own unlink by event only, never by the unlink webhook', async () => {
    const unlink = () => kakao.admin('POST', '/v1/user/unlink', target(people.linked));
    expect(await heardOf(unlink)).toEqual(['user-unlinked: UNLINK_FROM_SERVICE']);
    const { access_token } = await kakao.tokens(people.plain);
    expect(await heardOf(() => kakao.api('POST', '/v1/user/unlink', access_token))).toEqual([
      'user-unlinked: UNLINK_FROM_SERVICE',
    ]);
  });

  it.each(unlinkReasons)('an unlink for the reason %s, which stands whatever it answers', async (reason) => {
    app.answerWith((response) => response.writeHead(500).end());
    const { access_token } = await kakao.tokens(people.linked);
    const heard = await heardOf(() => kakao.client.users.unlink(people.linked, { reason }));
    const alone = ['UNLINK_FROM_SERVICE', 'REVOKE_ACCOUNT_SERVICE_TERMS'].includes(reason);
    expect(heard).toEqual([...(alone ? [] : [`unlink: ${reason}`]), `user-unlinked: ${reason}`]);
    expect((await kakao.me(access_token)).status).toBe(401);
  });

  it('a disabled and an enabled account, but not of one bad state after another', async () => {
    const states = ['dormant', 'blocked', 'active', 'blocked'] as const;
    const change = async () => {
      for (const state of states) await kakao.client.users.change(people.linked, { state });
    };
    expect(await heardOf(change)).toEqual(['account-disabled', 'account-enabled', 'account-disabled']);
  });

  it.each<[UserChanges, string[]]>([
    [{ email: 'new@example.com' }, ['identifier-changed']],
    [{ phoneNumber: null }, ['identifier-changed']],
    [{ nickname: '새이름' }, ['user-profile-changed']],
    [{ isEmailValid: false }, ['user-profile-changed']],
    [
      { nickname: '새이름', email: null, state: 'blocked' },
      ['account-disabled', 'identifier-changed', 'user-profile-changed'],
    ],
  ])('a change of the account: %o', async (changes, events) => {
    expect(await heardOf(() => kakao.client.users.change(people.linked, changes))).toEqual(events);
  });

  it.each(['ACCOUNT_DELETE', 'FORCED_ACCOUNT_DELETE'])('a deleted account: %s', async (reason) => {
    const path = `users/${people.linked}?reason=${reason}`;
    expect(await heardOf(() => kakao.control('DELETE', path))).toEqual([
      `unlink: ${reason}`,
      `user-unlinked: ${reason}`,
      'account-purged',
    ]);
  });
});

describe('an account', () => {
  it('cannot be deleted for another reason', async () => {
    const answer = await kakao.control('DELETE', `users/${people.linked}?reason=UNLINK_FROM_APPS`);
    expect(answer.json).toMatchObject({ status: 400, field: 'reason' });
    expect(app.received()).toEqual([]);
  });

  it('that is connected to two apps is news for both', async () => {
    const clientId = second.client_id;
    await kakao.patchApp({ webhooks: { accountStateUrl: app.url('/second') } }, clientId);
    await kakao.tokens(people.linked, { clientId });
    await kakao.client.webhooks.idle();
    const before = app.received().length;
    await heardOf(() => kakao.client.users.change(people.linked, { state: 'dormant' }));
    const paths = app
      .received()
      .slice(before)
      .map(({ path }) => path);
    expect(paths.sort()).toEqual(['/account-state', '/second']);
  });
});

describe('an app that has been away', () => {
  it('hears nothing after a reset, not even of what was waiting', async () => {
    let release = () => {};
    const first = new Promise<void>((resolve) => {
      app.answerWith((response) => {
        release = () => response.writeHead(202).end();
        resolve();
      });
    });
    await kakao.tokens(people.plain);
    await first;
    kakao.emulator().reset();
    release();
    expect(await kakao.client.webhooks.list()).toMatchObject({ waiting: 0, attempts: [] });
    expect(app.heard()).toEqual(['user-linked']);
  });

  it('has the settings of the start after a reset', async () => {
    kakao.emulator().reset();
    const found = kakao
      .emulator()
      .apps()
      .find(({ clientId }) => clientId === first.client_id);
    expect(found?.webhooks).toEqual({
      unlinkUrl: null,
      unlinkMethod: 'POST',
      accountStateUrl: null,
      categories: ['OAUTH', 'RISC', 'CAEP', 'KAKAO'],
      hold: false,
    });
  });
});
