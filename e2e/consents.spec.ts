import type { Page } from '@playwright/test';
import { text } from '../tests/stack/words';
import { agree, choosePerson, expectAccount, goToKakao, logIn } from './support/steps';
import { expect, test } from './support/test';

const { consent, account } = text('ko');
const item = (id: string) => consent.names[id] ?? id;

/** The row of one consent item on the account page. */
const row = (page: Page, id: string) =>
  page
    .getByRole('region', { name: consent.heading })
    .getByRole('listitem')
    .filter({ hasText: item(id) });

test('withdrawing a consent needs a session, a page of ours and an item that can be one', async ({
  visitor,
  person,
}) => {
  const send = (item: string, headers = {}) => visitor.post('/account/consents', { item }, headers);
  expect((await send('account_email')).headers.location).toBe('/login?returnTo=/account');
  await visitor.logIn(person.id);
  expect((await send('account_email', { origin: 'https://evil.example' })).status).toBe(403);
  expect((await send('<script>')).status).toBe(400);
  expect((await send('profile_nickname')).headers.location).toBe('/account?consent=required#consents');
});

test('while Kakao is down the account page is whole but for the consents', async ({
  page,
  person,
  kakao,
}) => {
  await kakao.fault('/v2/user/scopes', { status: 503, always: true });
  await logIn(page, person);
  await expectAccount(page, person.nickname);
  await expect(page.getByText(consent.unavailable)).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a consent is withdrawn: the e-mail is gone here and at Kakao, and can be given again', async ({
      page,
      person,
    }) => {
      await goToKakao(page);
      await choosePerson(page, person);
      await page.getByTestId('agree-all').click();
      await expect(page.getByText(person.email)).toBeVisible();
      await page.getByRole('button', { name: consent.withdraw(item('account_email')) }).click();
      await expect(page.getByRole('status')).toHaveText(consent.outcomes.withdrawn);
      await expect(page.getByText(person.email)).toHaveCount(0);
      await expect(page.getByText(account.emailNotAgreed)).toBeVisible();
      await expect(row(page, 'account_email')).toContainText(consent.notAgreed);

      await page.getByRole('button', { name: consent.agree(item('account_email')) }).click();
      await expect(page.getByRole('checkbox')).toHaveCount(1);
      await page.getByRole('checkbox').check();
      await agree(page);
      await expect(page).toHaveURL('/account?consent=agreed');
      await expect(page.getByRole('status')).toHaveText(consent.answers.agreed);
      await expect(page.getByText(person.email)).toBeVisible();
    });

    test('what a feature needs is asked for, and the person comes back to where they were', async ({
      page,
      person,
      kakao,
    }) => {
      await kakao.changeApp({ consentItems: { talk_message: 'during_use' } });
      await logIn(page, person);
      await page.goto('/login/consent?scope=talk_message&returnTo=%2F%3Fphotos%3D3');
      await expect(page.getByRole('listitem').filter({ hasText: item('talk_message') })).toBeVisible();
      await page.getByRole('button', { name: consent.request }).click();
      await page.getByRole('checkbox').check();
      await agree(page);
      await expect(page).toHaveURL('/?photos=3&consent=agreed');
      await expect(page.getByRole('status')).toHaveText(consent.answers.agreed);
      await expect(page.getByRole('status')).toBeFocused();
      await page.goto('/account');
      await expect(row(page, 'talk_message')).toContainText(consent.agreed);
    });

    test('saying no to it changes nothing', async ({ page, person, kakao }) => {
      await kakao.changeApp({ consentItems: { talk_message: 'during_use' } });
      await logIn(page, person);
      await page.goto('/login/consent?scope=talk_message&returnTo=%2F');
      await page.getByRole('button', { name: consent.request }).click();
      await page.getByTestId('cancel').click();
      await expect(page).toHaveURL('/?consent=declined');
      await expect(page.getByRole('status')).toHaveText(consent.answers.declined);
      await expect(page.getByRole('status')).toBeFocused();
      await page.goto('/account');
      await expectAccount(page, person.nickname);
      await expect(row(page, 'talk_message')).toContainText(consent.notAgreed);
    });
  });
}
