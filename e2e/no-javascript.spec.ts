import { text } from '../tests/stack/words';
import {
  agree,
  choosePerson,
  expectAccount,
  expectFailure,
  goToKakao,
  logIn,
  pressKakaoButton,
  signIn,
} from './support/steps';
import { expect, test } from './support/test';

test.use({ javaScriptEnabled: false });

const { login, logout } = text('ko');

test('cancelling, seeing why, and trying again', async ({ page, person }) => {
  await goToKakao(page);
  await choosePerson(page, person);
  await page.getByTestId('cancel').click();
  await expectFailure(page, 'cancelled');
  await pressKakaoButton(page);
  await agree(page);
  await expectAccount(page, person.nickname);
});

test('the heading of a failure has the focus', async ({ page }) => {
  await page.goto('/login?error=expired');
  await expect(page.getByRole('heading', { level: 1, name: login.failures.expired.title })).toBeFocused();
});

test('logging in, with the name in the header, and logging out', async ({ page, person }) => {
  await logIn(page, person);
  await expect(page.getByRole('banner').getByText(person.nickname)).toBeVisible();
  await page.getByRole('button', { name: logout.here, exact: true }).click();
  await expect(page).toHaveURL('/login');
  await page.goto('/account');
  await expect(page).toHaveURL((url) => url.pathname === '/login');
});

test('logging out everywhere', async ({ page, person, kakao, database }) => {
  await signIn(page, kakao, person);
  await page.getByRole('button', { name: logout.everywhere }).click();
  await expect(page).toHaveURL('/login');
  expect(database.sessions(person.id)).toMatchObject([{ revokedReason: 'signed_out_everywhere' }]);
});

test('the language switch keeps the page and its question', async ({ page }) => {
  await page.goto('/login?returnTo=%2F%3Fcart%3D9');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page).toHaveURL('/login?returnTo=%2F%3Fcart%3D9');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1, name: text('en').login.title })).toBeVisible();
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { level: 1, name: login.title })).toBeVisible();
});
