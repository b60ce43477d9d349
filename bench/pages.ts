import { randomUUID } from 'node:crypto';
import { databaseFile } from '../lib/db/client.ts';
import { storedDate } from '../lib/db/prisma-adapter.ts';
import { openSqlite } from '../lib/db/sqlite.ts';
import { type Browser, createBrowser } from './browser.ts';
import type { FakeKakao } from './kakao.ts';
import { logIn } from './logins.ts';
import { measureRequests, type RequestWindow } from './requests.ts';
import type { Server } from './server.ts';
import { alternate, medians, type Rounds } from './windows.ts';

/** The medians of one kind of request. */
export interface RequestResult {
  readonly name: string;
  readonly window: RequestWindow;
}

interface Asked {
  readonly name: string;
  readonly server: Server;
  readonly browsers: readonly Browser[];
  readonly path: string;
}

const atOnce = 16;

/** Checks of a session that is there: what each target answers itself to who is asking. */
export async function measureChecks(
  servers: readonly Server[],
  kakao: FakeKakao,
  { times, ...rounds }: Rounds & { readonly times: number },
): Promise<RequestResult[]> {
  kakao.delayMs = 0;
  const everybody = new Map<Server, Browser[]>();
  for (const server of servers) everybody.set(server, await signedIn(server, kakao, atOnce));
  const windows = await alternate(servers, rounds, (server) =>
    measureRequests(server, everybody.get(server) ?? [], times, (browser) =>
      server.target.check(browser, server.origin),
    ),
  );
  for (const browser of [...everybody.values()].flat()) browser.close();
  return [...windows].map(([server, found]) => ({ name: server.target.name, window: medians(found) }));
}

/** Pages of this app, as its own target has them, beside an empty dynamic page of Next's. */
export async function measurePages(
  { ours, bare }: { readonly ours: Server; readonly bare: Server },
  kakao: FakeKakao,
  { times, ...rounds }: Rounds & { readonly times: number },
): Promise<RequestResult[]> {
  kakao.delayMs = 0;
  const pages: readonly Asked[] = [
    { name: 'empty dynamic page', server: bare, browsers: guests(4), path: '/' },
    { name: '/login', server: ours, browsers: guests(4), path: '/login' },
    {
      name: '/account, first visit',
      server: ours,
      browsers: await signedIn(ours, kakao, 4, 700_000),
      path: '/account',
    },
    {
      name: '/account, 200 history lines, 20 sessions',
      server: ours,
      browsers: await withPast(ours, await signedIn(ours, kakao, 4, 800_000)),
      path: '/account',
    },
  ];
  const view = ({ server, browsers, path }: Asked, views: number) =>
    measureRequests(server, browsers, views, (browser) => browser.send('GET', `${server.origin}${path}`));
  for (const page of pages) await view(page, times);
  const windows = await alternate(pages, rounds, (page) => view(page, times));
  for (const { browsers } of pages) for (const browser of browsers) browser.close();
  return [...windows].map(([{ name }, found]) => ({ name, window: medians(found) }));
}

function guests(count: number): Browser[] {
  return Array.from({ length: count }, createBrowser);
}

/** So many browsers, each with a person of its own. */
async function signedIn(
  server: Server,
  kakao: FakeKakao,
  count: number,
  firstId = 600_000,
): Promise<Browser[]> {
  kakao.idTokens = server.target.idTokens ?? false;
  const browsers = guests(count);
  for (const [at, browser] of browsers.entries()) await logIn(server, kakao, browser, String(firstId + at));
  return browsers;
}

/** Fills their history to 200 lines and their sessions to 20, in the database of the running server. */
async function withPast(server: Server, browsers: readonly Browser[]): Promise<readonly Browser[]> {
  const database = openSqlite(databaseFile(server.databaseUrl), { timeout: 5_000 });
  const now = Date.now();
  const before = (hours: number) => storedDate(new Date(now - hours * 3_600_000));
  for (const browser of browsers) {
    const { id } = JSON.parse((await server.target.check(browser, server.origin)).body) as { id: string };
    for (let at = 1; at < 20; at += 1) {
      database
        .prepare(
          `INSERT INTO "Session" ("id", "userId", "createdAt", "lastSeenAt", "expiresAt", "userAgent", "ip")
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run([randomUUID(), id, before(at), before(at), before(-24), userAgent, '203.0.113.0/24']);
    }
    for (let at = 1; at < 200; at += 1) {
      database
        .prepare(
          `INSERT INTO "SecurityEvent" ("id", "userId", "at", "kind", "device", "ip")
          VALUES (?, ?, ?, 'login', 'Chrome · Windows', '203.0.113.0/24')`,
        )
        .run([randomUUID(), id, before(at)]);
    }
  }
  database.close();
  return browsers;
}

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
