import type { Page } from '@playwright/test';
import { choosePerson, expectAccount, expectFailure, goToKakao, passKakao } from './support/steps';
import { expect, test } from './support/test';

/** Two tabs of one browser, both on Kakao's page, each on its way to a page of its own. */
async function openTabs(first: Page): Promise<[Page, Page]> {
  const second = await first.context().newPage();
  await goToKakao(first, '/login?returnTo=%2F%3Ftab%3Dfirst');
  await goToKakao(second, '/login?returnTo=%2F%3Ftab%3Dsecond');
  return [first, second];
}

test('a tab whose login was pushed out by five newer ones is told so, and the newest one works', async ({
  page,
  person,
}) => {
  await goToKakao(page);
  await choosePerson(page, person);
  const newest = await page.context().newPage();
  for (let count = 0; count < 5; count += 1) {
    await goToKakao(newest);
    await expect(newest.getByTestId('emulator-bar')).toBeVisible();
  }
  await page.getByTestId('agree').click();
  await expectFailure(page, 'expired');
  await newest.reload();
  await newest.getByTestId('agree').click();
  await expectAccount(newest, person.nickname);
});

test('cancelling in one tab does not disturb the other', async ({ page, person }) => {
  const [first, second] = await openTabs(page);
  await first.getByTestId('cancel').click();
  await expectFailure(first, 'cancelled');
  await passKakao(second, person);
  await expect(second).toHaveURL('/?tab=second');
});

for (const order of ['first', 'second'] as const) {
  test(`two tabs log in side by side, the ${order} one finishing first`, async ({ page, person }) => {
    const tabs = await openTabs(page);
    const [early, late] = order === 'first' ? tabs : [tabs[1], tabs[0]];
    const [earlyName, lateName] = order === 'first' ? ['first', 'second'] : ['second', 'first'];
    await passKakao(early, person);
    await expect(early).toHaveURL(`/?tab=${earlyName}`);
    await choosePerson(late, person);
    await expect(late).toHaveURL(`/?tab=${lateName}`);
    for (const tab of tabs) {
      await tab.goto('/account');
      await expectAccount(tab, person.nickname);
    }
  });
}

test('two people in two tabs: the browser belongs to whoever finished last, and the other session is over', async ({
  page,
  person,
  stranger,
  database,
}) => {
  const [first, second] = await openTabs(page);
  await passKakao(first, person);
  await expect(first).toHaveURL('/?tab=first');
  await passKakao(second, stranger);
  await expect(second).toHaveURL('/?tab=second');
  await first.goto('/account');
  await expectAccount(first, stranger.nickname);
  expect(database.sessions(person.id)).toMatchObject([{ revokedReason: 'replaced' }]);
});
