import type { Page, Response } from '@playwright/test';
import { type FailureCode, type Locale, text } from '../lib/text';
import type { Stack } from './servers';
import type { Database } from './support/database';
import type { Kakao, Person } from './support/kakao';
import { expectAccount, expectFailure, goToKakao, pressKakaoButton } from './support/steps';
import { expect, test } from './support/test';
import { Visitor } from './support/visitor';

interface Scene {
  readonly page: Page;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly database: Database;
  readonly stack: Stack;
  readonly locale: Locale;
}

interface Way {
  readonly code: FailureCode;
  readonly how: string;
  /** Leads a browser into this failure. */
  fail(scene: Scene): Promise<void>;
  /** Whether the button leads to a login once the cause is gone. */
  readonly retry?: boolean;
}

const start = '/login?returnTo=%2F%3Fcart%3D1';
/** One each: a flood that met the end of another's minute would be half forgotten. */
const addresses = { ko: '198.51.100.7', en: '198.51.100.8' };

/** Sends the browser through a login that Kakao does not stop. */
async function logInQuickly({ page, kakao, person, locale }: Scene): Promise<void> {
  await kakao.approveNext(person);
  await goToKakao(page, start, locale);
}

/** A way that goes wrong where the app asks Kakao. */
function byFault(code: FailureCode, how: string, endpoint: string, effect: Record<string, unknown>): Way {
  return {
    code,
    how,
    retry: true,
    async fail(scene) {
      await scene.kakao.fault(endpoint, { ...effect, always: true });
      await logInQuickly(scene);
    },
  };
}

const ways: readonly Way[] = [
  {
    code: 'cancelled',
    how: 'the person cancels',
    retry: true,
    async fail({ page, locale }) {
      await goToKakao(page, start, locale);
      await page.getByTestId('cancel').click();
    },
  },
  {
    code: 'expired',
    how: 'the flow began in another browser',
    async fail({ page, person, stack }) {
      const other = new Visitor(stack);
      await page.goto(await other.agree(await other.begin(), person.id));
    },
  },
  byFault('kakao_rejected', 'Kakao says that the code is used up', '/oauth/token', { kakao: 'KOE320' }),
  byFault('kakao_unavailable', 'Kakao is silent at the exchange', '/oauth/token', { delayMs: 20_000 }),
  byFault('kakao_unavailable', 'Kakao is silent about the person', '/v2/user/me', { delayMs: 20_000 }),
  byFault('kakao_unavailable', 'Kakao is out of quota', '/oauth/token', { kakao: 'KOE237' }),
  byFault('kakao_unavailable', 'Kakao has too many requests', '/oauth/token', { status: 429, body: '{}' }),
  byFault('misconfigured', 'Kakao does not know our key', '/oauth/token', { kakao: 'KOE101' }),
  byFault('misconfigured', 'Kakao refuses our redirect URI', '/oauth/token', { kakao: 'KOE303' }),
  {
    code: 'misconfigured',
    how: 'the client secret was changed',
    async fail(scene) {
      await scene.kakao.changeApp({ clientSecret: 'another_secret_than_we_have' });
      await logInQuickly(scene);
    },
  },
  byFault('unexpected', 'the ID token is for another app', '/oauth/token', {
    idToken: { aud: 'somebody-else' },
  }),
  byFault('unexpected', 'the profile has no id', '/v2/user/me', { body: '{}' }),
  {
    code: 'under_14',
    how: 'the person is a child',
    async fail({ page, kakao, person, locale }) {
      await kakao.change(person, { under14: true });
      await goToKakao(page, start, locale);
      await page.getByRole('button', { name: person.nickname }).click();
    },
  },
  {
    code: 'blocked',
    how: 'the user is blocked here',
    async fail(scene) {
      const { stack, person, database } = scene;
      await new Visitor(stack).logIn(person.id);
      database.block(person.id);
      await logInQuickly(scene);
    },
  },
  {
    code: 'too_many_requests',
    how: 'there were too many attempts from one address',
    async fail({ page, stack, locale }) {
      const address = addresses[locale];
      const flood = async () => {
        const visitor = new Visitor(stack);
        const form = { 'x-forwarded-for': address };
        for (let count = 0; count < 75; count += 1) await visitor.post('/login/kakao', {}, form);
      };
      await Promise.all(Array.from({ length: 20 }, flood));
      await page.setExtraHTTPHeaders({ 'x-forwarded-for': address });
      await goToKakao(page, start, locale);
    },
  },
];

for (const locale of ['ko', 'en'] as const) {
  test.describe(`in ${locale === 'ko' ? 'Korean' : 'English'}`, () => {
    test.use({ locale: locale === 'ko' ? 'ko-KR' : 'en-US' });

    for (const { code, how, fail, retry } of ways) {
      test(`when ${how}, the page explains ${code} and what to do`, async ({
        page,
        kakao,
        person,
        database,
        stack,
      }) => {
        test.slow(code === 'too_many_requests', 'it floods the server first');
        const scene = { page, kakao, person, database, stack, locale };
        const arrived = page.waitForResponse((response) => isFailurePage(response, code));
        await fail(scene);
        await expectFailure(page, code, locale);
        const { title } = text(locale).login.failures[code];
        await expect(page).toHaveTitle(new RegExp(title));
        await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
        await expectSupportCode(page, await arrived, locale);
        expect(await page.request.get('/api/me').then((answer) => answer.status())).toBe(401);
        if (!retry) return;
        await kakao.clearFaults();
        await kakao.approveNext(person);
        await pressKakaoButton(page, locale);
        await expect(page).toHaveURL('/?cart=1');
      });
    }
  });
}

const badIdTokens: readonly [string, Record<string, unknown>][] = [
  ['another issuer', { iss: 'https://e.com' }],
  ['another nonce', { nonce: 'another' }],
  ['no nonce', { nonce: null }],
  ['another person', { sub: '1' }],
  ['no person', { sub: null }],
  ['an end in the past', { exp: 1_000 }],
  ['no end', { exp: null }],
  ['a beginning in the far future', { iat: 4_000_000_000 }],
  ['no signature', { alg: 'none' }],
  ['a signature with the client secret', { alg: 'HS256' }],
  ['an unknown key', { signWith: 'unknown-key' }],
  ['a foreign key under a known name', { signWith: 'foreign-key-same-kid' }],
];

for (const [what, idToken] of badIdTokens) {
  test(`an ID token with ${what} signs nobody in`, async ({ kakao, person, visitor, database }) => {
    await kakao.fault('/oauth/token', { idToken });
    const callback = await visitor.agree(await visitor.begin(), person.id);
    expect((await visitor.send(callback)).headers.location).toBe('/login?error=unexpected');
    expect(await visitor.whoAmI()).toBeNull();
    expect(database.users(person.id)).toEqual([]);
  });
}

test('the exchange of a code is never tried a second time', async ({ kakao, visitor }) => {
  for (const effect of [
    { reset: true },
    { status: 503, body: 'down' },
    { malformed: true },
    { truncate: true },
  ]) {
    await kakao.reset();
    await kakao.fault('/oauth/token', { ...effect, always: true });
    const someone = await kakao.addPerson();
    const answer = await visitor.send(await visitor.agree(await visitor.begin(), someone.id));
    expect(answer.headers.location, JSON.stringify(effect)).toBe('/login?error=kakao_unavailable');
    expect(await kakao.exchanges(), JSON.stringify(effect)).toBe(1);
  }
});

test('any callback is answered within 6 s, however slow Kakao is', async ({ kakao, person, visitor }) => {
  for (const [endpoint, delayMs] of [
    ['/oauth/token', 2_800],
    ['/v2/user/me', 20_000],
  ] as const) {
    await kakao.fault(endpoint, { delayMs, always: true });
  }
  const callback = await visitor.agree(await visitor.begin(), person.id);
  const begun = Date.now();
  expect((await visitor.send(callback)).headers.location).toBe('/login?error=kakao_unavailable');
  expect(Date.now() - begun).toBeLessThan(6_000);
});

test('a login without an ID token is fine when none was asked for', async ({ page, kakao, person }) => {
  await kakao.changeApp({ oidc: false });
  await kakao.approveNext(person);
  await goToKakao(page);
  await expectAccount(page, person.nickname);
});

test('no two failures have the same title, and an unknown one has sentences too', async ({ page, stack }) => {
  for (const locale of ['ko', 'en'] as const) {
    await page.context().addCookies([{ name: 'lang', value: locale, url: stack.appUrl }]);
    const titles = new Set<string>();
    const codes = Object.keys(text(locale).login.failures);
    for (const code of codes) {
      await page.goto(`/login?error=${code}`);
      titles.add(await page.title());
    }
    expect(titles.size).toBe(codes.length);
    await page.goto('/login?error=%3Cscript%3E');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      text(locale).login.failures.unexpected.title,
    );
  }
});

function isFailurePage(response: Response, code: FailureCode): boolean {
  const url = new URL(response.url());
  return url.pathname === '/login' && url.searchParams.get('error') === code && response.status() === 200;
}

async function expectSupportCode(page: Page, response: Response, locale: Locale): Promise<void> {
  const id = response.headers()['x-request-id'] ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  await expect(page.getByText(`${text(locale).login.supportCode} ${id}`)).toBeVisible();
}
