import { describe, expect, it } from 'vitest';
import { createSession, findSession } from '@/lib/db/sessions';
import { openSqlite } from '@/lib/db/sqlite';
import { upsertUser } from '@/lib/db/users';
import { withDatabase } from '../../support/database';

const { db, file } = withDatabase();
const now = new Date('2026-11-24T00:00:00Z');

const person = (kakaoId: string) => ({ kakaoId, nickname: kakaoId, profileImageUrl: null, email: null });
const session = (id: string, userId: string) => ({
  id,
  userId,
  createdAt: now,
  expiresAt: new Date(now.getTime() + 1_000),
  userAgent: null,
  ip: null,
});

describe('writes that arrive together', () => {
  it('refuse transactions: they would take in what others write', async () => {
    await expect(db().$transaction([db().user.count(), db().user.count()])).rejects.toThrow(
      /no transactions/,
    );
    await expect(db().$transaction(async () => undefined)).rejects.toThrow(/no transactions/);
  });

  it('fail one by one: a broken statement takes no other with it', async () => {
    const { user } = await upsertUser(db(), person('1'), now);
    const [good, bad, alsoGood] = await Promise.allSettled([
      createSession(db(), session('a', user.id)),
      createSession(db(), session('b', 'nobody')),
      createSession(db(), session('c', user.id)),
    ]);
    expect([good.status, bad.status, alsoGood.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await findSession(db(), 'a')).not.toBeNull();
    expect(await findSession(db(), 'b')).toBeNull();
    expect(await findSession(db(), 'c')).not.toBeNull();
  });

  it('are on disk for another connection by the time they are acknowledged', async () => {
    const { user } = await upsertUser(db(), person('2'), now);
    const other = openSqlite(file(), { timeout: 5_000, readonly: true });
    const seen = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await createSession(db(), session(`seen-${index}`, user.id));
        return other.prepare('SELECT count(*) AS n FROM "Session" WHERE "id" = ?').all([`seen-${index}`]);
      }),
    );
    other.close();
    expect(seen).toEqual(Array.from({ length: 50 }, () => [[1n]]));
  });

  it('wait for another process that holds the lock, and all arrive', async () => {
    const { user } = await upsertUser(db(), person('3'), now);
    const other = openSqlite(file(), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    const writing = Promise.all(
      Array.from({ length: 20 }, (_, index) => createSession(db(), session(`late-${index}`, user.id))),
    );
    setTimeout(() => {
      other.exec('COMMIT');
      other.close();
    }, 500);
    await writing;
    expect(await db().session.count({ where: { id: { startsWith: 'late-' } } })).toBe(20);
  });

  it('are refused, all of them, while the lock is never let go', async () => {
    const other = openSqlite(file(), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    const writing = Promise.allSettled(['4', '5'].map((id) => upsertUser(db(), person(id), now)));
    const outcomes = await writing;
    other.exec('ROLLBACK');
    other.close();
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await db().user.count({ where: { kakaoId: { in: ['4', '5'] } } })).toBe(0);
  });
});
