import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findSession, revokeSession, revokeUserSessions, touchSession } from '@/lib/db/sessions';
import { openSqlite } from '@/lib/db/sqlite';
import { findUserByKakaoId } from '@/lib/db/users';
import { addSession, addUser, lockFile, logIn, withFile } from '../../support/database';

const database = withFile();
const now = new Date('2026-11-24T12:00:00Z');

beforeEach(() => database.db().user.deleteMany());

describe('while another process holds the lock', () => {
  it('a write waits for it and is then on disk', async () => {
    const release = lockFile(database.file());
    const written = logIn(database.db(), '7', now);
    setTimeout(release, 50);
    expect((await written)?.isNew).toBe(true);
    expect(await findUserByKakaoId(database.db(), '7')).not.toBeNull();
  });

  it('reads go on', async () => {
    await logIn(database.db(), '7', now);
    const release = lockFile(database.file());
    try {
      expect(await findUserByKakaoId(database.db(), '7')).toMatchObject({ kakaoId: '7' });
    } finally {
      release();
    }
  });

  it('a write that waited too long fails as busy, and nothing of it is there', async () => {
    const release = lockFile(database.file());
    try {
      const written = logIn(database.db(), '7', now);
      await expect(written).rejects.toMatchObject({ name: 'DatabaseError', code: 'busy' });
    } finally {
      release();
    }
    expect(await findUserByKakaoId(database.db(), '7')).toBeNull();
    expect((await logIn(database.db(), '7', now))?.isNew).toBe(true);
  });

  it('somebody else’s rollback takes nothing of ours with it', async () => {
    const other = openSqlite(database.file(), { timeout: 5_000 });
    const acknowledged: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      other.exec('BEGIN IMMEDIATE');
      const written = logIn(database.db(), `${i + 1}`, now);
      setTimeout(() => other.exec('ROLLBACK'), 0);
      acknowledged.push((await written)?.user.kakaoId ?? 'none');
    }
    other.close();
    for (const kakaoId of acknowledged) {
      expect(await findUserByKakaoId(database.db(), kakaoId), kakaoId).not.toBeNull();
    }
  });
});

it('what was acknowledged survives kill -9', { timeout: 30_000 }, async () => {
  const writer = `
    const { openDatabase } = await import('./lib/db/client.ts');
    const { recordSignIn } = await import('./lib/db/sign-in.ts');
    const db = await openDatabase(${JSON.stringify(`file:${database.file()}`)});
    for (let i = 1; ; i += 1) {
      const profile = { kakaoId: String(i), nickname: null, profileImageUrl: null, email: null };
      const now = new Date();
      const session = { id: String(i), createdAt: now, expiresAt: now, userAgent: null, ip: null, interactive: true };
      const rules = { refusalId: 'r' + i, startedAt: now, isDeliberate: true, seenAfter: now };
      const place = { at: now, device: null, ip: null };
      await recordSignIn(db, { profile, isFetched: true, session, place, ...rules });
      process.stdout.write(i + '\\n');
    }`;
  const root = join(import.meta.dirname, '../../..');
  const args = ['--import', 'tsx', '--input-type=module', '--eval', writer];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = '';
  child.stdout.on('data', (chunk: Buffer) => {
    acknowledged += chunk.toString();
    if (acknowledged.split('\n').length > 50) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  const ids = acknowledged.split('\n').slice(0, -1);
  expect(ids.length).toBeGreaterThanOrEqual(50);
  const found = await database.db().session.findMany({ include: { user: true } });
  const kept = new Set(found.filter(({ id, user }) => id === user.kakaoId).map(({ id }) => id));
  expect(ids.filter((id) => !kept.has(id))).toEqual([]);
  expect(await database.db().historyEntry.count()).toBe(found.length);
});

describe('sessions', () => {
  it('cannot belong to nobody', async () => {
    await expect(addSession(database.db(), 's', 'nobody', now)).rejects.toThrow();
    expect(await findSession(database.db(), 's')).toBeNull();
  });

  it('go with their user', async () => {
    const user = await addUser(database.db(), '7', now);
    await addSession(database.db(), 's', user.id, now);
    await database.db().user.delete({ where: { id: user.id } });
    expect(await database.db().session.count()).toBe(0);
  });

  it('are found with their user, times and all', async () => {
    const user = await addUser(database.db(), '7', now);
    await addSession(database.db(), 's', user.id, now);
    const found = await findSession(database.db(), 's');
    expect(found?.user).toEqual(user);
    expect(found?.session).toMatchObject({ id: 's', userId: user.id, lastSeenAt: now, revokedAt: null });
    expect(found?.session.expiresAt).toEqual(new Date(now.getTime() + 3_600_000));
  });

  it('keep the first reason for their end', async () => {
    const user = await addUser(database.db(), '7', now);
    await addSession(database.db(), 's', user.id, now);
    await revokeSession(database.db(), 's', { at: now, reason: 'replaced' });
    await revokeSession(database.db(), 's', { at: new Date(), reason: 'signed_out' });
    await revokeUserSessions(database.db(), user.id, { at: new Date(), reason: 'signed_out_everywhere' });
    const kept = await database.db().session.findUnique({ where: { id: 's' } });
    expect(kept).toMatchObject({ revokedAt: now, revokedReason: 'replaced' });
  });

  it('that do not exist can be ended and touched without harm', async () => {
    await revokeSession(database.db(), 'none', { at: now, reason: 'signed_out' });
    await touchSession(database.db(), 'none', { now, unlessSince: now });
    expect(await database.db().session.count()).toBe(0);
  });
});
