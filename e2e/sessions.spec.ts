import type { Browser, Page } from '@playwright/test';
import type { Stack } from '../tests/stack/servers';
import { text } from '../tests/stack/words';
import { choosePerson, expectAccount, goToKakao, logIn, openAccount, signIn } from './support/steps';
import { expect, test } from './support/test';

const { sessions, history, login } = text('ko');
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a session that is ended from another browser is out at its next click', async ({
      page,
      browser,
      person,
      kakao,
      stack,
      database,
    }) => {
      await signIn(page, kakao, person);
      const phone = await openPhone(browser, stack, javaScriptEnabled);
      await goToKakao(phone);
      await choosePerson(phone, person);
      await expectAccount(phone, person.nickname);
      await page.reload();
      const rows = page.locator('#sessions [data-session]');
      await expect(rows).toHaveCount(2);
      await expect(rows.first()).toContainText(sessions.current);
      await expect(rows.first().getByRole('button')).toHaveCount(0);
      await page.getByRole('button', { name: sessions.end('Safari · iPhone') }).click();
      await expect(page.getByRole('status')).toHaveText(sessions.outcomes.ended);
      await expect(rows).toHaveCount(1);
      await openAccount(phone);
      await expect(phone).toHaveURL((url) => url.pathname === '/login');
      await page.goto('/account');
      await expectAccount(page, person.nickname);
      await expect(kindsOf(page)).toHaveText([
        new RegExp(history.session_ended('Safari · iPhone')),
        new RegExp(history.new_device),
        new RegExp(history.login),
      ]);
      expect(database.sessions(person.id)).toMatchObject([
        { revokedReason: null },
        { revokedReason: 'ended_by_user' },
      ]);
      await phone.context().close();
    });

    test('all other sessions end together, and this one stays', async ({ page, person, kakao, visitor }) => {
      await signIn(page, kakao, person);
      await visitor.logIn(person.id);
      await page.reload();
      await page.getByRole('button', { name: sessions.endOthers }).click();
      await expect(page.getByRole('status')).toHaveText(sessions.outcomes.others_ended);
      await expect(page.getByText(sessions.only)).toBeVisible();
      expect(await visitor.whoAmI()).toBeNull();
    });

    test('a session that is gone already is no error', async ({ page, person, kakao, visitor }) => {
      await signIn(page, kakao, person);
      await visitor.logIn(person.id);
      await page.reload();
      await visitor.post('/logout');
      await page.getByRole('button', { name: sessions.end(sessions.unknownDevice) }).click();
      await expect(page.getByRole('status')).toHaveText(sessions.outcomes.not_found);
    });
  });
}

test('somebody who is blocked is out at the next click, and is told no more than that at the next login', async ({
  page,
  person,
  database,
}) => {
  await logIn(page, person);
  database.block(person.id);
  await openAccount(page);
  await expect(page).toHaveURL((url) => url.pathname === '/login');
  await page.getByRole('button', { name: login.kakaoButton }).click();
  await expect(page.locator('[data-login-error]')).toContainText(login.failures.blocked.title);
  await expect(page.getByText(person.nickname)).toHaveCount(0);
  await expect(page.getByText(person.email)).toHaveCount(0);
});

test('five devices and five entries are on the account page, and the rest on pages of their own', async ({
  page,
  person,
  kakao,
  database,
}) => {
  await signIn(page, kakao, person);
  database.fillAccount(person.id, { sessions: 8, entries: 8 });
  await page.reload();
  await expect(kindsOf(page)).toHaveCount(5);
  await expect(page.locator('#sessions [data-session]')).toHaveCount(5);
  await page.getByRole('link', { name: sessions.all(9) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(sessions.heading);
  await expect(page.locator('[data-session]')).toHaveCount(9);
});

test('the rest of the history has pages of its own, each with an address and a title', async ({
  page,
  person,
  database,
}) => {
  await logIn(page, person);
  database.fillAccount(person.id, { entries: 44 });
  await page.reload();
  await expect(kindsOf(page)).toHaveCount(5);
  await page.getByRole('link', { name: history.all }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(history.heading);
  const seen = new Set<string>();
  for (const [number, entries] of [20, 20, 5].entries()) {
    await expect(page.locator('[data-event]')).toHaveCount(entries);
    seen.add(`${page.url()} ${await page.title()}`);
    if (number < 2) await page.getByRole('link', { name: history.pages.older }).click();
  }
  expect(seen.size).toBe(3);
  await expect(page.getByRole('link', { name: history.pages.older })).toHaveCount(0);
  await page.getByRole('link', { name: history.pages.newer }).click();
  await expect(page).toHaveURL('/account/history?page=2');
  await page.goto('/account/history?page=9');
  await expect(page.getByText(history.pages.end)).toBeVisible();
});

test('the history is for the person alone, and a login leads back to the page of it', async ({ page }) => {
  await page.goto('/account/history?page=2');
  await expect(page).toHaveURL('/login?returnTo=/account/history%3Fpage%3D2');
});

async function openPhone(browser: Browser, stack: Stack, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({
    baseURL: stack.appUrl,
    locale: 'ko-KR',
    userAgent: iphone,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled,
  });
  return context.newPage();
}

function kindsOf(page: Page) {
  return page.locator('#history [data-event]');
}
