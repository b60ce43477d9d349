import { beforeEach, describe, expect, it } from 'vitest';
import {
  type HistoryEntry,
  type HistoryPlace,
  listHistory,
  purgeHistory,
  recordHistory,
} from '@/lib/db/history';
import { addUser, logIn as logInAs, withDatabase } from '../../support/database';

const database = withDatabase();
const start = new Date('2026-11-24T12:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const day = 24 * 3_600_000;
let userId: string;

const newUser = async (kakaoId: string) => (await addUser(database.db(), kakaoId, start)).id;
const record = (event: HistoryEntry & Partial<HistoryPlace>, of = userId) =>
  recordHistory(database.db(), of, { at: start, device: null, ip: null, ...event });
const list = (of = userId) => listHistory(database.db(), of);

beforeEach(async () => {
  await database.db().user.deleteMany();
  userId = await newUser('7');
});

describe('the security history', () => {
  it('is not kept for somebody who does not exist, or no longer', async () => {
    await record({ kind: 'login' }, 'nobody');
    expect(await list('nobody')).toEqual([]);
  });

  it('is of one person', async () => {
    const other = await newUser('8');
    await record({ kind: 'login' });
    await record({ kind: 'export' }, other);
    expect((await list()).map(({ kind }) => kind)).toEqual(['login']);
    expect((await list(other)).map(({ kind }) => kind)).toEqual(['export']);
  });

  it('says what happened, where and when, newest first', async () => {
    const here = { device: 'Chrome · Windows', ip: '192.0.2.0/24' };
    await record({ kind: 'login', ...here });
    await record({ kind: 'consent_withdrawn', detail: 'account_email', at: later(1) });
    await record({ kind: 'kakao_event', detail: 'account-disabled', effect: 'block', at: later(2) });
    await record({ kind: 'logged_out', detail: 'everywhere', at: later(3), ...here });
    expect(await list()).toMatchObject([
      { kind: 'logged_out', detail: 'everywhere', at: later(3), ...here },
      { kind: 'kakao_event', detail: 'account-disabled', effect: 'block', device: null, ip: null },
      { kind: 'consent_withdrawn', detail: 'account_email', effect: null },
      { kind: 'login', detail: null, at: start, ...here },
    ]);
  });

  it('keeps the newest 200 logins, of everybody by themselves', async () => {
    const other = await newUser('8');
    await record({ kind: 'export' }, other);
    for (let second = 0; second < 205; second += 1) await record({ kind: 'login', at: later(second) });
    const kept = await list();
    expect(kept).toHaveLength(200);
    expect(kept.map(({ at }) => at.getTime()).sort()).toEqual(
      Array.from({ length: 200 }, (_, index) => later(index + 5).getTime()),
    );
    expect(await database.db().historyEntry.count({ where: { userId } })).toBe(200);
    expect(await list(other)).toHaveLength(1);
  });

  it('keeps the newest 50 of every other kind, and no kind pushes out another', async () => {
    await record({ kind: 'new_device', device: 'Safari · iPhone' });
    await record({ kind: 'kakao_event', detail: 'account-disabled', effect: 'block' });
    for (let second = 1; second <= 210; second += 1) await record({ kind: 'login', at: later(second) });
    for (let second = 1; second <= 210; second += 1)
      await record({ kind: 'export', at: later(300 + second) });
    const rows = await database.db().historyEntry.groupBy({ by: ['kind'], where: { userId }, _count: true });
    expect(Object.fromEntries(rows.map(({ kind, _count }) => [kind, _count]))).toEqual({
      login: 200,
      export: 50,
      new_device: 1,
      kakao_event: 1,
    });
    expect((await list())[0]?.at).toEqual(later(510));
  });

  it('is read in parts that meet without a gap', async () => {
    for (let count = 0; count < 5; count += 1) await record({ kind: 'login', at: later(count) });
    const all = await list();
    const parts = [{ take: 2 }, { skip: 2, take: 2 }, { skip: 4, take: 2 }, { skip: 6, take: 2 }];
    const read = await Promise.all(parts.map((part) => listHistory(database.db(), userId, part)));
    expect(read.map((part) => part.length)).toEqual([2, 2, 1, 0]);
    expect(read.flat()).toEqual(all);
  });

  it('is purged of what is older than a year, of everybody', async () => {
    const other = await newUser('8');
    await record({ kind: 'login' });
    await record({ kind: 'login', at: later(2 * day) }, other);
    expect(await purgeHistory(database.db(), later(366 * day))).toBe(1);
    expect(await purgeHistory(database.db(), later(366 * day))).toBe(0);
    expect(await list()).toEqual([]);
    expect(await list(other)).toHaveLength(1);
  });

  it('goes with its user', async () => {
    await record({ kind: 'login' });
    await database.db().user.delete({ where: { id: userId } });
    expect(await database.db().historyEntry.count()).toBe(0);
  });
});

describe('a login', () => {
  const logIn = (device: string | null, ms = 0) => logInAs(database.db(), '7', later(ms), device);
  const kinds = async () => (await list()).map(({ kind }) => kind);

  it('is with a known device when there is nothing to compare it with', async () => {
    await record({ kind: 'export', device: 'Safari · iPhone' });
    await logIn('Chrome · Windows', 1);
    expect(await kinds()).toEqual(['login', 'export']);
  });

  it('is with a new device when the history has others only, and not the second time', async () => {
    await logIn('Chrome · Windows');
    await logIn('Chrome · Windows', 1);
    await logIn('Safari · iPhone', 2);
    await logIn('Safari · iPhone', 3);
    await logIn(null, 4);
    await logIn(null, 5);
    expect(await kinds()).toEqual(['login', 'new_device', 'login', 'new_device', 'login', 'login']);
  });

  it('with a new device is one when there are many at the same time', async () => {
    await logIn('Chrome · Windows');
    await Promise.all(Array.from({ length: 20 }, (_, index) => logIn('Safari · iPhone', index + 1)));
    expect((await kinds()).filter((kind) => kind === 'new_device')).toHaveLength(1);
  });

  it('of somebody else makes no device known', async () => {
    await logInAs(database.db(), '8', start, 'Safari · iPhone');
    await logIn('Chrome · Windows');
    await logIn('Safari · iPhone', 1);
    expect(await kinds()).toEqual(['new_device', 'login']);
  });
});
