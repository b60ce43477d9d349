import { describe, expect, it } from 'vitest';
import { findViewer } from '@/lib/login/find-viewer';
import { signOut } from '@/lib/login/sign-out';
import { withApp } from '../../support/app';
import { arriveWith, device, newBrowser, type Outcome, outcome } from '../../support/browser';
import { people } from '../../support/kakao';

const app = withApp();
const { kakao } = app;

const exchanges = async () => (await kakao.requests('/oauth/token')).length;
const users = () => app.deps().db.user.count();
const sessions = () => app.deps().db.session.count();
const tokenOf = (finished: Outcome) => (finished.kind === 'signed_in' ? finished.token : null);
const viewerOf = (finished: Outcome) => findViewer(app.deps(), tokenOf(finished));

/** Nothing happened: nobody is signed in, Kakao was not asked for tokens. */
async function expectNothing(finished: Outcome, code: string): Promise<void> {
  expect(outcome(finished)).toBe(code);
  expect(await exchanges()).toBe(0);
  expect(await users()).toBe(0);
}

it.each([50, 100, 150, 225])(
  'a login that leads to a search for %i Korean letters arrives there',
  async (letters) => {
    const returnTo = `/search?q=${'가'.repeat(letters)}`;
    const finished = await app.browser().login(people.plain, returnTo);
    expect(finished).toMatchObject({ kind: 'signed_in', returnTo: encodeURI(returnTo) });
  },
);

it('five logins that lead to long searches and were abandoned leave room, and the latest two go on', async () => {
  const browser = app.browser();
  const begun: string[] = [];
  for (let i = 0; i < 5; i += 1) begun.push(await browser.begin(`/search?q=${'가나다라'.repeat(55)}&i=${i}`));
  expect(browser.cookieHeader()?.length).toBeLessThan(6_000);
  for (const i of [3, 4]) {
    const finished = await browser.arrive(await kakao.approve(begun[i] ?? '', people.plain));
    expect(finished).toMatchObject({ kind: 'signed_in', returnTo: expect.stringMatching(`&i=${i}$`) });
  }
});

describe('a callback that is not of this browser', () => {
  it('with a good code and the state of somebody else’s flow does nothing', async () => {
    const attacker = app.browser();
    const back = await kakao.approve(await attacker.begin(), people.plain);
    const victim = app.browser();
    await victim.begin();
    await expectNothing(await victim.arrive(back), 'expired');
  });

  it('without any cookie does nothing', async () => {
    const back = await kakao.approve(await app.browser().begin(), people.plain);
    await expectNothing(await app.browser().arrive(back), 'expired');
  });

  it('without a state, or with one that nobody made, does nothing', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    const code = back.get('code') ?? '';
    await expectNothing(await browser.arrive(new URLSearchParams({ code })), 'expired');
    await expectNothing(await browser.arrive(new URLSearchParams({ code, state: 'made-up' })), 'expired');
    await expectNothing(await browser.arrive(new URLSearchParams()), 'expired');
  });

  it('with a cookie that was tampered with, or is over, removes it', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    const [name = '', value = ''] = (browser.cookieHeader() ?? '').split('=');
    const removed = expect.stringMatching(new RegExp(`^${name}=; Path=/; Max-Age=0;`));
    for (const cookieHeader of [`${name}=${value}x`, `${name}=`, `${name}=${value}; ${name}=${value}`]) {
      const finished = await again(back, cookieHeader);
      await expectNothing(finished, 'expired');
      expect(finished).toMatchObject({ clearCookie: removed });
    }
  });

  it('leaves the flow that the browser really began alone', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/mine'), people.plain);
    await browser.arrive(new URLSearchParams({ code: 'x', state: 'made-up' }));
    expect(await browser.arrive(back)).toMatchObject({ kind: 'signed_in', returnTo: '/mine' });
  });

  it('does not end or change the session that is there', async () => {
    const browser = app.browser();
    await browser.login(people.plain);
    const token = browser.sessionToken();
    const attackers = await kakao.approve(await app.browser().begin('/theirs'), people.another);
    expect(await browser.arrive(attackers)).toEqual({
      kind: 'already_signed_in',
      returnTo: '/account',
      clearCookie: null,
    });
    expect(browser.sessionToken()).toBe(token);
    expect((await findViewer(app.deps(), token))?.user.kakaoId).toBe(people.plain);
    expect(await exchanges()).toBe(1);
  });

  it('is answered as a failed login also when the sessions cannot be read', async () => {
    const browser = app.browser();
    await browser.login(people.plain);
    const theirs = await kakao.approve(await app.browser().begin(), people.another);
    await app.deps().db.$executeRawUnsafe('ALTER TABLE "Session" RENAME TO "Broken"');
    try {
      expect(outcome(await browser.arrive(theirs))).toBe('unexpected');
    } finally {
      await app.deps().db.$executeRawUnsafe('ALTER TABLE "Broken" RENAME TO "Session"');
    }
    expect(await exchanges()).toBe(1);
  });

  it('does not spend the code of an own flow when the sessions cannot be read', async () => {
    const browser = app.browser();
    await browser.login(people.plain);
    const again = await kakao.approve(await browser.begin('/mine'), people.plain);
    await app.deps().db.$executeRawUnsafe('ALTER TABLE "Session" RENAME TO "Broken"');
    try {
      expect(outcome(await browser.arrive(again))).toBe('unexpected');
    } finally {
      await app.deps().db.$executeRawUnsafe('ALTER TABLE "Broken" RENAME TO "Session"');
    }
    expect(await exchanges()).toBe(1);
  });

  it('cannot carry a refusal into it either', async () => {
    const browser = app.browser();
    const location = await browser.begin();
    const forged = new URLSearchParams({ error: 'access_denied', state: 'made-up' });
    await expectNothing(await browser.arrive(forged), 'expired');
    expect(outcome(await browser.arrive(await kakao.approve(location, people.plain)))).toBe('signed_in');
  });
});

describe('two flows of one browser', () => {
  it('both lead to the end, side by side', async () => {
    const browser = app.browser();
    const [first, second] = [await browser.begin('/one'), await browser.begin('/two')];
    const backOfSecond = await kakao.approve(second, people.plain);
    const backOfFirst = await kakao.approve(first, people.plain);
    expect(await browser.arrive(backOfSecond)).toMatchObject({ kind: 'signed_in', returnTo: '/two' });
    expect(await browser.arrive(backOfFirst)).toMatchObject({ kind: 'signed_in', returnTo: '/one' });
    expect(await users()).toBe(1);
  });

  it('whose states were swapped sign nobody in', async () => {
    const browser = app.browser();
    const one = await kakao.approve(await browser.begin(), people.plain);
    const two = await kakao.approve(await browser.begin(), people.another);
    const swapped = (code: URLSearchParams, state: URLSearchParams) =>
      new URLSearchParams({ code: code.get('code') ?? '', state: state.get('state') ?? '' });
    expect(outcome(await browser.arrive(swapped(one, two)))).toBe('kakao_rejected');
    expect(outcome(await browser.arrive(swapped(two, one)))).toBe('kakao_rejected');
    expect(await users()).toBe(0);
  });
});

/** A login whose browser still has the cookie of the flow, as if the answer had not reached it. */
async function loginAndKeepFlow() {
  const browser = app.browser();
  const back = await kakao.approve(await browser.begin('/cart'), people.plain);
  const cookieHeader = browser.cookieHeader();
  const token = tokenOf(await browser.arrive(back)) ?? '';
  return { back, cookieHeader, token, browser };
}

/** A callback as it came before. */
function again(query: URLSearchParams, cookieHeader: string | null): Promise<Outcome> {
  return arriveWith(app.deps(), { query, cookieHeader, sessionToken: null, device });
}

describe('a callback that arrives again', () => {
  it('in the signed-in browser leads where it led before, without another exchange', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/orders?id=7'), people.plain);
    await browser.arrive(back);
    const token = browser.sessionToken();
    expect(await browser.arrive(back)).toEqual({
      kind: 'already_signed_in',
      returnTo: '/orders?id=7',
      clearCookie: null,
    });
    expect(browser.sessionToken()).toBe(token);
    expect(await exchanges()).toBe(1);
    expect(await sessions()).toBe(1);
  });

  it('after a restart leads to the account page', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/orders'), people.plain);
    await browser.arrive(back);
    app.restart();
    expect(await browser.arrive(back)).toEqual({
      kind: 'already_signed_in',
      returnTo: '/account',
      clearCookie: null,
    });
    expect(await exchanges()).toBe(1);
  });

  it('after signing out is over', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    await browser.arrive(back);
    await signOut(app.deps(), { tokens: [browser.sessionToken() ?? ''], reach: 'here', device });
    expect(outcome(await browser.arrive(back))).toBe('expired');
    expect(await exchanges()).toBe(1);
  });

  it('with the cookie of its flow gets the same session for a minute, and then none', async () => {
    const { back, cookieHeader, token, browser } = await loginAndKeepFlow();
    app.pass(59_000);
    expect(await again(back, cookieHeader)).toMatchObject({ kind: 'signed_in', token });
    app.pass(1_000);
    const late = await again(back, cookieHeader);
    expect([outcome(late), late]).toMatchObject(['expired', { clearCookie: expect.stringContaining('=;') }]);
    expect(await browser.arrive(back)).toMatchObject({ kind: 'already_signed_in', returnTo: '/cart' });
    expect(await exchanges()).toBe(1);
  });

  it('with the cookie of its flow gets no session that has ended', async () => {
    const { back, cookieHeader, token } = await loginAndKeepFlow();
    await signOut(app.deps(), { tokens: [token], reach: 'here', device });
    expect(outcome(await again(back, cookieHeader))).toBe('expired');
    expect(await exchanges()).toBe(1);
  });

  it('in another browser is over, and tells it nothing of the first', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/private'), people.plain);
    await browser.arrive(back);
    const thief = app.browser();
    expect(await thief.arrive(back)).toMatchObject({ kind: 'failed', returnTo: '/account' });
    await thief.login(people.another);
    expect(await thief.arrive(back)).toEqual({
      kind: 'already_signed_in',
      returnTo: '/account',
      clearCookie: null,
    });
    expect(await exchanges()).toBe(2);
  });

  it('at the same time shares one exchange and one session', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => browser.arrive(back)));
    expect(first?.kind).toBe('signed_in');
    for (const other of others) expect(other).toEqual(first);
    expect(await exchanges()).toBe(1);
    expect(await sessions()).toBe(1);
    expect(first && (await viewerOf(first))?.user.kakaoId).toBe(people.plain);
  });

  it('at the same time shares a failure, too', async () => {
    await kakao.fault('/oauth/token', { kakao: 'KOE320' });
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    const all = await Promise.all([browser.arrive(back), browser.arrive(back)]);
    expect(all.map(outcome)).toEqual(['kakao_rejected', 'kakao_rejected']);
    expect(await exchanges()).toBe(1);
  });
});

describe('a refusal at Kakao', () => {
  it('by the person is cancelled, keeps the way back and removes the flow', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/cart'), people.plain, 'cancel');
    const finished = await browser.arrive(back);
    expect(finished).toMatchObject({ kind: 'failed', returnTo: '/cart' });
    await expectNothing(finished, 'cancelled');
    expect(browser.cookieHeader()).toBeNull();
  });

  it('because of age says so', async () => {
    const browser = app.browser();
    await expectNothing(await browser.login(people.child), 'under_14');
  });

  it('because of age at the profile says so and makes no user', async () => {
    await kakao.fault('/v2/user/me', { kakao: -406 });
    expect(outcome(await app.browser().login(people.plain))).toBe('under_14');
    expect(await users()).toBe(0);
  });
});

describe('Kakao out of order leaves no user, no session and a way to try again', () => {
  it.each([
    ['/oauth/token', { status: 503 }, 'kakao_unavailable'],
    ['/oauth/token', { reset: true }, 'kakao_unavailable'],
    ['/oauth/token', { body: '<html>' }, 'kakao_unavailable'],
    ['/oauth/token', { malformed: true }, 'kakao_unavailable'],
    ['/oauth/token', { kakao: 'KOE237' }, 'kakao_unavailable'],
    ['/oauth/token', { status: 429 }, 'kakao_unavailable'],
    ['/oauth/token', { kakao: 'KOE320' }, 'kakao_rejected'],
    ['/oauth/token', { kakao: 'KOE101' }, 'misconfigured'],
    ['/oauth/token', { kakao: 'KOE303' }, 'misconfigured'],
    ['/oauth/token', { idToken: { nonce: 'another' } }, 'unexpected'],
    ['/oauth/token', { idToken: { sub: '3900000002' } }, 'unexpected'],
    ['/v2/user/me', { status: 500, times: 2 }, 'kakao_unavailable'],
    ['/v2/user/me', { reset: true, times: 2 }, 'kakao_unavailable'],
    ['/v2/user/me', { kakao: -10 }, 'kakao_unavailable'],
    ['/v2/user/me', { kakao: -4 }, 'kakao_unavailable'],
    ['/v2/user/me', { kakao: -401 }, 'kakao_rejected'],
    ['/v2/user/me', { kakao: -103 }, 'kakao_rejected'],
    ['/v2/user/me', { body: '{}' }, 'unexpected'],
    ['/v2/user/me', { replace: { id: 0 } }, 'unexpected'],
    ['/v2/user/me', { replace: { id: 3900000002 } }, 'unexpected'],
  ])('%s %j is %s', async (endpoint, fault, code) => {
    await kakao.fault(endpoint, fault);
    const browser = app.browser();
    const finished = await browser.login(people.plain, '/cart');
    expect(outcome(finished)).toBe(code);
    expect(finished).toMatchObject({ returnTo: '/cart', clearCookie: expect.stringContaining('Max-Age=0') });
    expect([await users(), await sessions(), await exchanges()]).toEqual([0, 0, 1]);
    expect(browser.cookieHeader()).toBeNull();
    expect(outcome(await browser.login(people.plain))).toBe('signed_in');
  });

  it('tells the operator Kakao’s own code, and neither the code nor a token', async () => {
    await kakao.fault('/oauth/token', { kakao: 'KOE320' });
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    const finished = await browser.arrive(back);
    expect(finished).toMatchObject({ error: { reason: 'code_rejected', kakaoCode: 'KOE320' } });
    const error = finished.kind === 'failed' ? finished.error : null;
    expect(`${error?.message} ${JSON.stringify(error)}`).not.toContain(back.get('code'));
  });

  it('a Kakao that is slow at every step is given up within six seconds', { timeout: 20_000 }, async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    await kakao.fault('/oauth/token', { delayMs: 2_700 });
    await kakao.fault('/v2/user/me', { delayMs: 20_000, always: true });
    const began = performance.now();
    expect(outcome(await browser.arrive(back))).toBe('kakao_unavailable');
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(await users()).toBe(0);
  });

  it('keys that never come after a slow exchange are given up within six seconds', {
    timeout: 20_000,
  }, async () => {
    const { authServerOrigin } = app.deps().kakao;
    const neverAsked = { authServerOrigin: authServerOrigin.replace('localhost', '127.0.0.1') };
    const browser = newBrowser(() => app.deps(neverAsked));
    const back = await kakao.approve(await browser.begin(), people.plain);
    await kakao.fault('/oauth/token', { delayMs: 2_900 });
    await kakao.fault('/.well-known/jwks.json', { delayMs: 20_000, always: true });
    const began = performance.now();
    expect(outcome(await browser.arrive(back))).toBe('kakao_unavailable');
    expect(performance.now() - began).toBeLessThan(5_750);
    expect(await users()).toBe(0);
  });

  it('a slow Kakao before a locked database is given up within six seconds', {
    timeout: 20_000,
  }, async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(), people.plain);
    await kakao.fault('/oauth/token', { delayMs: 2_300 });
    await kakao.fault('/v2/user/me', { delayMs: 2_000 });
    const release = await app.lockDatabase();
    const began = performance.now();
    try {
      expect(outcome(await browser.arrive(back))).toBe('unexpected');
    } finally {
      await release();
    }
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(await users()).toBe(0);
  });

  it('signed-in people notice nothing of it', async () => {
    const browser = app.browser();
    const finished = await browser.login(people.plain);
    await kakao.fault('/v2/user/me', { status: 503, always: true });
    await kakao.fault('/oauth/token', { status: 503, always: true });
    expect((await viewerOf(finished))?.user.kakaoId).toBe(people.plain);
  });
});

describe('a login', () => {
  it('goes on after a restart in the middle: the browser carries the flow', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin('/cart'), people.plain);
    app.restart();
    expect(await browser.arrive(back)).toMatchObject({ kind: 'signed_in', returnTo: '/cart' });
  });

  it('goes to one name of Kakao in the browser, and is exchanged at another', async () => {
    const { authOrigin } = app.deps().kakao;
    const forBrowsers = 'http://only-for-browsers:1';
    const browser = newBrowser(() => app.deps({ authOrigin: forBrowsers }));
    const location = await browser.begin();
    expect(location.startsWith(`${forBrowsers}/oauth/authorize?`)).toBe(true);
    const back = await kakao.approve(location.replace(forBrowsers, authOrigin), people.plain);
    expect(await browser.arrive(back)).toMatchObject({ kind: 'signed_in' });
  });

  it('works without an ID token when OpenID Connect is off', async () => {
    await kakao.patchApp({ oidc: false });
    expect(outcome(await app.browser().login(people.plain))).toBe('signed_in');
  });

  it('fails when openid is asked for and no ID token comes', async () => {
    await kakao.fault('/oauth/token', { idToken: { omit: true } });
    const browser = newBrowser(() => app.deps({ scope: 'openid' }));
    expect(outcome(await browser.login(people.plain))).toBe('unexpected');
    expect(await users()).toBe(0);
  });

  it('keeps apart two people whose ids round to the same number', async () => {
    await app.browser().login(people.exact);
    await app.browser().login(people.rounded);
    const all = await app.deps().db.user.findMany({ orderBy: { kakaoId: 'asc' } });
    expect(all.map((user) => user.kakaoId)).toEqual([people.rounded, people.exact]);
  });

  it('replaces the session that the browser had, and no other', async () => {
    const elsewhere = await app.browser().login(people.plain);
    const browser = app.browser();
    const before = await browser.login(people.plain);
    const after = await browser.login(people.another);
    expect(await viewerOf(before)).toBeNull();
    expect((await viewerOf(after))?.user.kakaoId).toBe(people.another);
    expect((await viewerOf(elsewhere))?.user.kakaoId).toBe(people.plain);
    const replaced = await app.deps().db.session.findMany({ where: { revokedReason: 'replaced' } });
    expect(replaced).toHaveLength(1);
  });

  it('that fails leaves the session that the browser had', async () => {
    const browser = app.browser();
    const before = await browser.login(people.plain);
    await kakao.fault('/oauth/token', { status: 503 });
    await browser.login(people.another);
    expect((await viewerOf(before))?.user.kakaoId).toBe(people.plain);
  });

  it('never leads away, whatever it was begun with', async () => {
    const finished = await app.browser().login(people.plain, '/..//evil.example');
    expect(finished).toMatchObject({ kind: 'signed_in', returnTo: '/account' });
  });
});
