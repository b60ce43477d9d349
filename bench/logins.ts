import { type Browser, createBrowser } from './browser.ts';
import type { FakeKakao } from './kakao.ts';
import type { Server } from './server.ts';
import { median, share } from './windows.ts';

/** How people log in during a measurement. */
export interface Load {
  /** Browsers at the same time. */
  readonly browsers: number;
  /** Whole logins in all. */
  readonly logins: number;
  /** How far Kakao is away, ms. */
  readonly kakaoMs: number;
  /** `new`: everybody for the first time; `returning`: the same 500 people; a number: one of so many, see growth.ts. */
  readonly people: 'new' | 'returning' | number;
}

/** What was measured in one window. */
export interface LoginWindow {
  /** Logins that one core of the server could do in a second: from its CPU time, so the load does not count. */
  readonly loginsPerCore: number;
  readonly perSecond: number;
  /** From the callback's request to its answer with the session, median, ms. */
  readonly callbackMs: number;
  /** The first check of the session, median, ms. */
  readonly checkMs: number;
  readonly residentMb: number;
  readonly failed: number;
}

const returningPeople = 500;
/** The Kakao id before the first of the people that growth.ts puts into a database. */
export const firstSeeded = 2_000_000_000;
let people = 1_000_000;
let addresses = 0;

/** Logs people in until `logins` are through. */
export async function measureLogins(server: Server, kakao: FakeKakao, load: Load): Promise<LoginWindow> {
  kakao.delayMs = load.kakaoMs;
  kakao.idTokens = server.target.idTokens ?? false;
  const [callbacks, checks]: [number[], number[]] = [[], []];
  let failed = 0;
  const browsers = Array.from({ length: load.browsers }, createBrowser);
  const before = server.usage();
  const begun = performance.now();
  await share(browsers, load.logins, async (browser) => {
    try {
      const { callbackMs, checkMs } = await logIn(server, kakao, browser, nextPerson(load.people));
      callbacks.push(callbackMs);
      checks.push(checkMs);
    } catch (error) {
      failed += 1;
      if (failed === 1) process.stderr.write(`${server.target.name}: ${String(error)}\n`);
    }
  });
  const seconds = (performance.now() - begun) / 1_000;
  const after = server.usage();
  for (const browser of browsers) browser.close();
  return {
    loginsPerCore: load.logins / (after.cpuSeconds - before.cpuSeconds),
    perSecond: load.logins / seconds,
    callbackMs: median(callbacks),
    checkMs: median(checks),
    residentMb: after.residentMb,
    failed,
  };
}

/** A Kakao id. */
function nextPerson(kind: Load['people']): string {
  people += 1;
  if (kind === 'new') return String(people);
  if (kind === 'returning') return String(900_000 + (people % returningPeople));
  return String(firstSeeded + Math.floor(Math.random() * kind));
}

/**
 * One whole login as a browser does it: button, Kakao (who agrees at once), callback, first check of the session; as a
 * new visitor from a new address.
 *
 * @throws Error when a step does not answer as it should
 */
export async function logIn(
  { target, origin }: Server,
  kakao: FakeKakao,
  browser: Browser,
  kakaoId: string,
): Promise<{ callbackMs: number; checkMs: number }> {
  addresses += 1;
  browser.becomeNew(`10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`);
  const back = kakao.approve(await target.start(browser, origin), kakaoId);
  const begun = performance.now();
  const callback = await browser.send('GET', back);
  const callbackMs = performance.now() - begun;
  if (callback.status < 300 || callback.status > 303 || !callback.location.endsWith('/account')) {
    throw new Error(`the callback answered ${callback.status} to ${callback.location}`);
  }
  const checked = performance.now();
  const session = await target.check(browser, origin);
  const checkMs = performance.now() - checked;
  if (session.status !== 200 || !session.body.includes(kakaoId)) {
    throw new Error(`the session check answered ${session.status} ${session.body.slice(0, 100)}`);
  }
  return { callbackMs, checkMs };
}
