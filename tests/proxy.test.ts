import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { config, proxy } from '@/proxy';
import { stubEnvironment } from './support/env';

const files = readdirSync(join(import.meta.dirname, '../app'), { recursive: true, encoding: 'utf8' });

/** The paths of all files of this name below `app/`. */
function pathsOf(name: string): string[] {
  return files.flatMap((file) => {
    const parts = file.split(sep);
    return parts.pop() === name ? [`/${parts.join('/')}`] : [];
  });
}

function isDocument(path: string): boolean {
  return config.matcher.some((matcher) => new RegExp(`^${matcher}$`).test(path));
}

describe('the headers of documents', () => {
  it('are set on every page', () => {
    const pages = pathsOf('page.tsx');
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((path) => !isDocument(path))).toEqual([]);
  });

  it('are set on the page that says that there is none', () => {
    for (const path of ['/nowhere', '/login/nowhere', '/logout/nowhere', '/account/consents/nowhere']) {
      expect(isDocument(path), path).toBe(true);
    }
  });

  it('are not set on a route, which proxy.ts has to name unless it is under /api', () => {
    const routes = pathsOf('route.ts');
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter(isDocument)).toEqual([]);
  });
});

describe('a page opened by another name of this machine than NEXTAUTH_URL has', () => {
  beforeAll(() => stubEnvironment({ NEXTAUTH_URL: 'http://localhost:3000' }));
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const open = (host: string, headers: Record<string, string> = navigation) =>
    proxy(new NextRequest('http://localhost:3000/login?returnTo=%2Fa', { headers: { host, ...headers } }));

  it.each(['127.0.0.1:3000', '[::1]:3000', 'app.localhost:3000'])('%s, goes on at NEXTAUTH_URL', (host) => {
    const answer = open(host);
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toBe('http://localhost:3000/login?returnTo=%2Fa');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    'localhost:3000',
    'LOCALHOST:3000',
    '127.0.0.1:8080',
    'internal:3000',
    '192.168.0.10:3000',
    'a b',
    '',
  ])('stays where it is at %j', (host) => expect(open(host).headers.get('location')).toBeNull());

  it('stays for whoever is no browser on its way to a page', () => {
    expect(open('127.0.0.1:3000', {}).headers.get('location')).toBeNull();
    const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
    expect(open('127.0.0.1:3000', script).headers.get('location')).toBeNull();
  });
});
