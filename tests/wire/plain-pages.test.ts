import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { openSqlite } from '../../lib/db/sqlite';
import type { Locale, Text } from '../../lib/text';
import type { Answer } from '../stack/http';
import type { Stack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { text } from '../stack/words';
import { textOf } from './support/page';
import { expect, test } from './support/test';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const languages = { ko: 'ko-KR', en: 'en-US' };

/** A page of plain markup that says this, and shows the support code of its request. */
function expectPlainPage(answer: Answer, message: keyof Omit<Text['plain'], 'supportCode'>, locale: Locale) {
  const { plain } = text(locale);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.text).toContain(`<html lang="${locale}">`);
  expect(textOf(answer.text, 'title')).toContain(plain[message].title);
  expect(textOf(answer.text, 'h1')).toBe(plain[message].title);
  expect(answer.text).toContain(plain[message].body);
  expect(answer.text).not.toContain('<script');
  const [, code] = /<code>([\da-f]{8})<\/code>/.exec(answer.text) ?? [];
  expect(String(answer.headers['x-request-id'])).toMatch(new RegExp(`^${code}`));
}

for (const locale of ['ko', 'en'] as const) {
  test(`a button whose form does not come from here answers a page in ${locale}`, async ({
    stack,
    person,
  }) => {
    const visitor = new Visitor(stack, { 'accept-language': languages[locale] });
    await visitor.logIn(person.id);
    for (const path of ['/logout', '/account/sessions', '/account/consents', '/account/withdrawal']) {
      const form = { method: 'POST', body: '', headers: { ...html, 'content-type': 'text/plain' } };
      const answer = await visitor.send(path, form);
      expect(answer.status, path).toBe(403);
      expectPlainPage(answer, 'refused', locale);
      const program = await visitor.send(path, { ...form, headers: { accept: 'application/json' } });
      expect([program.status, program.json()['message']], path).toEqual([403, 'CROSS_ORIGIN']);
    }
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test(`a page that cannot be made is a page without scripts in ${locale}, and its code is in the log`, async ({
    stack,
    person,
  }) => {
    const visitor = new Visitor(stack, { 'accept-language': languages[locale] });
    await visitor.logIn(person.id);
    const db = openSqlite(stack.databaseFile, { timeout: 5_000 });
    try {
      db.prepare('UPDATE "User" SET "createdAt" = ? WHERE "kakaoId" = ?').all(['no date', person.id]);
    } finally {
      db.close();
    }
    const answer = await visitor.send('/account', { headers: html });
    expect(answer.status).toBe(500);
    expectPlainPage(answer, 'failed', locale);
    await expectLogged(String(answer.headers['x-request-id']), stack);
  });
}

async function expectLogged(requestId: string, { logFile }: Stack): Promise<void> {
  // The file is written by another process than the one that answers.
  await vi.waitFor(() => expect(readFileSync(logFile, 'utf8')).toContain(requestId), { timeout: 10_000 });
}
