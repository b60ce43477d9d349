import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../../doctor/browser.ts';
import { type CookieJar, cookieHeader, storeCookie } from '../../doctor/cookie-jar.ts';
import { authorizeUrlOf, enter, findEntrance } from '../../doctor/entrance.ts';
import { actionsIn, scriptsIn } from '../../doctor/html.ts';
import { createLeaks } from '../../doctor/leaks.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

type Page = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A site of pages by path; a text that begins with `http` or `/` is a redirect. */
async function site(pages: Readonly<Record<string, Page>>) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://x').pathname];
    if (typeof page === 'function') return page(request, response);
    if (page === undefined) return response.writeHead(404).end();
    if (/^(http|\/)/.test(page)) return response.writeHead(302, { location: page }).end();
    return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { url, browserContext: { origins: new Set([url]), headers: {}, onAnswer: () => {} } };
}

const kakao = 'http://localhost:4000';
const authorize = `${kakao}/oauth/authorize?client_id=x&state=s`;

async function entranceOf(pages: Readonly<Record<string, Page>>) {
  const { url, browserContext } = await site(pages);
  return (await findEntrance(`${url}/`, kakao, browserContext))?.press;
}

describe('no entrance is found', () => {
  it.each([
    ['on an empty page', { '/': 'hello' }],
    ['behind a logout', { '/': '<a href="/logout">log out of Kakao</a>', '/logout': authorize }],
    [
      'where the app goes to somebody else',
      { '/': '<a href="/login">login</a>', '/login': 'https://accounts.google.com/' },
    ],
    ['in a circle', { '/': '<a href="/login">login</a>', '/login': '/login' }],
    ['on a page that is not there', {}],
  ])('%s', async (_where, pages) => {
    expect(await entranceOf(pages)).toBeUndefined();
  });
});

describe('an entrance is found', () => {
  it('in an address that leads to Kakao by itself', async () => {
    expect(await entranceOf({ '/': '/go', '/go': authorize })).toBeNull();
  });

  it('in a link to Kakao that the page has made', async () => {
    const link = `<a href="${authorize.replaceAll('&', '&amp;')}">카카오</a>`;
    expect(await entranceOf({ '/': link })).toEqual({
      kind: 'link',
      method: 'GET',
      path: '/oauth/authorize',
    });
  });

  it('two pages on, the Kakao button before others', async () => {
    const pages = {
      '/': '<a href="/about">about</a><a href="/sign-in">Sign in</a>',
      '/sign-in': '<a href="/auth/google">Google login</a><form action="/auth/kakao" method=post></form>',
      '/auth/google': 'https://accounts.google.com/',
      '/auth/kakao': authorize,
    };
    expect(await entranceOf(pages)).toEqual({ kind: 'form', method: 'POST', path: '/auth/kakao' });
  });

  it('in a form whose hidden fields and cookie have to come back', async () => {
    const { url, browserContext } = await site({
      '/': (_request, response) => {
        const form =
          '<form method="post" action="/login"><input type="hidden" name="csrf" value="a&amp;b"><input name=go type=submit value=1>로그인</form>';
        response.writeHead(200, { 'set-cookie': 'csrf=a%26b; Path=/' }).end(form);
      },
      '/login': async (request, response) => {
        let body = '';
        for await (const part of request) body += part;
        const isRight =
          body === 'csrf=a%26b' && request.headers.cookie === 'csrf=a%26b' && request.headers.origin === url;
        response.writeHead(isRight ? 303 : 403, { location: authorize }).end();
      },
    });
    const entrance = await findEntrance(`${url}/`, kakao, browserContext);
    expect(entrance?.press?.path).toBe('/login');
    const again = entrance && (await enter(openBrowser(browserContext), entrance));
    expect(again?.leftTo).toBe(authorize);
  });
});

describe('the authorize page', () => {
  it.each([
    'http://127.0.0.1:4000/oauth/authorize?a=1',
    'http://localhost:4000/oauth/authorize?a=1',
    'https://kauth.kakao.com/oauth/authorize?a=1',
  ])('is %s', (url) => {
    expect(authorizeUrlOf(url, kakao)?.search).toBe('?a=1');
  });

  it('of a namespace is below it, and Kakao’s own host leads there too', () => {
    const namespace = `${kakao}/ns/a`;
    expect(authorizeUrlOf(`${namespace}/oauth/authorize`, namespace)).not.toBeNull();
    expect(authorizeUrlOf(`${kakao}/oauth/authorize`, namespace)).toBeNull();
    expect(authorizeUrlOf('https://kauth.kakao.com/oauth/authorize', namespace)?.pathname).toBe(
      '/ns/a/oauth/authorize',
    );
  });

  it.each([
    null,
    'nothing',
    `${kakao}/oauth/token`,
    'http://localhost:4001/oauth/authorize',
    'https://evil.example/oauth/authorize',
  ])('is not %s', (url) => {
    expect(authorizeUrlOf(url, kakao)).toBeNull();
  });
});

describe('a page', () => {
  it('is read for links and forms, whatever their quotes', () => {
    const html = `<A HREF='/a?x=1&#38;y=2' title="a > b">one</A> <a href=#top>no</a> <a href="javascript:x()">no</a>
      <form action=/f><input name="q" value='1'><input type=checkbox name=no value=1></form>`;
    expect(
      actionsIn(html).map(({ kind, method, target, fields }) => ({ kind, method, target, fields })),
    ).toEqual([
      { kind: 'form', method: 'GET', target: '/f', fields: [['q', '1']] },
      { kind: 'link', method: 'GET', target: '/a?x=1&y=2', fields: [] },
    ]);
    expect(scriptsIn('<script src="/a.js" async></script><script>1</script>')).toEqual(['/a.js']);
  });
});

describe('the cookie jar', () => {
  const jarOf = (...lines: string[]) => {
    const jar: CookieJar = new Map();
    for (const line of lines) storeCookie(jar, line, Date.parse('2026-03-02'));
    return jar;
  };

  it('forgets what is over', () => {
    const expired = 'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
    expect([...jarOf('a=1', 'b=2', 'c=3', 'a=; Max-Age=0', expired).keys()]).toEqual(['c']);
  });

  it('sends what belongs to the path, and no Strict cookie from elsewhere', () => {
    const jar = jarOf('a=1; Path=/login', 'b=2; SameSite=Strict; HttpOnly; Secure', 'c=3=3');
    expect(cookieHeader(jar, new URL('http://x/'), false)).toBe('b=2; c=3=3');
    expect(cookieHeader(jar, new URL('http://x/login/a'), true)).toBe('a=1; c=3=3');
    expect(cookieHeader(jar, new URL('http://x/loginhelp'), true)).toBe('c=3=3');
    expect(jar.get('b')).toMatchObject({ httpOnly: true, secure: true, sameSite: 'strict' });
  });
});

describe('leaks', () => {
  const answer = {
    url: 'http://x/page?code=1',
    status: 200,
    headers: {},
    setCookies: [],
    text: '',
    ms: 1,
    failure: null,
  };
  const lookAt = (part: object) => {
    const leaks = createLeaks();
    leaks.watchFor('emu_secret_value', 'client secret');
    leaks.look({ ...answer, ...part });
    return [...leaks.of('client secret'), ...leaks.of('stack trace')].map(
      ({ what, where }) => `${what} in ${where}`,
    );
  };
  const base64 = Buffer.from('{"t":"emu_secret_value"}').toString('base64');

  it.each([
    ['the page at /page', { text: 'a emu_secret_value b' }],
    ['the address it redirects to at /page', { headers: { location: '/x?s=emu%5Fsecret%5Fvalue' } }],
    ['the cookie at /page', { setCookies: ['a=emu_secret_value; Path=/'] }],
    ['the cookie at /page', { setCookies: [`a=${base64}; Path=/`] }],
  ])('are found in %s', (where, part) => {
    expect(lookAt(part)).toEqual([`client secret in ${where}`]);
  });

  it.each([
    'Error: x\n    at run (/srv/app/server.js:10:5)',
    'Error: x\n    at file:///srv/app/server.mjs:10:5',
    'Traceback (most recent call last):\n',
    'java.lang.Error\n\tat com.example.App.run(App.java:10)',
  ])('are also stack traces', (text) => {
    expect(lookAt({ text })).toEqual(['stack trace in the page at /page']);
  });

  it('are not seen in prose', () => {
    expect(lookAt({ text: 'Meet me at the café (at 10:30:00) at /srv.' })).toEqual([]);
  });
});
