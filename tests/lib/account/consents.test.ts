import { describe, expect, it } from 'vitest';
import { listConsents, withdrawConsent } from '@/lib/account/consents';
import { exportData } from '@/lib/account/export';
import { receiveSecurityEvent } from '@/lib/account/kakao-events';
import { withdraw } from '@/lib/account/withdraw';
import { listHistory } from '@/lib/db/history';
import type { User } from '@/lib/db/users';
import { findViewer } from '@/lib/login/find-viewer';
import { withApp } from '../../support/app';
import { device } from '../../support/browser';
import { people } from '../../support/kakao';

const app = withApp();
const { kakao } = app;

async function login(person = people.plain): Promise<User> {
  await app.browser().login(person);
  return app.deps().db.user.findFirstOrThrow({ where: { kakaoId: person } });
}

const withoutAdminKey = () => app.deps({ adminKey: undefined });
const agreed = async (user: User, deps = app.deps()) => {
  const consents = await listConsents(deps, user);
  return consents.kind === 'known'
    ? consents.items.filter((item) => item.agreed).map(({ id }) => id)
    : consents.kind;
};
const reportWithdrawal = (kakaoId: string) => {
  const type = 'https://schemas.openid.net/secevent/oauth/event-type/user-scope-withdraw';
  return receiveSecurityEvent(app.deps(), {
    jti: 'jti',
    type,
    kakaoId,
    occurredAt: new Date(),
    reason: null,
  });
};
const emailOf = async ({ id }: User) => (await app.deps().db.user.findUniqueOrThrow({ where: { id } })).email;

describe('consents cannot be shown', () => {
  it('without an admin key and without a kept token', async () => {
    expect(await listConsents(withoutAdminKey(), await login())).toEqual({ kind: 'no_credential' });
  });

  it.each([
    { status: 503 },
    { kakao: -10 },
    { reset: true },
    { malformed: true },
    { body: '{"scopes":[{}]}' },
  ])('while Kakao answers %j', async (fault) => {
    const user = await login();
    await kakao.fault('/v2/user/scopes', { ...fault, always: true });
    expect(await listConsents(app.deps(), user)).toEqual({ kind: 'unavailable' });
  });

  it('when Kakao is slow, after a second and a half', async () => {
    const user = await login();
    await kakao.fault('/v2/user/scopes', { delayMs: 30_000, always: true });
    const started = performance.now();
    expect(await listConsents(app.deps(), user)).toEqual({ kind: 'unavailable' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('a consent is not withdrawn', () => {
  it('when the item is required', async () => {
    const user = await login();
    expect(await withdrawConsent(app.deps(), user, { item: 'profile_nickname', device })).toBe('required');
  });

  it('when the person had not agreed, or the item does not exist', async () => {
    const user = await login();
    expect(await withdrawConsent(app.deps(), user, { item: 'gender', device })).toBe('not_agreed');
    expect(await withdrawConsent(app.deps(), user, { item: 'no_such_item', device })).toBe('not_agreed');
  });

  it('while Kakao is down: nothing changes on either side', async () => {
    const user = await login();
    await kakao.fault('/v2/user/revoke/scopes', { status: 503 });
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('unavailable');
    expect(await emailOf(user)).toBe('seoyun@example.com');
    expect(await agreed(user)).toContain('account_email');
  });

  it('without an admin key and without a kept token', async () => {
    expect(await withdrawConsent(withoutAdminKey(), await login(), { item: 'account_email', device })).toBe(
      'no_credential',
    );
  });
});

describe('consents', () => {
  it('are what the person agreed to, with what is required', async () => {
    const consents = await listConsents(app.deps(), await login(people.declinesEmail));
    expect(consents).toEqual({
      kind: 'known',
      items: [
        { id: 'profile_nickname', name: '닉네임', using: true, agreed: true, revocable: false },
        { id: 'profile_image', name: '프로필 사진', using: true, agreed: true, revocable: true },
        { id: 'account_email', name: '카카오계정(이메일)', using: true, agreed: false, revocable: false },
      ],
    });
  });

  it('are read by the person’s own token when there is no admin key', async () => {
    app.storeTokens();
    const user = await login();
    expect(await agreed(user, withoutAdminKey())).toContain('account_email');
  });

  it('are asked of Kakao once a minute', async () => {
    const user = await login();
    await agreed(user);
    await kakao.fault('/v2/user/scopes', { status: 503, always: true });
    app.pass(59_000);
    expect(await agreed(user)).toContain('account_email');
    app.pass(1_000);
    expect(await agreed(user)).toBe('unavailable');
  });

  it('are asked of Kakao once a minute also when it did not answer', async () => {
    const user = await login();
    await kakao.fault('/v2/user/scopes', { status: 503, times: 2 });
    expect(await agreed(user)).toBe('unavailable');
    expect(await agreed(user)).toBe('unavailable');
    app.pass(60_000);
    expect(await agreed(user)).toContain('account_email');
  });

  it('are asked of Kakao once by any number of views, and by an export after them', async () => {
    const browser = app.browser();
    await browser.login(people.plain);
    const viewer = await findViewer(app.deps(), browser.sessionToken());
    if (!viewer) throw new Error('nobody is signed in');
    await Promise.all(Array.from({ length: 20 }, () => agreed(viewer.user)));
    const data = await exportData(app.deps(), viewer, device);
    expect(data?.consents?.length).toBeGreaterThan(0);
    expect(await kakao.requests('/v2/user/scopes')).toHaveLength(1);
  });

  it('are asked of Kakao again when our own database failed', async () => {
    app.storeTokens();
    const user = await login();
    const { db } = app.deps();
    await db.$executeRawUnsafe('ALTER TABLE "KakaoToken" RENAME TO "Broken"');
    await expect(
      agreed(user, withoutAdminKey()).finally(() => {
        return db.$executeRawUnsafe('ALTER TABLE "Broken" RENAME TO "KakaoToken"');
      }),
    ).rejects.toThrow();
    expect(await agreed(user, withoutAdminKey())).toContain('account_email');
  });

  it.each([
    [
      'the person withdraws one',
      (user: User) => withdrawConsent(app.deps(), user, { item: 'gender', device }),
    ],
    ['the person logs in', () => login()],
    ['Kakao reports a change', ({ kakaoId }: User) => reportWithdrawal(kakaoId)],
  ])('are asked of Kakao again when %s', async (_, change) => {
    const user = await login();
    await agreed(user);
    await change(user);
    await kakao.fault('/v2/user/scopes', { status: 503, always: true });
    expect(await agreed(user)).toBe('unavailable');
  });

  it('that were read while the person withdrew one are not shown again', async () => {
    const user = await login();
    await kakao.fault('/v2/user/scopes', { delayMs: 500, times: 1 });
    const reading = agreed(user);
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('withdrawn');
    await reading;
    expect(await agreed(user)).not.toContain('account_email');
  });

  it('are remembered of a thousand people at most, and of nobody who has left', async () => {
    const user = await login();
    const { recentConsents } = app.deps();
    const until = app.deps().now().getTime() + 60_000;
    for (let other = 0; other < 1_500; other += 1)
      recentConsents.set(`other-${other}`, { until, answer: [] });
    await agreed(user);
    expect(recentConsents.size).toBe(1_000);
    expect(recentConsents.has(user.kakaoId)).toBe(true);
    await withdraw(app.deps(), user);
    expect(recentConsents.has(user.kakaoId)).toBe(false);
  });

  it('withdrawn at Kakao leave nothing of the data here', async () => {
    const user = await login();
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('withdrawn');
    expect(await emailOf(user)).toBeNull();
    expect(await agreed(user)).toEqual(['profile_nickname', 'profile_image']);
    const [latest] = await listHistory(app.deps().db, user.id);
    expect(latest).toMatchObject({ kind: 'consent_withdrawn', detail: 'account_email', ip: device.ip });
  });

  it('withdrawn while Kakao then says nothing more leave nothing either, at the second try', async () => {
    const user = await login();
    await kakao.fault('/v2/user/me', { status: 503, times: 2 });
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('unavailable');
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('not_agreed');
    expect(await emailOf(user)).toBeNull();
  });

  it('withdrawn do not bring the profile of somebody else here', async () => {
    const user = await login();
    const others = { id: Number(people.another), kakao_account: { email: 'another@example.com' } };
    await kakao.fault('/v2/user/me', { replace: others, always: true });
    expect(await withdrawConsent(app.deps(), user, { item: 'profile_image', device })).toBe('unavailable');
    const { nickname, email } = await app.deps().db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect([nickname, email]).toEqual([user.nickname, user.email]);
  });

  it('of a person whose id is beyond 2^53 are those of that person', async () => {
    const user = await login(people.exact);
    await login(people.rounded);
    expect(await withdrawConsent(app.deps(), user, { item: 'account_email', device })).toBe('withdrawn');
    expect(await emailOf(user)).toBeNull();
    const other = await app.deps().db.user.findUniqueOrThrow({ where: { kakaoId: people.rounded } });
    expect(other.email).not.toBeNull();
  });
});
