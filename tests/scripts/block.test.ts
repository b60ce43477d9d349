import { beforeEach, expect, it } from 'vitest';
import { listHistory } from '@/lib/db/history';
import { loadRefusalId } from '@/lib/login/refusal-id';
import { createKeyring } from '@/lib/session/keyring';
import { addSession, addUser, withFile } from '../support/database';
import { start } from './process';

const database = withFile();
const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const other = 'another-secret-for-tests-of-32-bytes-and-more';
beforeEach(async () => {
  await database.db().user.deleteMany();
  await database.db().refusal.deleteMany();
});

/** `npm run block` or `npm run unblock`, as it says in package.json; no setting of Kakao's is there. */
function run(args: readonly string[], additions: Record<string, string> = {}) {
  const env = { NEXTAUTH_SECRET: secret, DATABASE_URL: `file:${database.file()}`, KAKAO_CLIENT_ID: '' };
  return start(['scripts/block.mjs', ...args], { ...env, ...additions }).ended;
}
const kinds = async (userId: string) => (await listHistory(database.db(), userId)).map(({ kind }) => kind);

it('block and unblock refuse what is no Kakao id, and change nothing', { timeout: 60_000 }, async () => {
  for (const args of [[], ['0'], ['x'], ['1', '2'], ['12345678901234567890'], ['-1']]) {
    const { code, stderr } = await run(['block', ...args]);
    expect([code, stderr], args.join()).toEqual([1, expect.stringMatching(/^Give one Kakao id/)]);
  }
  expect(await database.db().refusal.count()).toBe(0);
});

it('block ends every session and says so in the history; unblock lets in again', {
  timeout: 60_000,
}, async () => {
  const db = database.db();
  const { id } = await addUser(db, '3900000001');
  await addSession(db, 'a', id);
  expect(await run(['block', '3900000001'])).toMatchObject({
    code: 0,
    stdout: '3900000001 is signed out everywhere and cannot log in.\n',
  });
  const { blockedAt } = await db.user.findUniqueOrThrow({ where: { id } });
  expect(blockedAt).toBeInstanceOf(Date);
  expect(await db.session.findMany()).toMatchObject([{ revokedReason: 'blocked' }]);
  expect(await run(['block', '3900000001'])).toMatchObject({ stdout: '3900000001 was blocked already.\n' });
  expect(await db.user.findUnique({ where: { id } })).toMatchObject({ blockedAt });
  expect(await kinds(id)).toEqual(['blocked']);
  await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
  const lifted = await run(['unblock', '3900000001']);
  expect(lifted.stdout).toMatch(/^3900000001 may log in again\.\nKakao has disabled this account/);
  expect(await db.user.findUnique({ where: { id } })).toMatchObject({ blockedAt: null });
  expect(await kinds(id)).toEqual(['unblocked', 'blocked']);
});

it('block keeps somebody out who has no account, by a hash that only the key in the database makes', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await run(['block', '3900000002']);
  expect(stdout).toBe('3900000002 has no account here, and cannot make one.\n');
  const rows = await database.db().refusal.findMany();
  const refusalId = await loadRefusalId(database.db(), createKeyring('http://localhost:3000', [secret]));
  expect(rows).toMatchObject([{ id: refusalId('3900000002'), blockedAt: expect.any(Date) }]);
  expect(JSON.stringify(rows)).not.toContain('3900000002');
  // Another secret cannot open the key: nothing is done, and the way out is named.
  const wrong = await run(['unblock', '3900000002'], { NEXTAUTH_SECRET: other });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NEXTAUTH_SECRET does not open/) });
  const rotated = await run(['unblock', '3900000002'], { NEXTAUTH_SECRET: `${other},${secret}` });
  expect(rotated.stdout).toBe('3900000002 may log in again.\n');
  // What seals the key anew is the server, at its start.
  const later = await run(['unblock', '3900000002'], { NEXTAUTH_SECRET: other });
  expect(later).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NEXTAUTH_SECRET does not open/) });
  await loadRefusalId(database.db(), createKeyring('http://localhost:3000', [other, secret]));
  const afterStart = await run(['unblock', '3900000002'], { NEXTAUTH_SECRET: other });
  expect(afterStart.stdout).toBe('3900000002 was not blocked.\n');
});
