import { connect } from 'node:net';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

// Cookies that our own code did not set: by other apps of the host, by subdomains, by scripts, by whoever asks.

const odd = (port: string): readonly string[] => {
  const names = [`session-${port}`, `login-${port}.0123456789abcdef`, `csrf-${port}`, `lang-${port}`];
  const beside = [
    '[x]',
    '@x',
    '.0',
    '.1',
    '%zz',
    '(',
    '"',
    '/',
    '{}',
    'é',
    '.__proto__',
    ' x',
    '[constructor]',
  ];
  return [
    ...names.flatMap((name) => beside.map((end) => `${name}${end}=1`)),
    ...[`lang-${port}`, `silent-${port}`, `logout-${port}`, `csrf-${port}`].flatMap((name) =>
      ['%zz', '"ko"', '{}', 'é', '', '=', 'a|b', '__proto__', 'x'.repeat(3_000)].map(
        (value) => `${name}=${value}`,
      ),
    ),
    ...[
      'next-auth.csrf-token',
      'next-auth.callback-url',
      'next-auth.session-token',
      '__Host-session',
    ].flatMap((name) => ['%zz', 'garbage', 'a|b', 'http://e.com/'].map((value) => `${name}=${value}`)),
    ...['__proto__=1', 'constructor=1', 'x', '=', '=x', ';;;', '@=1', 'a="b;c"', `b=${'y'.repeat(6_000)}`],
  ];
};

const paths = ['/', '/login', '/account', '/api/me', '/api/auth/session', '/api/auth/csrf', '/nowhere'];

test('no odd cookie beside a good session changes an answer', async ({ visitor, person, stack }) => {
  await visitor.logIn(person.id);
  const own = `session-${stack.port}=${visitor.session}`;
  for (const cookie of odd(stack.port).flatMap((one) => [`${own}; ${one}`, `${one}; ${own}`])) {
    const answers = await Promise.all(
      paths.map((path) => send(`${stack.appUrl}${path}`, { headers: { cookie } })),
    );
    const label = cookie.replace(own, 'OWN').slice(0, 80);
    expect([label, ...answers.map(({ status }) => status)]).toEqual([
      label,
      200,
      200,
      200,
      200,
      200,
      200,
      404,
    ]);
    expect(answers[3]?.json()['kakaoId'], label).toBe(person.id);
    expect(answers[4]?.json()['user'], label).toMatchObject({ name: person.nickname });
  }
});

test('a session that is tossed or doubled signs out and breaks nothing', async ({
  visitor,
  person,
  stack,
}) => {
  await visitor.logIn(person.id);
  const name = `session-${stack.port}`;
  for (const other of ['x', 'é', '"', '%zz', 'x'.repeat(5_000), `${visitor.session}x`]) {
    const cookie = `${name}=${visitor.session}; ${name}=${other}`;
    const answers = await Promise.all(
      paths.map((path) => send(`${stack.appUrl}${path}`, { headers: { cookie } })),
    );
    const statuses = answers.map(({ status }) => status);
    expect([other.slice(0, 20), ...statuses]).toEqual([
      other.slice(0, 20),
      200,
      200,
      303,
      401,
      200,
      200,
      404,
    ]);
    expect(answers[4]?.text).toBe('{}');
  }
});

test('a control character in a cookie is refused by the parser, and the server goes on', async ({
  stack,
}) => {
  for (const character of ['\u0000', '\u0001', '\u007f', '\r']) {
    const status = await rawStatus(stack.port, `Cookie: session-${stack.port}${character}=x`);
    expect([character, status < 500], `${status}`).toEqual([character, true]);
  }
  expect((await send(`${stack.appUrl}/api/health/live`)).status).toBe(200);
});

describe('the cookies of a browser', () => {
  const long = { returnTo: `/search?q=${'가나다라마'.repeat(44)}` };

  for (const [what, fields] of [
    ['long searches', long],
    ['what cannot be shortened', { returnTo: `/${'%41'.repeat(511)}` }],
    ['long searches that ask for much', { ...long, scope: 'profile_nickname profile_image account_email' }],
  ] as const) {
    test(`stay under 8 KB after five logins that were abandoned, with ${what}`, async ({
      visitor,
      person,
      stack,
    }) => {
      await visitor.logIn(person.id);
      await visitor.send('/api/auth/csrf');
      await visitor.post('/language', { lang: 'en' });
      await visitor.post('/logout', { kakao: '1' });
      await visitor.logIn(person.id);
      const flows = [];
      for (let count = 0; count < 5; count += 1) {
        const answer = await visitor.post('/login/kakao', fields);
        expect(answer.status).toBe(303);
        for (const line of answer.setCookies) expect(Buffer.byteLength(line)).toBeLessThan(4_096);
        const authorizeUrl = answer.headers.location ?? '';
        flows.push({ authorizeUrl, state: '' });
        expect(Buffer.byteLength(authorizeUrl)).toBeLessThan(2_048);
      }
      const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
      expect(Buffer.byteLength(cookie)).toBeLessThan(8_192);
      // The longest address that leads to our pages, told twice, beside what browsers send anyway.
      const page = `/login?error=cancelled&${new URLSearchParams({ returnTo: fields.returnTo })}`;
      const headers = {
        referer: `${stack.appUrl}${page}`,
        'user-agent': 'x'.repeat(512),
        accept: 'y'.repeat(512),
      };
      for (const path of ['/account', page]) {
        expect((await visitor.send(path, { headers })).status).toBe(200);
      }
      for (const flow of flows.slice(-2)) {
        const answer = await visitor.send(await visitor.agree(flow, person.id));
        // Where more consent was asked for, the path says what came of it.
        const location = (answer.headers.location ?? '').replace(/&consent=(?:agreed|declined)$/, '');
        expect(decodeURI(location)).toBe(decodeURI(fields.returnTo));
      }
      expect((await visitor.post('/logout')).status).toBe(303);
    });
  }

  test('hold a silent login that leads to a long search', async ({ stack }) => {
    const talk = new Visitor(stack, { 'user-agent': 'Mozilla/5.0 KAKAOTALK 10.0.0' });
    const first = await talk.send(`/login?${new URLSearchParams(long)}`);
    const silent = first.headers.location ?? '';
    expect(silent).toMatch(/^\/login\/silent\?/);
    const begun = await talk.send(silent);
    for (const line of begun.setCookies) expect(Buffer.byteLength(line)).toBeLessThan(4_096);
    const state = new URL(begun.headers.location ?? '').searchParams.get('state') ?? '';
    const back = await talk.send(
      `/login/callback?${new URLSearchParams({ error: 'login_required', state })}`,
    );
    const page = new URL(back.headers.location ?? '', stack.appUrl);
    expect([page.pathname, page.searchParams.get('error')]).toEqual(['/login', null]);
    expect(page.searchParams.get('returnTo')).toBe(long.returnTo);
  });
});

test('two apps on two ports of one host share no cookie', async ({ visitor, person, stack }) => {
  await visitor.logIn(person.id);
  await visitor.send('/api/auth/csrf');
  await visitor.post('/language', { lang: 'en' });
  await visitor.begin();
  await visitor.post('/logout', { kakao: '1' });
  const names = [...visitor.cookies.keys()];
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(name).toMatch(new RegExp(`^\\w+-${stack.port}(\\.\\w+)?$`));
});

function rawStatus(port: string, line: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
    socket.end(`GET /api/auth/session HTTP/1.1\r\nHost: localhost\r\n${line}\r\nConnection: close\r\n\r\n`);
  });
}
