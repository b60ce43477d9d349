import { describe, expect, it } from 'vitest';
import { openSqlite } from '@/lib/db/sqlite';
import { addUser, withFile } from '../../support/database';

const { db, file } = withFile();
const at = new Date('2026-11-24T12:34:56.789Z');

function onDisk(sql: string) {
  const connection = openSqlite(file(), { timeout: 5_000 });
  try {
    return connection.prepare(sql).all([]);
  } finally {
    connection.close();
  }
}

describe('Prisma is told by its own codes', () => {
  it('that somebody is there already', async () => {
    await addUser(db(), '1');
    await expect(addUser(db(), '1')).rejects.toMatchObject({ code: 'P2002' });
  });

  it('that what a row refers to is not there', async () => {
    const data = { id: 'h', userId: 'nobody', at, kind: 'login' };
    await expect(db().historyEntry.create({ data })).rejects.toMatchObject({ code: 'P2003' });
  });

  it('that something must be there', async () => {
    const insert = db().$executeRaw`INSERT INTO "User" ("id") VALUES ('x')`;
    await expect(insert).rejects.toMatchObject({
      code: 'P2010',
      message: expect.stringMatching(/NOT NULL|null/i),
    });
  });

  it('that there is no such table: then another version has changed it', async () => {
    await expect(db().$queryRaw`SELECT * FROM "Nowhere"`).rejects.toMatchObject({ code: 'unusable' });
  });
});

describe('Prisma stores and reads', () => {
  it('times as text of one form, to the millisecond', async () => {
    const { id } = await addUser(db(), '2', at);
    expect(onDisk(`SELECT "createdAt", "blockedAt" FROM "User" WHERE "kakaoId" = '2'`)).toEqual([
      ['2026-11-24T12:34:56.789+00:00', null],
    ]);
    expect(await db().user.findUnique({ where: { id } })).toMatchObject({ createdAt: at, blockedAt: null });
    expect(await db().user.count({ where: { createdAt: { gt: new Date(at.getTime() - 1), lte: at } } })).toBe(
      1,
    );
  });

  it('times that another program has written as numbers', async () => {
    onDisk(
      `INSERT INTO "User" ("id", "kakaoId", "createdAt", "lastLoginAt") VALUES ('n', '3', ${at.getTime()}, 0)`,
    );
    const user = await db().user.findUnique({ where: { id: 'n' } });
    expect(user).toMatchObject({ createdAt: at, lastLoginAt: new Date(0) });
  });

  it('texts whole: NUL, Hangul, ids beyond 2^63', async () => {
    const nickname = 'a\0b 춘식이';
    const { id } = await addUser(db(), '9223372036854775808');
    await db().user.update({ where: { id }, data: { nickname } });
    const where = { kakaoId: '9223372036854775808' };
    expect(await db().user.findUnique({ where })).toMatchObject({ ...where, nickname });
  });

  it('whole numbers, and how many rows were changed', async () => {
    const data = { kakaoId: '4', createdAt: at, attempts: 3, nextAttemptAt: at };
    expect(await db().pendingUnlink.create({ data: { id: 'p', ...data } })).toMatchObject({ attempts: 3 });
    const { count } = await db().pendingUnlink.updateMany({ data: { attempts: { increment: 1 } } });
    expect(count).toBe(1);
    expect(await db().pendingUnlink.findMany()).toMatchObject([{ attempts: 4 }]);
    expect(await db().$executeRaw`DELETE FROM "PendingUnlink"`).toBe(1);
  });

  it('what no table declares', async () => {
    const rows = await db()
      .$queryRaw`SELECT count(*) AS n, 1.5 AS f, 'x' AS t, NULL AS missing, 1 < 2 AS yes`;
    expect(rows).toEqual([{ n: 1n, f: 1.5, t: 'x', missing: null, yes: 1n }]);
  });
});
