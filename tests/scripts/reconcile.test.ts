import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newReconciliation } from '@/lib/account/reconcile';
import { byAdminKey } from '@/lib/kakao/api';
import { unlinkUser } from '@/lib/kakao/links';
import { addUser, withFile } from '../support/database';
import { app, people, soon, withLocalKakao } from '../support/kakao';
import { start } from './process';

const kakao = withLocalKakao();
const database = withFile();
/** One of the local Kakao's people is linked from the start. */
beforeEach(() => unlinkUser(kakao.config(), byAdminKey(kakao.config(), people.another), soon()));
afterEach(() => database.db().user.deleteMany());

const progressFile = () => `${database.file()}.reconcile.json`;
const userHere = (kakaoId: string, at = new Date()) => addUser(database.db(), kakaoId, at);

/** `npm run reconcile` with these flags. */
function run(args: readonly string[] = [], additions: Record<string, string> = {}) {
  const { authOrigin, apiOrigin, clientId } = kakao.config();
  const env = {
    NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
    KAKAO_CLIENT_ID: clientId,
    KAKAO_ADMIN_KEY: app.adminKey,
    KAKAO_AUTH_ORIGIN: authOrigin,
    KAKAO_API_ORIGIN: apiOrigin,
    DATABASE_URL: `file:${database.file()}`,
    ...additions,
  };
  return start(['scripts/reconcile.mjs', ...args], env).ended;
}

it('reconcile refuses an unknown flag, and to work without the admin key', { timeout: 60_000 }, async () => {
  expect(await run(['--fix'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--fix is not known/),
  });
  const without = await run([], { KAKAO_ADMIN_KEY: '' });
  expect(without).toMatchObject({ code: 2, stderr: expect.stringMatching(/^KAKAO_ADMIN_KEY is not set/) });
});

it('reconcile reports ghosts on both sides and changes nothing; --mend does', {
  timeout: 90_000,
}, async () => {
  await kakao.accessToken(people.plain);
  await userHere(people.another, new Date(Date.now() - 60_000));
  const report = await run();
  expect(report.stdout).toContain(`Linked at Kakao and unknown here: 1 (${people.plain})`);
  expect(report.stdout).toContain(`Users here and not linked at Kakao: 1 (${people.another})`);
  expect(report.code).toBe(1);
  expect(await database.db().user.count()).toBe(1);
  const mended = await run(['--mend']);
  expect(mended.stdout).toContain(`${people.another}: erased here`);
  expect(mended.stdout).toContain(`${people.plain}: left alone`);
  expect(mended.code).toBe(1);
  expect(await database.db().user.count()).toBe(0);
  expect(`${report.stdout}${mended.stdout}`).not.toContain(app.adminKey);
});

it('reconcile goes on where it stopped, and forgets that when it is through', {
  timeout: 60_000,
}, async () => {
  await kakao.accessToken(people.plain);
  await userHere(people.plain);
  const kept = { ...newReconciliation(new Date()), phase: 'users_here', linkedSeen: 700 };
  writeFileSync(progressFile(), JSON.stringify(kept));
  const { code, stdout } = await run();
  expect(stdout).toContain(`Going on with the comparison of ${kept.startedAt}.`);
  expect(stdout).toContain('Linked at Kakao: 700 · users here: 1');
  expect([code, existsSync(progressFile())]).toEqual([0, false]);
  expect(await kakao.requests('/v1/user/ids')).toHaveLength(0);
});

it('reconcile stops where Kakao refuses, keeps what it has, and says so', { timeout: 60_000 }, async () => {
  await userHere(people.plain);
  await kakao.fault('/v2/app/users', { kakao: -3, always: true });
  const { code, stdout } = await run();
  expect(stdout).toContain('Stopped: Kakao answered -3. The same command goes on from here.');
  expect(code).toBe(2);
  expect(JSON.parse(readFileSync(progressFile(), 'utf8'))).toMatchObject({ phase: 'users_here' });
});
