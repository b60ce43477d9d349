import { describe } from 'vitest';
import { send } from '../stack/http';
import { startStack } from '../stack/servers';
import { expect, test } from './support/test';

const known = [
  ...[
    '/',
    '/login',
    '/account',
    '/login/callback',
    '/login/kakao',
    '/login/silent',
    '/login/consent',
    '/logout',
  ],
  ...[
    '/language',
    '/account/consents',
    '/account/sessions',
    '/account/withdrawal',
    '/api',
    '/api/me',
    '/api/nowhere',
  ],
  ...[
    'session',
    'csrf',
    'providers',
    'signin',
    'signout',
    'error',
    '_log',
    'verify-request',
    'callback/x',
    '',
  ].map((action) => `/api/auth/${action}`),
  ...[
    '/icon.svg',
    '/icon-192.png',
    '/link-preview.png',
    '/manifest.webmanifest',
    '/robots.txt',
    '/favicon.ico',
  ],
  ...[
    '/_next',
    '/_next/static/nowhere.js',
    '/_next/image',
    '/_next/image?url=%2Ficon.svg&w=64&q=75',
    '/_next/data/a',
  ],
  ...[
    '/_next/webpack-hmr',
    '/__nextjs',
    '/__nextjs_original-stack-frames',
    '/_next/mcp',
    '/_next/postponed/resume',
  ],
  ...['/_error', '/_not-found', '/_document', '/_app', '/404', '/500', '/index', '/nowhere'],
];

/** The same path with something behind it, before it, or written in another way. */
const variants: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}x`,
  (path) => `${path}-x`,
  (path) => `${path}/x`,
  (path) => `${path}/`,
  (path) => `${path}.html`,
  (path) => `${path}%00`,
  (path) => `/x${path}`,
  (path) => `/%5F${path.slice(1)}`,
  (path) => path.toUpperCase(),
  (path) => `${path}${path.includes('?') ? '&' : '?'}_rsc=1&a=%zz`,
];

/** What is wrong with the policy of a page; an empty text when nothing is. */
function flawOf(policy: string, page: string): string {
  const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each]));
  if (!policy) return 'none';
  if (/unsafe|http:/.test(policy.replace(/form-action [^;]*/, ''))) return 'unsafe';
  if (directives.get('frame-ancestors') !== "frame-ancestors 'none'") return 'framed';
  if (directives.get('base-uri') !== "base-uri 'none'") return 'base';
  if (directives.get('default-src') === "default-src 'none'" && !directives.has('script-src')) return '';
  const nonce = /'nonce-([\w+/]{22}==)'/.exec(directives.get('script-src') ?? '')?.[1];
  return nonce && page.includes(`nonce="${nonce}"`) ? '' : 'no nonce';
}

describe('every answer, whatever the path and however it is written', () => {
  test.for(['signed out', 'signed in'])(
    'has an id, and a policy if it is a page: %s',
    async (who, { visitor, person, stack }) => {
      if (who === 'signed in') await visitor.logIn(person.id);
      const headers: Record<string, string> = visitor.session ? { cookie: `session=${visitor.session}` } : {};
      const flaws: string[] = [];
      let pages = 0;
      for (const path of new Set(known.flatMap((each) => variants.map((vary) => vary(each))))) {
        for (const method of path.includes('auth') ? ['GET', 'HEAD'] : ['GET']) {
          const answer = await send(`${stack.appUrl}${path}`, { method, headers });
          const type = answer.headers['content-type'] ?? '';
          const name = `${method} ${path} ${answer.status} ${type}`;
          if (!/^[\da-f-]{36}$/.test(String(answer.headers['x-request-id']))) flaws.push(`${name}: no id`);
          if (answer.status !== 308 && answer.headers['x-content-type-options'] !== 'nosniff')
            flaws.push(`${name}: sniffed`);
          if (answer.status >= 500) flaws.push(`${name}: fails`);
          if (!/html|xml/.test(type) || type.startsWith('image/svg')) continue;
          pages += 1;
          const flaw = flawOf(String(answer.headers['content-security-policy'] ?? ''), answer.text);
          if (flaw && method === 'GET') flaws.push(`${name}: policy: ${flaw}`);
        }
      }
      expect(flaws).toEqual([]);
      expect(pages).toBeGreaterThan(200);
    },
  );

  test('has an id when it refuses a method', async ({ stack }) => {
    for (const path of known) {
      for (const method of ['POST', 'PUT', 'TRACE', 'PROPFIND']) {
        const answer = await send(`${stack.appUrl}${path}`, { method });
        expect(answer.headers['x-request-id'], `${method} ${path}`).toMatch(/^[\da-f-]{36}$/);
        expect(answer.status, `${method} ${path}`).toBeLessThan(500);
        // Next answers for its own files itself.
        if (answer.status === 405 && !/^\/(_next|icon\.svg)/.test(path))
          expect(answer.headers['content-type'], `${method} ${path}`).toBe('application/problem+json');
      }
    }
  });
});

describe('Strict-Transport-Security', () => {
  const hsts = async (origin: string) => {
    const { stack, stop } = await startStack({ NEXTAUTH_URL: origin });
    const paths = ['/login', '/api/me', '/nowhere', '/%zz'];
    const seen = await Promise.all(paths.map((path) => send(`${stack.appUrl}${path}`))).finally(stop);
    return new Set(seen.map(({ headers }) => headers['strict-transport-security']));
  };

  test('is sent for an https origin, without speaking for its subdomains', async () => {
    expect(await hsts('https://login.example.com')).toEqual(new Set(['max-age=31536000']));
  });

  test('is not sent for this machine, whose other servers may not speak https', async () => {
    for (const origin of ['https://localhost:3443', 'https://127.0.0.1', 'https://app.localhost'])
      expect(await hsts(origin)).toEqual(new Set([undefined]));
  });
});

test('a router state that nobody can read is no error of ours', async ({ visitor }) => {
  for (const path of ['/', '/login', '/nowhere', '/account']) {
    const headers = { rsc: '1', 'next-router-state-tree': 'bad', 'next-router-prefetch': 'x' };
    let answer = await visitor.send(path, { headers });
    for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 3; hops += 1)
      answer = await visitor.send(String(answer.headers.location), { headers });
    expect(answer.status, path).toBeLessThan(500);
  }
});
