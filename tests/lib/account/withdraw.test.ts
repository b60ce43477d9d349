import { describe, expect, it } from 'vitest';
import { receiveSecurityEvent } from '@/lib/account/kakao-events';
import { retryPendingUnlinks } from '@/lib/account/pending-unlinks';
import { hasLeft, needsFreshLogin, withdraw } from '@/lib/account/withdraw';
import { byAdminKey } from '@/lib/kakao/api';
import type { KakaoConfig } from '@/lib/kakao/config';
import { KakaoError } from '@/lib/kakao/errors';
import { unlinkUser } from '@/lib/kakao/links';
import { fetchUser } from '@/lib/kakao/user';
import { findViewer } from '@/lib/login/find-viewer';
import { withApp } from '../../support/app';
import { addPendingUnlink } from '../../support/database';
import { people, soon } from '../../support/kakao';

const app = withApp();
const minutes = (count: number) => count * 60_000;

/** Signs somebody in at the local Kakao and here. */
async function member(changes: Partial<KakaoConfig> = {}, kakaoId = people.plain) {
  const finished = await app.browser().login(kakaoId);
  if (finished.kind !== 'signed_in') throw new Error(finished.kind);
  const viewer = await findViewer(app.deps(changes), finished.token);
  if (!viewer) throw new Error('not signed in');
  return { viewer, token: finished.token, user: viewer.user };
}

/** Whether Kakao still links the person to the app. */
async function isLinked(kakaoId = people.plain): Promise<boolean> {
  const config = app.kakao.config();
  const asked = fetchUser(config, byAdminKey(config, kakaoId), soon());
  return asked.then(
    () => true,
    (error: unknown) => {
      if (error instanceof KakaoError && error.kakaoCode === '-101') return false;
      throw error;
    },
  );
}
const pending = () => app.deps().db.pendingUnlink.findMany();
const kinds = async (changes: Partial<KakaoConfig> = {}) =>
  (await retryPendingUnlinks(app.deps(changes))).map(({ kind }) => kind);

describe('withdrawing', () => {
  it('erases the user and everything about them, and cuts the link at Kakao', async () => {
    const { user, token } = await member();
    await member();
    const { db } = app.deps();
    expect(await withdraw(app.deps(), user)).toBe('unlinked');
    expect(await findViewer(app.deps(), token)).toBeNull();
    expect([await db.user.count(), await db.session.count(), await pending()]).toEqual([0, 0, []]);
    expect(await isLinked()).toBe(false);
    expect(await hasLeft(app.deps(), token)).toBe(true);
  });

  it('does nothing to anybody else', async () => {
    const { user } = await member();
    const other = await member({}, people.another);
    await withdraw(app.deps(), user);
    expect(await findViewer(app.deps(), other.token)).not.toBeNull();
    expect(await isLinked(people.another)).toBe(true);
  });

  it('from a link that is cut already (−101) is done too', async () => {
    const { user } = await member();
    const config = app.kakao.config();
    await unlinkUser(config, byAdminKey(config, people.plain), soon());
    expect(await withdraw(app.deps(), user)).toBe('unlinked');
    expect(await pending()).toEqual([]);
  });

  it('leaves nothing of the Kakao id in the events of Kakao', async () => {
    const { user } = await member();
    const event = { jti: 'j', type: 'https://schemas.example/x', kakaoId: people.plain, reason: null };
    await receiveSecurityEvent(app.deps(), { ...event, occurredAt: new Date() });
    expect(await app.deps().db.webhookEvent.findMany()).toMatchObject([{ kakaoId: people.plain }]);
    await withdraw(app.deps(), user);
    expect(await app.deps().db.webhookEvent.findMany()).toMatchObject([{ jti: 'j', kakaoId: null }]);
  });

  it('twice at the same time is as good as once, and unlinks once', async () => {
    const { user } = await member();
    const both = await Promise.all([withdraw(app.deps(), user), withdraw(app.deps(), user)]);
    expect(both.sort()).toEqual(['unlinked', 'waiting']);
    expect(await pending()).toEqual([]);
    expect(await app.kakao.requests('/v1/user/unlink')).toHaveLength(1);
  });

  it('once more, when the person is here anew, leaves the new account alone', async () => {
    const { user } = await member();
    await withdraw(app.deps(), user);
    const again = await member();
    expect(await withdraw(app.deps(), user)).toBe('unlinked');
    expect(await findViewer(app.deps(), again.token)).not.toBeNull();
    expect(await isLinked()).toBe(true);
  });

  it('and coming back later makes a new, empty account', async () => {
    const { user } = await member();
    await withdraw(app.deps(), user);
    const again = await member();
    expect(again.user.id).not.toBe(user.id);
    expect(await app.deps().db.session.count()).toBe(1);
  });
});

describe('withdrawing while Kakao does not unlink', () => {
  it.each([
    { reset: true },
    { status: 500, body: 'oops' },
    { kakao: -1 },
    { kakao: -10 },
    { kakao: -603 },
    { kakao: -9798 },
  ])('because of %j erases the user here at once, and keeps the id until it is done', async (effect) => {
    const { user } = await member();
    await app.kakao.fault('/v1/user/unlink', effect);
    expect(await withdraw(app.deps(), user)).toBe('waiting');
    const { db } = app.deps();
    expect([await db.user.count(), await db.session.count()]).toEqual([0, 0]);
    expect(await pending()).toMatchObject([{ kakaoId: people.plain, attempts: 0 }]);
    expect(await kinds()).toEqual([]);
    app.pass(minutes(1));
    expect(await kinds()).toEqual(['unlinked']);
    expect(await pending()).toEqual([]);
    expect(await isLinked()).toBe(false);
  });

  it('tries again later and later, and never gives up', async () => {
    const { user } = await member();
    await app.kakao.fault('/v1/user/unlink', { status: 500, always: true });
    await withdraw(app.deps(), user);
    const pauses: number[] = [];
    for (let i = 0; i < 14; i += 1) {
      const [row] = await pending();
      app.pass(Math.max(0, Number(row?.nextAttemptAt) - app.deps().now().getTime()));
      const before = app.deps().now().getTime();
      expect(await kinds()).toEqual(['failed']);
      pauses.push((Number((await pending())[0]?.nextAttemptAt) - before) / 1_000);
    }
    expect(pauses[0]).toBeGreaterThan(3.5);
    expect(pauses[0]).toBeLessThan(7);
    expect(pauses[5]).toBeGreaterThan(100);
    expect(pauses[13]).toBeGreaterThan(2_800);
    expect(Math.max(...pauses)).toBeLessThan(4_400);
    expect(await pending()).toMatchObject([{ attempts: 14 }]);
  });

  it('is refused for good only as long as it lasts: the operator hears of it, and it goes on', async () => {
    const { user } = await member();
    await app.kakao.fault('/v1/user/unlink', { kakao: -3, times: 2 });
    await withdraw(app.deps(), user);
    app.pass(minutes(1));
    const [attempt] = await retryPendingUnlinks(app.deps());
    expect(attempt).toMatchObject({ kind: 'failed', error: { transient: false, kakaoCode: '-3' } });
    app.pass(minutes(1));
    expect(await kinds()).toEqual(['unlinked']);
  });

  it('asks no second person when Kakao is silent', async () => {
    const { db, now } = app.deps();
    for (const kakaoId of [people.plain, people.another]) await addPendingUnlink(db, kakaoId, now());
    await app.kakao.fault('/v1/user/unlink', { status: 503, always: true });
    expect(await kinds()).toEqual(['failed']);
    expect((await pending()).map(({ attempts }) => attempts).sort()).toEqual([0, 1]);
  });

  it('is tried once for a time, however many processes try', async () => {
    const { db, now } = app.deps();
    await addPendingUnlink(db, people.plain, now());
    const all = await Promise.all(Array.from({ length: 10 }, () => kinds()));
    expect(all.flat()).toEqual(['unlinked']);
    expect(await app.kakao.requests('/v1/user/unlink')).toHaveLength(1);
  });

  it('does not touch the link of somebody who has come back meanwhile', async () => {
    const { user } = await member();
    await app.kakao.fault('/v1/user/unlink', { reset: true });
    await withdraw(app.deps(), user);
    const again = await member();
    app.pass(minutes(1));
    expect(await kinds()).toEqual([]);
    expect([await isLinked(), await pending()]).toEqual([true, []]);
    expect(await findViewer(app.deps(), again.token)).not.toBeNull();
  });
});

describe('withdrawing without an admin key', () => {
  const without = { adminKey: undefined };

  it('says so, erases the user here, and waits for a key', async () => {
    const { user } = await member(without);
    expect(await withdraw(app.deps(without), user)).toBe('no_admin_key');
    expect(await app.deps().db.user.count()).toBe(0);
    app.pass(minutes(60));
    expect(await kinds(without)).toEqual([]);
    expect(await kinds()).toEqual(['unlinked']);
  });

  it('forgets the person after seven days in which nobody could unlink them', async () => {
    const { user } = await member(without);
    await withdraw(app.deps(without), user);
    app.pass(7 * 24 * 60 * minutes(1) - minutes(1));
    await kinds(without);
    expect(await pending()).toHaveLength(1);
    app.pass(minutes(2));
    await kinds(without);
    expect(await pending()).toEqual([]);
  });

  it('cuts the link by the person’s own token if there is one', async () => {
    app.storeTokens();
    const { user } = await member(without);
    expect(await withdraw(app.deps(without), user)).toBe('unlinked');
    expect([await isLinked(), await pending()]).toEqual([false, []]);
  });
});

it('a login older than ten minutes has to be repeated first, whatever other devices do', async () => {
  const { viewer } = await member();
  app.pass(minutes(10) - 5_000);
  expect(needsFreshLogin(viewer, app.deps().now())).toBe(false);
  app.pass(10_000);
  await app.browser().login(people.plain);
  expect(needsFreshLogin(viewer, app.deps().now())).toBe(true);
});

it('a silent login has to be repeated first, however young it is', async () => {
  await member();
  const browser = app.browser();
  const location = new URL(await browser.begin('/', 'home'));
  location.searchParams.delete('prompt');
  await browser.arrive(await app.kakao.approve(location.href, people.plain));
  const viewer = await findViewer(app.deps(), browser.sessionToken());
  expect(viewer && needsFreshLogin(viewer, app.deps().now())).toBe(true);
});

it('nobody has left who is there, or never was', async () => {
  const { token } = await member();
  expect(await hasLeft(app.deps(), token)).toBe(false);
  expect(await hasLeft(app.deps(), null)).toBe(false);
  expect(await hasLeft(app.deps(), `${token}x`)).toBe(false);
});
