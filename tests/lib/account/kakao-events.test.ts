import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type EventEffect,
  eventEffects,
  receiveSecurityEvent,
  receiveUnlinkNotice,
  settleInterruptedEvents,
} from '@/lib/account/kakao-events';
import type { Database } from '@/lib/db/client';
import { listHistory } from '@/lib/db/history';
import { eraseUser } from '@/lib/db/users';
import { purgeWebhookEvents, recordWebhookEvent, settleWebhookEvent } from '@/lib/db/webhook-events';
import type { SecurityEvent } from '@/lib/kakao/security-event';
import { findViewer } from '@/lib/login/find-viewer';
import { signIn } from '@/lib/login/sign-in';
import { withApp } from '../../support/app';
import { pressed } from '../../support/browser';

const app = withApp();
const person = { id: '7', nickname: '춘식이', profileImageUrl: null, email: 'a@example.com' };
const typesOf = (effect: EventEffect) =>
  [...eventEffects].filter(([, known]) => known === effect).map(([type]) => type);
const [disabled = ''] = typesOf('block');
const [enabled = ''] = typesOf('unblock');
const unlinked = 'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked';
const revoked = 'https://schemas.openid.net/secevent/risc/event-type/sessions-revoked';
let events = 0;

/** Tells the app of an event that happened this many seconds from now. */
function tell(type: string, more: Partial<SecurityEvent> = {}, inSeconds = 1) {
  events += 1;
  const occurredAt = new Date(Math.floor(app.deps().now().getTime() / 1_000 + inSeconds) * 1_000);
  const event = { jti: `jti-${events}`, type, kakaoId: '7', occurredAt, reason: null, ...more };
  return receiveSecurityEvent(app.deps(), event);
}

/** Signs the person in on one more device. */
const logIn = () => signIn(app.deps(), person, pressed(app.deps().now()));
const isIn = async (token: string) => (await findViewer(app.deps(), token)) !== null;
const users = (db: Database) => db.user.count({ where: { kakaoId: '7' } });
const outcomes = async () =>
  (await app.deps().db.webhookEvent.findMany({ orderBy: { receivedAt: 'asc' } })).map(
    ({ outcome }) => outcome,
  );

describe('nothing happens to anybody', () => {
  it.each(typesOf('none'))('by %s', async (type) => {
    const { token } = await logIn();
    expect(await tell(type)).toBe('no_effect');
    expect(await isIn(token)).toBe(true);
    expect(await outcomes()).toEqual(['no_effect']);
  });

  it('by an event that nobody has heard of, or that only looks like another', async () => {
    const { token } = await logIn();
    for (const type of ['https://schemas.example/new', `${unlinked}/`, unlinked.toUpperCase(), 'toString']) {
      expect(await tell(type), type).toBe('unknown_event');
    }
    expect(await isIn(token)).toBe(true);
  });

  it.each([...eventEffects.keys()])('by %s about somebody we do not know', async (type) => {
    const { token } = await logIn();
    const outcome = await tell(type, { kakaoId: '8' });
    expect(outcome).toBe(eventEffects.get(type) === 'none' ? 'no_effect' : 'unknown_user');
    expect(await isIn(token)).toBe(true);
    expect(await app.deps().db.webhookEvent.findMany()).toMatchObject([{ kakaoId: null, outcome }]);
  });

  it.each([...eventEffects.keys()].filter((type) => eventEffects.get(type) !== 'none'))(
    'by %s from before the last login',
    async (type) => {
      const { token } = await logIn();
      expect(await tell(type, {}, -60)).toBe('before_last_login');
      expect(await isIn(token)).toBe(true);
      expect(await users(app.deps().db)).toBe(1);
    },
  );

  it('by the same event again, even when the person has come back in between', async () => {
    await logIn();
    const event = { jti: 'once', occurredAt: new Date(Date.now() + 5_000) };
    expect(await tell(revoked, event)).toBe('applied');
    app.pass(1_000);
    const { token } = await logIn();
    expect(await tell(revoked, event)).toBe('repeated');
    expect(await tell(unlinked, event)).toBe('repeated');
    expect(await isIn(token)).toBe(true);
    expect(await outcomes()).toEqual(['applied']);
  });
});

describe('an event', () => {
  it.each(typesOf('erase'))('%s erases the user and everything about them', async (type) => {
    const { token } = await logIn();
    const { db } = app.deps();
    await tell(typesOf('none')[0] ?? '');
    expect(await tell(type, { reason: 'UNLINK_FROM_APPS' })).toBe('applied');
    expect(await isIn(token)).toBe(false);
    expect([await users(db), await db.session.count()]).toEqual([0, 0]);
    expect(await db.webhookEvent.count({ where: { kakaoId: { not: null } } })).toBe(0);
  });

  it.each(typesOf('end_sessions'))('%s ends every session and keeps the user', async (type) => {
    const { db } = app.deps();
    const tokens = [(await logIn()).token, (await logIn()).token];
    const other = await signIn(app.deps(), { ...person, id: '8' }, pressed(app.deps().now()));
    expect(await tell(type)).toBe('applied');
    for (const token of tokens) expect(await isIn(token)).toBe(false);
    expect(await isIn(other.token)).toBe(true);
    expect(await users(db)).toBe(1);
    const ended = await db.session.findMany({ where: { user: { kakaoId: '7' } } });
    expect(ended.map(({ revokedReason }) => revokedReason)).toEqual(['kakao_event', 'kakao_event']);
  });

  it('that ends sessions also forgets Kakao’s tokens', async () => {
    const { db } = app.deps();
    const { user } = await logIn();
    const ends = new Date(Date.now() + 3_600_000);
    const sealed = { accessToken: 'a', refreshToken: 'r', accessExpiresAt: ends, refreshExpiresAt: ends };
    await db.kakaoToken.create({ data: { userId: user.id, updatedAt: new Date(), ...sealed } });
    await tell(revoked);
    expect(await db.kakaoToken.count()).toBe(0);
  });

  it('that did something stands in the person’s security history, once', async () => {
    const { user } = await logIn();
    const event = { jti: 'same', occurredAt: new Date(Date.now() + 1_000) };
    await Promise.all(Array.from({ length: 5 }, () => tell(revoked, event)));
    await tell(typesOf('none')[0] ?? '');
    await tell(disabled);
    const told = (await listHistory(app.deps().db, user.id)).filter(({ kind }) => kind === 'kakao_event');
    expect(told).toMatchObject([
      { detail: 'account-disabled', effect: 'block' },
      { detail: 'sessions-revoked', effect: 'end_sessions' },
    ]);
  });

  it('in the second of the last login counts, because Kakao tells whole seconds', async () => {
    const { token } = await logIn();
    expect(await tell(revoked, {}, 0)).toBe('applied');
    expect(await isIn(token)).toBe(false);
  });
});

describe('a disabled account', () => {
  it('is kept out until Kakao enables it, and has to log in again', async () => {
    const { token } = await logIn();
    expect(await tell(disabled)).toBe('applied');
    expect(await isIn(token)).toBe(false);
    await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
    expect(await tell(enabled, {}, 2)).toBe('applied');
    expect(await isIn(token)).toBe(false);
    expect(await isIn((await logIn()).token)).toBe(true);
  });

  it('that our operator has blocked too stays blocked when Kakao enables it', async () => {
    const { user } = await logIn();
    await app.deps().db.user.update({ where: { id: user.id }, data: { blockedAt: new Date() } });
    await tell(disabled);
    await tell(enabled, {}, 2);
    await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
  });

  it('is not disabled by an event that is older than its enabling, in whatever order they come', async () => {
    const { token } = await logIn();
    expect(await tell(enabled, {}, 3)).toBe('applied');
    expect(await tell(disabled, {}, 2)).toBe('superseded');
    expect(await isIn(token)).toBe(true);
    expect(await tell(disabled, {}, 4)).toBe('applied');
    expect(await tell(enabled, {}, 3)).toBe('superseded');
    await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
  });
});

describe.each(['blockedAt', 'disabledAt'] as const)('somebody with %s who is erased', (column) => {
  const erased = async (type: string) => {
    const { user } = await logIn();
    const data = { [column]: new Date(), stateChangedAt: new Date() };
    await app.deps().db.user.update({ where: { id: user.id }, data });
    expect(await tell(type)).toBe('applied');
    expect(await users(app.deps().db)).toBe(0);
  };

  it.each(typesOf('erase'))('by %s stays out', async (type) => {
    await erased(type);
    app.pass(5_000);
    await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
  });

  it('stays out when Kakao enables the account, if the block is ours', async () => {
    await erased(unlinked);
    expect(await tell(enabled, {}, 2)).toBe('applied');
    app.pass(5_000);
    const login = logIn();
    if (column === 'blockedAt') await expect(login).rejects.toMatchObject({ code: 'blocked' });
    else await expect(login).resolves.toMatchObject({ isNewUser: true });
  });

  it('stays out when an earlier enabling comes later', async () => {
    await erased(unlinked);
    expect(await tell(enabled, {}, -60)).toBe('unknown_user');
    app.pass(5_000);
    await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
  });
});

describe('an unlink notice', () => {
  const types = [
    'ACCOUNT_DELETE',
    'FORCED_ACCOUNT_DELETE',
    'UNLINK_FROM_APPS',
    'UNLINK_FROM_ADMIN',
    'INCOMPLETE_SIGN_UP',
    'SOMETHING_NEW',
  ];

  it.each(types)('for %s erases the user; again or for nobody it is only recorded', async (referrerType) => {
    const notice = { appId: '1234567', kakaoId: '7', referrerType };
    const { token } = await logIn();
    expect(await receiveUnlinkNotice(app.deps(), notice)).toBe('applied');
    expect(await isIn(token)).toBe(false);
    expect(await receiveUnlinkNotice(app.deps(), notice)).toBe('unknown_user');
    const rows = await app.deps().db.webhookEvent.findMany();
    expect(rows.map(({ channel, type, kakaoId }) => [channel, type, kakaoId])).toEqual([
      ['unlink', referrerType, null],
      ['unlink', referrerType, null],
    ]);
  });

  it('is about the account of now: who comes back afterwards is somebody new', async () => {
    const { user } = await logIn();
    await receiveUnlinkNotice(app.deps(), { appId: '1', kakaoId: '7', referrerType: 'UNLINK_FROM_APPS' });
    app.pass(1_000);
    const again = await logIn();
    expect([again.isNewUser, again.user.id === user.id]).toEqual([true, false]);
  });
});

describe('whatever comes at the same time', () => {
  it.each([unlinked, revoked])('20 times %s have one effect, and are all answered after it', async (type) => {
    const { token } = await logIn();
    const event = { jti: 'same', occurredAt: new Date(Date.now() + 1_000) };
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => [await tell(type, event), await isIn(token)]),
    );
    expect(all.filter(([outcome]) => outcome === 'applied')).toHaveLength(1);
    expect(all.filter(([outcome]) => outcome === 'repeated')).toHaveLength(19);
    expect(all.filter(([, still]) => still)).toEqual([]);
    expect(await outcomes()).toEqual(['applied']);
  });

  it('a login is either ended or newer, never half', async () => {
    for (let i = 0; i < 20; i += 1) {
      const [login] = await Promise.allSettled([logIn(), tell(unlinked)]);
      const { db } = app.deps();
      const rows = await db.session.count({ where: { user: { kakaoId: '7' } } });
      if (login.status === 'fulfilled') expect(await isIn(login.value.token)).toBe(rows > 0);
      await db.user.deleteMany();
    }
  });
});

describe('an event that was recorded and then interrupted', () => {
  it('has its effect once the process is back', async () => {
    const { token } = await logIn();
    const { db, now } = app.deps();
    const event = {
      jti: 'cut',
      channel: 'account_state',
      type: unlinked,
      reason: null,
      kakaoId: '7',
    } as const;
    await recordWebhookEvent(db, { ...event, occurredAt: new Date(now().getTime() + 1_000) }, now());
    expect(await settleInterruptedEvents(app.deps())).toBe(0);
    expect(await isIn(token)).toBe(true);
    app.pass(11_000);
    expect(await settleInterruptedEvents(app.deps())).toBe(1);
    expect(await isIn(token)).toBe(false);
    expect(await settleInterruptedEvents(app.deps())).toBe(0);
  });

  it('and sent again has it at once', async () => {
    const { token } = await logIn();
    const { db, now } = app.deps();
    const occurredAt = new Date(now().getTime() + 1_000);
    const event = {
      jti: 'cut',
      channel: 'account_state',
      type: unlinked,
      reason: null,
      kakaoId: '7',
    } as const;
    await recordWebhookEvent(db, { ...event, occurredAt }, now());
    expect(await tell(unlinked, { jti: 'cut', occurredAt })).toBe('repeated');
    expect(await isIn(token)).toBe(false);
  });
});

it('an event whose user goes while it is applied keeps nothing of the Kakao id', async () => {
  const { user } = await logIn();
  const { db, now, refusalId } = app.deps();
  const event = { jti: null, channel: 'unlink', type: 'X', reason: null, kakaoId: '7' } as const;
  const { event: recorded } = await recordWebhookEvent(db, { ...event, occurredAt: now() }, now());
  await eraseUser(db, { ...user, refusalId: refusalId('7') }, { at: now() });
  expect(await settleWebhookEvent(db, recorded, { outcome: 'no_effect', at: now() })).toBe(true);
  expect(await db.webhookEvent.findMany()).toMatchObject([{ kakaoId: null, outcome: 'no_effect' }]);
});

it('events are kept for a while, and those that are not settled until they are', async () => {
  const { db, now } = app.deps();
  await tell(unlinked);
  const event = { jti: null, channel: 'unlink', type: 'X', reason: null, kakaoId: '7' } as const;
  await recordWebhookEvent(db, { ...event, occurredAt: now() }, now());
  expect(await purgeWebhookEvents(db, new Date(now().getTime() - 1_000))).toBe(0);
  expect(await purgeWebhookEvents(db, new Date(now().getTime() + 1_000))).toBe(1);
  expect(await db.webhookEvent.findMany()).toMatchObject([{ type: 'X' }]);
});

describe('Kakao is answered when the millisecond is over', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['in which a user is erased', () => logIn()],
    [
      'in which a pending unlink is confirmed',
      () =>
        app.deps().db.pendingUnlink.create({
          data: { id: '7', kakaoId: '7', createdAt: new Date(0), attempts: 0, nextAttemptAt: new Date(0) },
        }),
    ],
  ])('%s', async (_, prepare) => {
    await prepare();
    app.pass(1_000);
    const { db } = app.deps();
    vi.useFakeTimers({ toFake: ['Date'] });
    // The clock stands still until somebody waits for it; a database waits longer for its server.
    const { setTimeout } = globalThis;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0) => {
      if (ms < 10) vi.setSystemTime(Date.now() + ms);
      return setTimeout(work, ms);
    }) as typeof setTimeout);
    const notice = { appId: '1', kakaoId: '7', referrerType: 'UNLINK_FROM_APPS' };
    expect(await receiveUnlinkNotice(app.deps(), notice)).toBe('applied');
    const answeredAt = app.deps().now();
    expect(await db.refusal.findMany({ where: { erasedAt: { gte: answeredAt } } })).toEqual([]);
    expect(await db.refusal.count()).toBe(1);
  });
});
