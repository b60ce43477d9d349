import { expect, type Page } from '@playwright/test';
import type { Locale } from '../../lib/text';
import type { Kakao, Person } from '../../tests/stack/kakao';
import { text } from '../../tests/stack/words';

/** Presses the Kakao button of the page. */
export async function pressKakaoButton(page: Page, locale: Locale = 'ko'): Promise<void> {
  await page.getByRole('button', { name: text(locale).login.kakaoButton }).click();
}

/** Opens the login page and goes to Kakao from there. */
export async function goToKakao(page: Page, path = '/login', locale: Locale = 'ko'): Promise<void> {
  await page.goto(path);
  await pressKakaoButton(page, locale);
}

/** Chooses an account on Kakao's page. */
export async function choosePerson(page: Page, person: Person): Promise<void> {
  await page.getByRole('button', { name: person.nickname }).click();
}

/** Agrees to what has to be agreed to. */
export async function agree(page: Page): Promise<void> {
  await page.getByTestId('agree').click();
}

/** The whole way through Kakao's pages, from the first of them, for somebody new here. */
export async function passKakao(page: Page, person: Person): Promise<void> {
  await choosePerson(page, person);
  await agree(page);
}

/** Logs in from the login page and arrives at the account page. */
export async function logIn(page: Page, person: Person): Promise<void> {
  await goToKakao(page);
  await passKakao(page, person);
  await expectAccount(page, person.nickname);
}

/** Signs the browser in without Kakao's pages, where the login is not what a test is about, and opens the account page. */
export async function signIn(page: Page, kakao: Kakao, person: Person): Promise<void> {
  const { access_token } = await kakao.tokens(person.id);
  const answer = await page.request.post('/api/auth/kakao', {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(answer.status()).toBe(200);
  await page.goto('/account');
  await expectAccount(page, person.nickname);
}

/** Goes to the account page by the menu of the header. */
export async function openAccount(page: Page): Promise<void> {
  const banner = page.getByRole('banner');
  await banner.locator('summary').click();
  await banner.getByRole('link', { name: text('ko').site.account }).click();
}

/** The account page of somebody with this name. */
export async function expectAccount(page: Page, name: string, locale: Locale = 'ko'): Promise<void> {
  await expect(page).toHaveURL('/account');
  await expect(page.getByRole('heading', { level: 1, name: text(locale).account.title })).toBeVisible();
  await expect(page.getByRole('main').getByText(name, { exact: true })).toBeVisible();
}

/** The login page, saying that the last attempt ended like this. */
export async function expectFailure(
  page: Page,
  code: keyof ReturnType<typeof text>['login']['failures'],
  locale: Locale = 'ko',
): Promise<void> {
  const failure = text(locale).login.failures[code];
  await expect(page).toHaveURL((url) => url.pathname === '/login' && url.searchParams.get('error') === code);
  await expect(page.getByRole('heading', { level: 1, name: failure.title })).toBeVisible();
  const notice = page.getByRole(code === 'cancelled' ? 'status' : 'alert').filter({ hasText: failure.title });
  await expect(notice).toContainText(failure.happened);
  await expect(notice).toContainText(failure.todo);
}
