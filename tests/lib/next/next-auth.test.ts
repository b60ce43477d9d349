import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { getServerSession } from 'next-auth';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/lib/login/sign-in';
import { signOut } from '@/lib/login/sign-out';
import { authOptions } from '@/lib/next/next-auth';
import { withApp } from '../../support/app';
import { device, pressed } from '../../support/browser';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

// The request that Next is answering; outside Next there is none.
let request = new Headers();
vi.mock('next/headers', () => ({ headers: async () => request }));

const app = withApp();
const person = { id: '7', nickname: '춘식', profileImageUrl: null, email: null };
let token: string;

beforeEach(async () => {
  globalThis.kakaoLoginWiring = Promise.resolve(app.deps());
  token = (await signIn(app.deps(), person, pressed())).token;
});
afterEach(() => {
  globalThis.kakaoLoginWiring = undefined;
});

/** The modules of docs/api.md, as they stand there. */
const folder = mkdtempSync(join(import.meta.dirname, '.snippets-'));
afterAll(() => rmSync(folder, { recursive: true }));
async function snippet(name: string) {
  const api = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
  const [, code] = new RegExp(`\`\`\`ts\\n// ${name}\\n([^]*?)\`\`\``).exec(api) ?? [];
  const file = join(folder, name);
  writeFileSync(file, code ?? '');
  return import(file);
}

/** A request that Next is answering from now on. */
function requestWith(cookie: string, path = '/members?page=2'): NextRequest {
  const asked = new NextRequest(`http://localhost:3000${path}`, { headers: { cookie } });
  request = asked.headers;
  return asked;
}
const endSession = () => signOut(app.deps(), { tokens: [token], reach: 'here', device });

describe('getServerSession', () => {
  /** As in a page with these cookies. */
  const sessionWith = async (cookies: Readonly<Record<string, string>>) => {
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    request = new Headers({ cookie: cookie.join('; ') });
    const res = { getHeader: () => undefined, setHeader: () => undefined };
    const asked = [{ headers: {}, cookies }, res, authOptions] as unknown;
    return getServerSession(...(asked as Parameters<typeof getServerSession>));
  };

  it('is nobody’s without a session, with one that has ended, and with two', async () => {
    expect(await sessionWith({})).toBeNull();
    expect(await sessionWith({ 'session-3000': 'x', 'session-3000[x]': 'y' })).toBeNull();
    await endSession();
    expect(await sessionWith({ 'session-3000': token })).toBeNull();
  });

  it.each([
    {},
    { 'session-3000[x]': '1' },
    { 'session-3000@x': '1', 'session-3000.0': 'x' },
    { 'next-auth.callback-url': '%zz', 'next-auth.csrf-token': 'a|b', 'csrf-3000': '"' },
  ])('is that of our session, whatever is beside it: %j', async (others) => {
    expect(await sessionWith({ ...others, 'session-3000': token })).toEqual({
      user: { id: expect.any(String), name: '춘식', email: null, image: null },
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });
});

describe('getToken as docs/api.md says', () => {
  it('has no token of nobody, of a forged cookie, of a session that has ended', async () => {
    const { tokenOf } = await snippet('token-of.ts');
    expect(await tokenOf(requestWith(''))).toBeNull();
    expect(await tokenOf(requestWith(`session-3000=${token}x`))).toBeNull();
    expect(await tokenOf(requestWith(`session-3000=${token}; session-3000=tossed`))).toBeNull();
    expect(await tokenOf(requestWith(`session-3000=tossed; session-3000=${token}`))).toBeNull();
    await endSession();
    expect(await tokenOf(requestWith(`session-3000=${token}`))).toBeNull();
  });

  it('has the token of our session', async () => {
    const { tokenOf } = await snippet('token-of.ts');
    for (const beside of ['a=b', 'session-3000[x]=1', 'session-3000@x=%zz; session-3000.0=y']) {
      const found = await tokenOf(requestWith(`${beside}; session-3000=${token}`));
      expect(found).toMatchObject({ id: found.sub, name: '춘식', email: null, picture: null });
      expect(Object.keys(found).sort()).toEqual('email exp iat id name picture sid sub'.split(' '));
    }
  });
});

describe('withAuth as docs/api.md says', () => {
  it('sends whoever is signed out to our login page, and back', async () => {
    const { membersOnly } = await snippet('members-only.ts');
    for (const cookie of ['', 'session-3000=x', `session=${token}`]) {
      const answer = await membersOnly(requestWith(cookie));
      expect(answer.headers.get('location')).toBe(
        'http://localhost:3000/login?callbackUrl=%2Fmembers%3Fpage%3D2',
      );
    }
  });

  it('lets whoever is signed in pass, and everybody to the login page', async () => {
    const { membersOnly } = await snippet('members-only.ts');
    expect(await membersOnly(requestWith(`session-3000=${token}`))).toBeUndefined();
    expect(await membersOnly(requestWith('', '/login'))).toBeUndefined();
  });
});
