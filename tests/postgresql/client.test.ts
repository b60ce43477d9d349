import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase, pingDatabase } from '@/lib/db/client';
import type { User } from '@/lib/db/generated/client';
import { recordHistory } from '@/lib/db/history';
import { deleteKakaoTokens, saveKakaoTokens } from '@/lib/db/kakao-tokens';
import { sql } from '@/lib/db/prepared';
import { blockPerson } from '@/lib/db/refusals';
import { findSession, revokeUserSessions } from '@/lib/db/sessions';
import { eraseUser, findUserByKakaoId } from '@/lib/db/users';
import { recordWebhookEvent, settleWebhookEvent } from '@/lib/db/webhook-events';
import { addSession, addUser, logIn, refusalIdOf } from '../support/database';
import { askPostgresql, createPostgresql, lockTables } from '../support/postgresql';

let own: Awaited<ReturnType<typeof createPostgresql>>;
/** Two processes, as far as the database can tell. */
let db: Database;
let other: Database;
const now = new Date('2026-11-24T12:00:00.123Z');
const rounds = Array.from({ length: 60 }, (_, round) => `${round + 1}`);

beforeAll(async () => {
  own = await createPostgresql();
  db = await openDatabase(own.url, { poolSize: 4 });
  other = await openDatabase(own.url, { poolSize: 4 });
});
afterAll(async () => {
  await Promise.all([db.$disconnect(), other.$disconnect()]);
  await own.drop();
});
beforeEach(async () => {
  await db.user.deleteMany();
  await db.refusal.deleteMany();
  await db.webhookEvent.deleteMany();
});

describe('a pool', () => {
  it('has no more connections than it may', async () => {
    await Promise.all(rounds.map((kakaoId) => logIn(db, kakaoId, now)));
    const [count] = await askPostgresql(
      own.url,
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1 AND application_name = 'kakao-login'`,
      [own.name],
    );
    expect(count).toEqual({ n: expect.toSatisfy((n: number) => n >= 4 && n <= 8) });
  });

  it('serves others while a crowd of one person waits', async () => {
    const crowd = Promise.all(Array.from({ length: 300 }, () => logIn(db, '7', now)));
    let isOver = false;
    void crowd.then(() => {
      isOver = true;
    });
    await logIn(db, '8', now);
    expect(isOver).toBe(false);
    expect((await crowd).filter(({ isNew }) => isNew)).toHaveLength(1);
  });
});

describe('at the same time in two processes', () => {
  it('500 first logins of one person make one user and leave 100 sessions', async () => {
    const logins = Array.from({ length: 500 }, (_, index) => logIn(index % 2 ? db : other, '7', now));
    expect((await Promise.all(logins)).filter(({ isNew }) => isNew)).toHaveLength(1);
    expect([await db.user.count(), await db.session.count()]).toEqual([1, 100]);
  });

  it('a block and a first login: whoever is blocked has no session', async () => {
    for (const kakaoId of rounds) {
      await Promise.allSettled([
        logIn(db, kakaoId, now),
        blockPerson(other, { kakaoId, refusalId: refusalIdOf(kakaoId) }, now),
      ]);
      const where = { revokedAt: null, user: { kakaoId } };
      expect(await db.session.count({ where }), kakaoId).toBe(0);
      await expect(logIn(db, kakaoId, now)).rejects.toMatchObject({ reason: 'blocked' });
    }
  });

  it('saved tokens and the end of their session: none are left', async () => {
    const times = { accessExpiresAt: now, refreshExpiresAt: now, updatedAt: now };
    for (const kakaoId of rounds) {
      const { id: userId } = await addUser(db, kakaoId, now);
      await addSession(db, kakaoId, userId, now);
      await Promise.all([
        saveKakaoTokens(db, { userId, accessToken: 'a', refreshToken: 'r', ...times }, kakaoId),
        revokeUserSessions(other, userId, { at: now, reason: 'signed_out_everywhere' }).then(() =>
          deleteKakaoTokens(other, userId),
        ),
      ]);
    }
    expect(await db.kakaoToken.count()).toBe(0);
  });

  it('a history and an erasure: nothing fails, and nothing is left', async () => {
    for (const kakaoId of rounds) {
      const { id } = await addUser(db, kakaoId, now);
      await Promise.all([
        recordHistory(db, id, { kind: 'export', at: now, device: null, ip: null }),
        eraseUser(other, { id, kakaoId, refusalId: refusalIdOf(kakaoId) }, { at: now }),
      ]);
    }
    expect([await db.user.count(), await db.historyEntry.count()]).toEqual([0, 0]);
  });

  it('an event that is settled and an erasure: nothing of the Kakao id is left', async () => {
    for (const kakaoId of rounds) {
      const { id } = await addUser(db, kakaoId, now);
      const delivery = { jti: kakaoId, channel: 'unlink', type: 't', reason: null, occurredAt: now } as const;
      const { event } = await recordWebhookEvent(db, { ...delivery, kakaoId }, now);
      await Promise.all([
        settleWebhookEvent(db, event, { outcome: 'applied', at: now }),
        eraseUser(other, { id, kakaoId, refusalId: refusalIdOf(kakaoId) }, { at: now }),
      ]);
    }
    expect(await db.webhookEvent.count({ where: { kakaoId: { not: null } } })).toBe(0);
  });
});

it('a deadlock costs nobody anything', async () => {
  const [one, two] = [await addUser(db, '1', now), await addUser(db, '2', now)];
  const name = ({ id }: User) => sql`UPDATE "User" SET "nickname" = 'n' WHERE "id" = ${id}`;
  const connection = new pg.Client({ connectionString: own.url });
  await connection.connect();
  const take = ({ id }: User) =>
    connection.query('UPDATE "User" SET "email" = $2 WHERE "id" = $1', [id, 'a@b.kr']);
  await connection.query('BEGIN');
  await take(one);
  const ours = db.prepared.write([name(two), name(one)]);
  await pause(200);
  // Each has what the other waits for; PostgreSQL looks for that after a second.
  await take(two);
  await connection.query('COMMIT');
  await connection.end();
  await ours;
  const both = { nickname: 'n', email: 'a@b.kr' };
  expect(await db.user.count({ where: both })).toBe(2);
});

describe('a database', () => {
  afterEach(() => own.allow(true));

  it('that goes while it is used is named so, and is used again as soon as it is back', async () => {
    await logIn(db, '7', now);
    await own.allow(false);
    const underWay = Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => logIn(db, `${index + 10}`, now)),
    );
    await own.disconnect();
    const outcomes = await underWay;
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'DatabaseError' });
    await expect(logIn(db, '8', now)).rejects.toMatchObject({ name: 'DatabaseError', code: 'unusable' });
    await expect(findSession(db, 's')).rejects.toMatchObject({ name: 'DatabaseError', code: 'unusable' });
    await expect(pingDatabase(db)).rejects.toMatchObject({ code: 'unusable' });
    await own.allow(true);
    expect(await logIn(db, '8', now)).toMatchObject({ isNew: true });
    await pingDatabase(db);
    for (const [index, { status }] of outcomes.entries())
      if (status === 'fulfilled') expect(await findUserByKakaoId(db, `${index + 10}`)).not.toBeNull();
  });

  it('in which others hold the locks is busy, and what was refused does not happen later', async () => {
    const release = await lockTables(own.url);
    await expect(logIn(db, '7', now)).rejects.toMatchObject({ name: 'DatabaseError', code: 'busy' });
    await expect(addUser(db, '7', now)).rejects.toMatchObject({ code: 'busy' });
    await release();
    expect(await db.user.count()).toBe(0);
    expect(await logIn(db, '7', now)).toMatchObject({ isNew: true });
  });

  it.each([
    ['is not there', '/no-such-database'],
    ['is behind', '/postgres'],
  ])('that %s is unusable', async (_, pathname) => {
    const url = Object.assign(new URL(own.url), { pathname }).href;
    const open = async () => pingDatabase(await openDatabase(url));
    await expect(open()).rejects.toMatchObject({ code: 'unusable' });
  });
});

describe('what is stored', () => {
  it('is the same time for every reader, whatever the time zone of the process', async () => {
    await logIn(db, '7', now);
    const [row] = await askPostgresql(own.url, `SELECT "createdAt"::text AS "at" FROM "User"`);
    expect(row).toEqual({ at: '2026-11-24 12:00:00.123' });
    expect((await db.user.findFirst())?.createdAt).toEqual(now);
    const { session, user } = (await findSession(db, (await db.session.findFirstOrThrow()).id)) ?? {};
    expect([session?.createdAt, user?.createdAt]).toEqual([now, now]);
  });

  it('has no NUL, which is asked for in vain too', async () => {
    const { id } = await addUser(db, '7', now);
    await db.user.update({ where: { id }, data: { nickname: '춘\0식이' } });
    expect(await db.user.findUnique({ where: { id } })).toMatchObject({ nickname: '춘\uFFFD식이' });
    expect(await findSession(db, 'a\0b')).toBeNull();
  });
});
