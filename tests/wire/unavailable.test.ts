import { openSqlite } from '../../lib/db/sqlite';
import { text } from '../stack/words';
import { lockFile } from '../support/database';
import { expectProblem, signInWith } from './support/api';
import { errorOf, textOf } from './support/page';
import { expect, test } from './support/test';

const html = { accept: 'text/html' };

test('while another process holds the lock, logins are told to try again, and reads go on', async ({
  stack,
  kakao,
  person,
  stranger,
  visitor,
  database,
}) => {
  await visitor.logIn(person.id);
  const { access_token } = await kakao.tokens(stranger.id);
  const callback = await visitor.agree(await visitor.begin(), stranger.id);
  const release = lockFile(stack.databaseFile);
  try {
    const answer = await signInWith(stack, `Bearer ${access_token}`);
    expectProblem(answer, 503, 'UNAVAILABLE');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(errorOf(await visitor.send(callback))).toBe('unexpected');
    const pressed = await visitor.post('/logout', {}, html);
    expect([pressed.status, pressed.setCookies]).toEqual([503, []]);
    expect(textOf(pressed.text, 'h1')).toBe(text('ko').plain.unavailable.title);
    expect((await visitor.send('/account', { headers: html })).status).toBe(200);
    expect(await visitor.whoAmI()).toBe(person.id);
  } finally {
    release();
  }
  expect(database.users(stranger.id)).toEqual([]);
  expect((await signInWith(stack, `Bearer ${access_token}`)).status).toBe(200);
});

test('while the database cannot be read, pages say so, and those for everybody show a guest', async ({
  stack,
  person,
  visitor,
}) => {
  await visitor.logIn(person.id);
  const other = openSqlite(stack.databaseFile, { timeout: 5_000 });
  other.exec('ALTER TABLE "User" RENAME COLUMN "nickname" TO "displayName"');
  try {
    const account = await visitor.send('/account', { headers: html });
    expect(account.status).toBe(503);
    expect(Number(account.headers['retry-after'])).toBeGreaterThan(0);
    expect(account.headers['content-security-policy']).toContain("default-src 'none'");
    expect(textOf(account.text, 'h1')).toBe(text('ko').plain.unavailable.title);
    expect(account.text).toContain(String(account.headers['x-request-id']).slice(0, 8));
    for (const path of ['/', '/login', '/nowhere']) {
      expect([path, (await visitor.send(path, { headers: html })).status < 500]).toEqual([path, true]);
    }
    expectProblem(await visitor.send('/api/me'), 503, 'UNAVAILABLE');
    expectProblem(await visitor.send('/api/auth/session'), 503, 'UNAVAILABLE');
    expect((await visitor.send('/api/health/ready')).status).toBe(503);
    expect((await visitor.send('/api/health/live')).status).toBe(200);
  } finally {
    other.exec('ALTER TABLE "User" RENAME COLUMN "displayName" TO "nickname"');
    other.close();
  }
  expect(await visitor.whoAmI()).toBe(person.id);
});
