import type { Page } from '@playwright/test';
import { logIn } from './support/steps';
import { expect, test } from './support/test';

test('the header shows the name of who is logged in, and loads nothing for it', async ({ page, person }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const asGuest = await scriptsOf(page, '/');
  await logIn(page, person);
  const loggedIn = await scriptsOf(page, '/');
  await expect(page.getByRole('banner').getByText(person.nickname)).toBeVisible();
  expect(loggedIn.filter((script) => !asGuest.includes(script))).toEqual([]);
  expect(problems).toEqual([]);
});

/** The scripts that a page has loaded once nothing more comes. */
async function scriptsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path, { waitUntil: 'networkidle' });
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => (name.endsWith('.js') ? [new URL(name).pathname] : [])),
  );
}
