import { text } from '../tests/stack/words';
import { expectAccount, goToKakao, logIn, passKakao, signIn } from './support/steps';
import { expect, test } from './support/test';

const { login, consent, logout } = text('ko');

test('the button says where it goes once it is pressed, and not any more when the page is shown again', async ({
  page,
}) => {
  // The page stays, as it does until Kakao's is there.
  await page.route('**/login/kakao', (route) => route.fulfill({ status: 204 }));
  await page.goto('/login', { waitUntil: 'networkidle' });
  const button = page.locator('.kakao-login');
  const height = (await button.boundingBox())?.height;
  await button.click();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await expect(button).toHaveText(login.busy);
  expect((await button.boundingBox())?.height).toBe(height);
  // What a browser does with a page that it has kept.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(button).not.toHaveAttribute('aria-busy');
  await expect(button).toHaveText(login.kakaoButton);
});

test('another account is asked for without the Kakao button being busy', async ({ page }) => {
  await page.route('**/login/kakao', (route) => route.fulfill({ status: 204 }));
  await page.goto('/login', { waitUntil: 'networkidle' });
  const sent = page.waitForRequest('**/login/kakao');
  await page.getByRole('button', { name: login.anotherAccount }).click();
  await sent;
  await expect(page.locator('.kakao-login')).toHaveText(login.kakaoButton);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('on a return visit the button says that it was used, also to a screen reader', async ({
      page,
      person,
      context,
    }) => {
      await goToKakao(page);
      await page.goBack();
      await expect(page.getByText(login.recent)).toHaveCount(0);
      await logIn(page, person);
      await page.getByRole('button', { name: logout.here }).click();
      const button = page.getByRole('button', { name: `${login.kakaoButton} ${login.recent}`, exact: true });
      await expect(button).toBeVisible();
      await expect(page.getByText(login.recent)).toBeInViewport({ ratio: 1 });
      const recent = (await context.cookies()).find(({ name }) => name.startsWith('recent-'));
      expect(recent).toMatchObject({ value: '1', httpOnly: true, sameSite: 'Lax' });
      await button.click();
      await expectAccount(page, person.nickname);
    });

    test('for somebody who is signed in, going on comes first', async ({ page, kakao, person }) => {
      await signIn(page, kakao, person);
      for (const path of ['/login?returnTo=%2F%3Fhere', '/login?error=cancelled&returnTo=%2F%3Fhere']) {
        await page.goto(path);
        const controls = page.getByRole('main').locator('a, button');
        await expect(controls.first()).toHaveText(login.continueAs(person.nickname));
        await expect(controls.first()).toHaveAttribute('href', '/?here');
        await expect(page.getByText(login.recent)).toHaveCount(0);
      }
    });
  });
}

test('whoever leaves is not spoken of on the next visit', async ({ page, person }) => {
  const { leave } = text('ko');
  await goToKakao(page);
  await passKakao(page, person);
  await page.goto('/account/leave/confirm');
  await page.getByRole('button', { name: leave.confirm }).click();
  await expect(page.getByRole('heading', { level: 1, name: leave.goodbyeTitle })).toBeVisible();
  await page.goto('/login');
  await expect(page.getByText(login.recent)).toHaveCount(0);
});

test('the button for one more consent does not look like that for a login', async ({
  page,
  kakao,
  person,
}) => {
  await signIn(page, kakao, person);
  await page.goto('/login/consent?scope=account_email&returnTo=/');
  const button = page.getByRole('button', { name: consent.request });
  await expect(button).not.toHaveCSS('background-color', 'rgb(254, 229, 0)');
  await expect(page.locator('.kakao-login, .kakao-symbol')).toHaveCount(0);
});
