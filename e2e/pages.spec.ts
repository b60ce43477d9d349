import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Locale } from '../lib/text';
import type { Kakao } from '../tests/stack/kakao';
import type { Visitor } from '../tests/stack/visitor';
import { text } from '../tests/stack/words';
import { layoutShift, watch } from './support/page-watch';
import { expect, test } from './support/test';

interface Entry {
  readonly path: string;
  readonly signedIn?: boolean;
  /** A page that is there to say that something is not there. */
  readonly status?: number;
}

const failures = Object.keys(text('ko').login.failures);

const pages: readonly Entry[] = [
  { path: '/' },
  { path: '/', signedIn: true },
  { path: '/login' },
  { path: '/login', signedIn: true },
  { path: '/account', signedIn: true },
  { path: '/account?session=ended', signedIn: true },
  { path: '/account/history', signedIn: true },
  { path: '/account/devices', signedIn: true },
  { path: '/account/kakao', signedIn: true },
  { path: '/account/leave', signedIn: true },
  { path: '/account/leave/confirm', signedIn: true },
  { path: '/login/consent?scope=account_email&returnTo=/', signedIn: true },
  { path: '/goodbye?kakao=waiting' },
  { path: '/nowhere', status: 404 },
  ...failures.map((code) => ({ path: `/login?error=${code}` })),
];

const widths = [360, 1280] as const;
const schemes = ['light', 'dark'] as const;
/** Each scheme at one width, and in the other language at the other. */
const looks = {
  ko: [
    [360, 'light'],
    [1280, 'dark'],
  ],
  en: [
    [360, 'dark'],
    [1280, 'light'],
  ],
} as const;

for (const locale of ['ko', 'en'] as const) {
  for (const entry of pages) {
    const name = `${entry.path}${entry.signedIn ? ' of somebody signed in' : ''} in ${locale}`;

    test(`axe finds nothing on ${name}, light or dark, narrow or wide`, async ({
      page,
      kakao,
      visitor,
      stack,
    }) => {
      test.slow();
      const seen = watch(page, stack.appUrl);
      await prepare(page, stack.appUrl, locale, entry.signedIn ? await secondSession(kakao, visitor) : null);
      const answer = await page.goto(entry.path);
      expect(answer?.status()).toBe(entry.status ?? 200);
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      if (entry.path === '/account') await expectPicture(page);
      for (const [width, colorScheme] of looks[locale]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await sidewaysScroll(page), `${width} px`).toBeLessThanOrEqual(0);
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { violations } = await axe(page);
        expect(violations, `${width} px, ${colorScheme}`).toEqual([]);
      }
      await page.setViewportSize({ width: 360, height: 800 });
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      expect(await sidewaysScroll(page), 'text of twice the size').toBeLessThanOrEqual(0);
      expect(seen.foreignRequests).toEqual([]);
      expect(seen.problems.filter((problem) => !isAboutStatus(problem, entry.status))).toEqual([]);
    });
  }
}

test('every page has a title of its own in each language', async ({ page, kakao, visitor, stack }) => {
  const session = await secondSession(kakao, visitor);
  for (const locale of ['ko', 'en'] as const) {
    const titles: string[] = [];
    for (const path of [
      '/',
      '/login',
      '/account',
      '/account/history',
      '/account/devices',
      '/account/kakao',
      '/account/leave',
      '/account/leave/confirm',
      '/login/consent?scope=account_email&returnTo=/',
      '/goodbye',
      '/nowhere',
    ]) {
      await prepare(page, stack.appUrl, locale, /^\/(account|login\/consent)/.test(path) ? session : null);
      await page.goto(path);
      titles.push(await page.title());
    }
    expect(new Set(titles).size, titles.join(' | ')).toBe(titles.length);
  }
});

for (const locale of ['ko', 'en'] as const) {
  test(`the account of somebody with many devices and a long history is four screens of a phone at most in ${locale}`, async ({
    page,
    kakao,
    visitor,
    database,
    stack,
  }) => {
    const person = await kakao.addPerson({ nickname: '나리' });
    await visitor.logIn(person.id);
    database.fillAccount(person.id, { sessions: 8, entries: 199 });
    await page.setViewportSize({ width: 360, height: 760 });
    await prepare(page, stack.appUrl, locale, visitor.session);
    await page.goto('/account');
    await expect(page.locator('#sessions [data-session]')).toHaveCount(5);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(4 * 760);
  });
}

for (const path of ['/login', '/login?error=kakao_unavailable', '/', '/account']) {
  for (const width of widths) {
    test(`nothing on ${path} moves while it loads at ${width} px`, async ({
      page,
      kakao,
      visitor,
      stack,
    }) => {
      await page.setViewportSize({ width, height: 740 });
      await prepare(
        page,
        stack.appUrl,
        'ko',
        path === '/account' ? await secondSession(kakao, visitor) : null,
      );
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(await layoutShift(page)).toBe(0);
    });
  }
}

test('the open menu of the header is whole on a phone, also with text of twice the size', async ({
  page,
  kakao,
  visitor,
  stack,
}) => {
  await page.setViewportSize({ width: 360, height: 760 });
  await prepare(page, stack.appUrl, 'en', await secondSession(kakao, visitor));
  await page.goto('/');
  const banner = page.getByRole('banner');
  await banner.locator('summary').click();
  expect((await axe(page)).violations).toEqual([]);
  const { account, logout } = text('en').site;
  for (const size of ['100%', '200%']) {
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size);
    for (const item of [
      banner.getByRole('link', { name: account }),
      banner.getByRole('button', { name: logout }),
    ]) {
      await expect(item).toBeInViewport({ ratio: 1 });
      expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  }
});

test('a page that does move is noticed', async ({ page }) => {
  await page.goto('/login', { waitUntil: 'networkidle' });
  await page.evaluate(() =>
    document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'late' })),
  );
  await expect.poll(() => layoutShift(page)).toBeGreaterThan(0);
});

test('the controls of the login page are large enough for a thumb, and the Kakao button keeps its colours', async ({
  page,
}) => {
  const { kakaoButton, anotherAccount } = text('ko').login;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/login');
  const controls = [
    page.getByRole('button', { name: kakaoButton }),
    page.getByRole('button', { name: anotherAccount }),
    page.getByRole('button', { name: 'English' }),
    page.getByRole('banner').getByRole('link'),
  ];
  for (const control of controls) {
    const box = await control.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThanOrEqual(44);
  }
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await expect(page.getByRole('button', { name: kakaoButton })).toHaveCSS(
      'background-color',
      'rgb(254, 229, 0)',
    );
    await expect(page.getByRole('button', { name: kakaoButton })).toHaveCSS('color', 'rgba(0, 0, 0, 0.85)');
    await expect(page.getByRole('button', { name: kakaoButton })).toHaveCSS('border-radius', '12px');
  }
});

test('the skip link is the first stop of the keyboard, and the Kakao button can be pressed from there', async ({
  page,
  kakao,
  person,
}) => {
  await kakao.approveNext(person);
  await page.goto('/login');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: text('ko').site.skipToContent })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: text('ko').login.kakaoButton })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/account');
});

test('the login page says that Kakao is a local one', async ({ page }) => {
  await page.goto('/login');
  await expect(page.locator('[data-local-kakao]')).toBeVisible();
});

test('from there one comes to the people and keys of the local Kakao', async ({ page, person, stack }) => {
  await page.goto('/login');
  await page.getByRole('link', { name: text('ko').localKakao.open }).click();
  await expect(page).toHaveURL(`${stack.kakaoUrl}/`);
  await expect(page.getByText(person.nickname)).toBeVisible();
});

test('the language follows the browser, then the choice', async ({ browser, stack }) => {
  const context = await browser.newContext({ baseURL: stack.appUrl, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/login');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('en').login.title);
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('ko').login.title);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await context.close();
});

/** The second session of somebody with a picture, which comes from here like everything else. */
async function secondSession(kakao: Kakao, visitor: Visitor): Promise<string> {
  const person = await kakao.addPerson();
  await visitor.logIn(person.id);
  visitor.cookies.clear();
  await visitor.logIn(person.id);
  return visitor.session;
}

async function prepare(page: Page, url: string, locale: Locale, session: string | null): Promise<void> {
  const { port } = new URL(url);
  await page.context().clearCookies();
  await page
    .context()
    .addCookies([
      { name: `lang-${port}`, value: locale, url },
      ...(session ? [{ name: `session-${port}`, value: session, url }] : []),
    ]);
}

/** The picture of the person has come. */
async function expectPicture(page: Page): Promise<void> {
  const picture = page.getByRole('main').locator('img').first();
  await expect.poll(() => picture.evaluate((it) => Reflect.get(it, 'naturalWidth'))).toBeGreaterThan(0);
}

/** Without frames there is nothing to isolate in a page of its own, which is what the legacy mode leaves out. */
function axe(page: Page) {
  return new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
}

function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Chromium reports the status of a page that does not exist as an error. */
function isAboutStatus(problem: string, status: number | undefined): boolean {
  return status !== undefined && problem.includes(`status of ${status}`);
}
