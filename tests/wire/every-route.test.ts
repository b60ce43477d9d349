import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { expect, test } from './support/test';

// What has to hold at every route there is: a new one is found here by itself.

const app = join(import.meta.dirname, '../../app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
const pathsOf = (file: string) =>
  files
    .filter((found) => basename(found) === file)
    .map((found) =>
      dirname(`/${found}`)
        .replace('[...nextauth]', 'session')
        .replace(/\[[^\]]+\]/, 'some-id'),
    );
const routes = pathsOf('route.ts');
const pages = pathsOf('page.tsx');
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

test('the routes are found', () => {
  expect(routes).toEqual(
    expect.arrayContaining(['/api/me/export', '/api/sessions/some-id', '/login/callback']),
  );
  expect(pages).toEqual(expect.arrayContaining(['/', '/account']));
});

describe.each(routes)('%s', (path) => {
  test('says how to authenticate when it answers 401, or 400 about a token', async ({ stack }) => {
    const answers: [number, unknown, string][] = [];
    for (const method of methods) {
      for (const authorization of [undefined, 'Bearer nonsense', 'Bearer undefined', 'Basic eDp5']) {
        const headers = { origin: stack.appUrl, ...(authorization && { authorization }) };
        const answer = await send(`${stack.appUrl}${path}`, { method, headers });
        expect(answer.status, method).toBeLessThan(500);
        const isAboutToken =
          answer.status === 401 || (answer.status === 400 && answer.text.includes('"INVALID_TOKEN"'));
        const challenge = String(answer.headers['www-authenticate']);
        if (isAboutToken) answers.push([answer.status, authorization, challenge]);
      }
    }
    for (const answer of answers) expect(answer[2], `${answer}`).toMatch(/(^|, )Bearer( error="\w+")?$/);
  });
});

describe.each([...routes, ...pages])('a GET of %s', (path) => {
  test('that another site makes a signed-in browser send changes nothing', async ({
    visitor,
    person,
    database,
  }) => {
    await visitor.logIn(person.id);
    const before = database.everything();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'user-agent': 'KAKAOTALK' },
      { referer: 'https://evil.example.com/' },
    ]) {
      const answer = await visitor.send(path, { headers });
      expect(answer.status).toBeLessThan(500);
      expect(answer.setCookies.filter((line) => line.startsWith('session-'))).toEqual([]);
    }
    expect(database.everything()).toEqual(before);
    expect(await visitor.whoAmI()).toBe(person.id);
  });
});

describe('an export', () => {
  const foreign: readonly [string, Readonly<Record<string, string>>][] = [
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['from another site, whatever its referrer', { 'sec-fetch-site': 'cross-site', referer: 'OURS/account' }],
    ['without a word on where it comes from', {}],
    ['with the referrer of another site', { referer: 'https://e.com/' }],
    ['with a referrer that only begins like ours', { referer: 'OURS.e.com/' }],
    ['with a referrer that is none', { referer: 'account' }],
  ];
  for (const [what, headers] of foreign) {
    test(`${what} is refused with the cookie`, async ({ visitor, person, stack }) => {
      await visitor.logIn(person.id);
      const answer = await visitor.send('/api/me/export', { headers: ours(headers, stack.appUrl) });
      expect([answer.status, answer.json()['message']]).toEqual([403, 'CROSS_ORIGIN']);
    });
  }

  const own: readonly [string, Readonly<Record<string, string>>][] = [
    ['from our own page', { 'sec-fetch-site': 'same-origin' }],
    ['that was typed in', { 'sec-fetch-site': 'none' }],
    ['from our own page, of a browser without Sec-Fetch-Site', { referer: 'OURS/account' }],
  ];
  for (const [what, headers] of own) {
    test(`${what} is answered with the cookie`, async ({ visitor, person, stack }) => {
      await visitor.logIn(person.id);
      const answer = await visitor.send('/api/me/export', { headers: ours(headers, stack.appUrl) });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
    });
  }

  test('is answered with a token, wherever it comes from; without anything it is 401', async ({
    visitor,
    person,
    stack,
  }) => {
    await visitor.logIn(person.id);
    const url = `${stack.appUrl}/api/me/export`;
    const headers = { authorization: `Bearer ${visitor.session}`, 'sec-fetch-site': 'cross-site' };
    expect((await send(url, { headers })).status).toBe(200);
    expect((await send(url)).status).toBe(401);
  });
});

function ours(headers: Readonly<Record<string, string>>, origin: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('OURS', origin)]),
  );
}
