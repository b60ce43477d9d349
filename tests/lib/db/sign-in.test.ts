import { beforeEach, describe, expect, it } from 'vitest';
import { findSession } from '@/lib/db/sessions';
import { recordSignIn } from '@/lib/db/sign-in';
import { updateProfile } from '@/lib/db/users';
import { addUser, logIn, refusalIdOf, withDatabase } from '../../support/database';
import { onPostgresql } from '../../support/postgresql';

const database = withDatabase();
const now = new Date('2026-11-24T12:00:00.123Z');
const profile = {
  kakaoId: '7',
  // PostgreSQL has no NUL in a text.
  nickname: onPostgresql ? '춘식이' : '춘\0식이',
  profileImageUrl: 'https://k.example/7.jpg',
  email: 'a@b.kr',
};
const session = {
  id: 's',
  createdAt: now,
  expiresAt: new Date(now.getTime() + 3_600_000),
  userAgent: 'Mozilla/5.0',
  ip: '192.0.2.0/24',
  interactive: true,
};
const how = { refusalId: refusalIdOf('7'), startedAt: now, isDeliberate: true, seenAfter: new Date(0) };
const place = { at: now, device: 'Chrome · Windows', ip: '192.0.2.0/24' };
const counts = async () => {
  const { user, session, historyEntry } = database.db();
  return Promise.all([user.count(), session.count(), historyEntry.count()]);
};

beforeEach(() => database.db().user.deleteMany());

describe('a login is not recorded', () => {
  it.each([
    ['blockedAt', 'blocked'],
    ['disabledAt', 'disabled'],
  ] as const)('of a user with %s, of whom nothing changes', async (column, reason) => {
    const { id } = await addUser(database.db(), '7', new Date(0));
    const before = await database.db().user.update({ where: { id }, data: { [column]: now } });
    const login = recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
    await expect(login).rejects.toMatchObject({ name: 'SignInRefused', reason });
    expect(await database.db().user.findUnique({ where: { id } })).toEqual(before);
    expect(await counts()).toEqual([1, 0, 0]);
  });

  it('in part: when the session cannot begin, there is no user either', async () => {
    await recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
    const other = { profile: { ...profile, kakaoId: '8' }, isFetched: true, session, place, ...how };
    await expect(recordSignIn(database.db(), other)).rejects.toMatchObject({
      code: onPostgresql ? '23505' : 'SQLITE_CONSTRAINT_PRIMARYKEY',
    });
    expect(await counts()).toEqual([1, 1, 1]);
  });

  it('in part, whatever else is written in the same commit', async () => {
    const repeated = { profile, isFetched: true, session, place, ...how };
    const logins = [recordSignIn(database.db(), repeated), logIn(database.db(), '9', now)];
    const outcomes = await Promise.allSettled([...logins, recordSignIn(database.db(), repeated)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await counts()).toEqual([2, 2, 2]);
  });
});

describe('a login records', () => {
  it('user, session and history as Prisma reads them', async () => {
    const recorded = await recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
    const user = await database.db().user.findUniqueOrThrow({ where: { kakaoId: '7' } });
    expect(recorded).toEqual({ user, isNew: true });
    expect(user).toEqual({
      ...{ id: user.id, ...profile, createdAt: now, lastLoginAt: now },
      ...{ blockedAt: null, disabledAt: null, stateChangedAt: null, profileFetchedAt: now },
    });
    expect(await database.db().session.findMany()).toEqual([
      { ...session, userId: user.id, lastSeenAt: now, revokedAt: null, revokedReason: null },
    ]);
    expect(await database.db().historyEntry.findMany()).toMatchObject([
      { userId: user.id, kind: 'login', detail: null, effect: null, ...place },
    ]);
    expect(await findSession(database.db(), 's')).toMatchObject({ user });
  });

  it('a changed profile, of a user who stays the same', async () => {
    const first = await recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
    const later = new Date(now.getTime() + 1_000);
    const second = await recordSignIn(database.db(), {
      profile: { kakaoId: '7', nickname: null, profileImageUrl: null, email: null },
      isFetched: true,
      session: { ...session, id: 't', createdAt: later },
      place,
      ...how,
    });
    expect(second).toEqual({
      user: {
        ...first.user,
        ...{ nickname: null, profileImageUrl: null, email: null },
        ...{ lastLoginAt: later, profileFetchedAt: later },
      },
      isNew: false,
    });
  });

  it('no profile that was not fetched, over the one that is stored', async () => {
    const first = await recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
    const later = new Date(now.getTime() + 1_000);
    const second = await recordSignIn(database.db(), {
      profile: { ...profile, nickname: 'stale', email: 'stale@b.kr' },
      isFetched: false,
      session: { ...session, id: 't', createdAt: later },
      place,
      ...how,
    });
    expect(second).toEqual({ user: { ...first.user, lastLoginAt: later }, isNew: false });
  });

  it('no stored profile of a user who was erased meanwhile', async () => {
    const recorded = await recordSignIn(database.db(), { profile, isFetched: false, session, place, ...how });
    expect(recorded.user).toMatchObject({
      kakaoId: '7',
      nickname: null,
      profileImageUrl: null,
      email: null,
    });
    expect(recorded.user.profileFetchedAt).toBeNull();
  });

  it('one user of any number of first logins at the same time, new for exactly one', async () => {
    const recorded = await Promise.all(Array.from({ length: 50 }, () => logIn(database.db(), '7', now)));
    expect(recorded.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(recorded.map(({ user }) => user.id)).size).toBe(1);
    expect(await counts()).toEqual([1, 50, 50]);
  });
});

describe('of the sessions of one person', () => {
  const day = 24 * 3_600_000;
  const later = (ms: number) => new Date(now.getTime() + ms);
  const liveSessions = async () => {
    const where = { revokedAt: null, user: { kakaoId: '7' } };
    const rows = await database.db().session.findMany({ where, orderBy: { createdAt: 'asc' } });
    return rows.map(({ createdAt }) => createdAt.getTime() - now.getTime());
  };

  it('500 first logins at the same time leave the newest 100, and one user', async () => {
    const recorded = await Promise.all(Array.from({ length: 500 }, () => logIn(database.db(), '7', now)));
    expect(new Set(recorded.map((login) => login?.user.id)).size).toBe(1);
    expect(recorded.filter((login) => login?.isNew)).toHaveLength(1);
    expect(await liveSessions()).toHaveLength(100);
  });

  it('100 live, the oldest ends first, and nobody else’s does', async () => {
    await logIn(database.db(), '8', now);
    for (let count = 0; count < 103; count += 1) await logIn(database.db(), '7', later(count));
    expect(await liveSessions()).toEqual(Array.from({ length: 100 }, (_, index) => index + 3));
    expect(await database.db().session.count({ where: { user: { kakaoId: '8' } } })).toBe(1);
  });

  it('the new one lives, whatever the clock said when the others began', async () => {
    for (let count = 0; count < 100; count += 1) await logIn(database.db(), '7', later(day + count));
    await logIn(database.db(), '7', now);
    expect(await liveSessions()).toContain(0);
    expect(await liveSessions()).toHaveLength(100);
  });

  it('those that are idle push out no other', async () => {
    await logIn(database.db(), '7', now);
    for (let count = 1; count <= 110; count += 1) await logIn(database.db(), '7', later(count));
    await database
      .db()
      .session.updateMany({ data: { lastSeenAt: later(-10 * day), expiresAt: later(20 * day) } });
    await database.db().session.updateMany({
      where: { createdAt: later(11) },
      data: { lastSeenAt: later(2 * day) },
    });
    await logIn(database.db(), '7', later(3 * day - 1));
    expect(await liveSessions()).toContain(11);
  });

  it('the 100 that were ended last are kept', async () => {
    for (let count = 0; count < 150; count += 1) {
      await logIn(database.db(), '7', later(count));
      await database
        .db()
        .session.updateMany({ where: { revokedAt: null }, data: { revokedAt: later(count) } });
    }
    await logIn(database.db(), '7', later(200));
    const ended = await database.db().session.findMany({ where: { revokedAt: { not: null } } });
    expect(ended).toHaveLength(100);
    expect(Math.min(...ended.map(({ createdAt }) => createdAt.getTime()))).toBe(later(50).getTime());
  });
});

it('a profile that was asked for earlier does not replace a later one', async () => {
  const recorded = await recordSignIn(database.db(), { profile, isFetched: true, session, place, ...how });
  const id = recorded.user.id;
  const withdrawn = { nickname: '춘식이', profileImageUrl: null, email: null };
  const later = new Date(now.getTime() + 1_000);
  await updateProfile(database.db(), id, withdrawn, later);
  await updateProfile(database.db(), id, { ...withdrawn, email: 'a@b.kr' }, now);
  const user = await database.db().user.findUniqueOrThrow({ where: { id } });
  expect(user).toMatchObject({ ...withdrawn, profileFetchedAt: later });
});
