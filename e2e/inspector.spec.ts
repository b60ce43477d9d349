import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Stack } from '../tests/stack/servers';
import { watch } from './support/page-watch';
import { expect, test } from './support/test';

/** Calls an endpoint of Kakao's as an app would. */
function ask(stack: Stack, token: string): Promise<Response> {
  return fetch(`${stack.kakaoUrl}/v2/user/me`, { headers: { authorization: `Bearer ${token}` } });
}

function inspectorOf(stack: Stack): string {
  return `${stack.kakaoUrl}/__emulator/inspector`;
}

function rows(page: Page) {
  return page.locator('#requests > li:visible');
}

async function openPanel(page: Page, id: string) {
  const panel = page.locator(`#${id}`);
  if ((await panel.getAttribute('open')) === null) await panel.locator('> summary').click();
  return panel;
}

test.describe('the inspector', () => {
  test.use({ locale: 'en-US' });

  test('shows a request the moment it is answered, and why it was refused', async ({ page, stack }) => {
    const seen = watch(page, stack.kakaoUrl);
    await page.goto(inspectorOf(stack));
    await expect(page.getByText('No requests yet')).toBeVisible();
    await expect(page.locator('#live')).toHaveText('live');
    await ask(stack, 'undefined');
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText('the text "undefined" was sent instead of a token');
    await expect(page.getByText('No requests yet')).toBeHidden();
    await rows(page).locator('> details > summary').press('Enter');
    await expect(rows(page).getByText('"code": -401')).toBeVisible();
    expect(seen).toEqual({ problems: [], foreignRequests: [] });
  });

  test('narrows the list as one types, also for what comes later', async ({ page, stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    await page.goto(inspectorOf(stack));
    await ask(stack, access_token);
    await ask(stack, 'x');
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('checkbox', { name: 'refusals only' }).check();
    await expect(rows(page)).toHaveCount(1);
    await ask(stack, access_token);
    await page.getByRole('searchbox').fill('never ISSUED');
    await expect(rows(page)).toContainText('401');
    await page.getByRole('searchbox').fill('nothing like it');
    await expect(page.getByText('No request fits.')).toBeVisible();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('checkbox', { name: 'refusals only' }).uncheck();
    await expect(rows(page)).toHaveCount(3);
  });

  test('copies a curl command without secrets, and saves an archive', async ({ page, stack, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(inspectorOf(stack));
    await ask(stack, 'emu_secret_token_of_mine');
    await rows(page).locator('> details > summary').click();
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect(page.getByRole('status')).toHaveText('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('Bearer $ACCESS_TOKEN');
    expect(copied).not.toContain('of_mine');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download HAR' }).click(),
    ]);
    const { log } = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect([log.version, log.entries.length]).toEqual(['1.2', 1]);
  });

  test('turns a scenario on for one person, and shows it being used up', async ({
    page,
    stack,
    kakao,
    person,
    stranger,
  }) => {
    await page.goto(inspectorOf(stack));
    const faults = await openPanel(page, 'faults');
    const form = faults.locator('form').filter({ has: page.locator('[name=scenario]') });
    await form.getByLabel('What').selectOption('-603');
    await form.getByLabel('Where').selectOption('/v2/user/me');
    await form.getByLabel('Only for').selectOption(person.id);
    await form.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByRole('status')).toHaveText('Done.');
    await expect(faults.locator('.things li')).toContainText('{"kakao":-603');
    expect((await ask(stack, (await kakao.tokens(stranger.id)).access_token)).status).toBe(200);
    expect((await ask(stack, (await kakao.tokens(person.id)).access_token)).status).toBe(400);
    await expect(faults.getByText('No faults are waiting.')).toBeVisible();
    await expect(rows(page).first()).toContainText('a fault answered');
  });

  test('says what is wrong with an order and stays where it is', async ({ page, stack }) => {
    await page.goto(inspectorOf(stack));
    const faults = await openPanel(page, 'faults');
    await faults.getByText('By hand').click();
    await faults.getByLabel('Fault (JSON)').fill('{"status":99}');
    await faults.getByLabel('Fault (JSON)').press('Enter');
    await expect(page.getByRole('status')).toHaveText('status must be a whole number from 200 to 599');
    await expect(faults.getByLabel('Fault (JSON)')).toHaveValue('{"status":99}');
  });

  test('turns the clock, and people, without leaving the page', async ({ page, stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    await page.goto(inspectorOf(stack));
    const clock = await openPanel(page, 'clock');
    await clock.getByRole('button', { name: 'Freeze' }).click();
    await expect(clock.getByText('frozen')).toBeVisible();
    await clock.getByRole('button', { name: '+6 h' }).click();
    await expect(clock.getByText('ahead of the real time')).toBeVisible();
    await ask(stack, access_token);
    await expect(rows(page)).toContainText('the token expired');
    const people = await openPanel(page, 'people');
    const row = people.getByRole('listitem').filter({ hasText: person.id });
    await row.getByRole('button', { name: 'Unlink' }).click();
    await expect(row.getByRole('button', { name: 'Unlink' })).toHaveCount(0);
    await row.getByLabel('State').selectOption('dormant');
    await row.getByRole('button', { name: 'Change' }).click();
    await expect(page.getByRole('status')).toHaveText('Done.');
    await page.reload();
    await openPanel(page, 'people');
    await expect(row.getByLabel('State')).toHaveValue('dormant');
  });

  test('forgets everything at a reset, and counts anew', async ({ page, stack, kakao }) => {
    await page.goto(inspectorOf(stack));
    await ask(stack, 'x');
    await ask(stack, 'y');
    await expect(rows(page)).toHaveCount(2);
    await kakao.reset();
    await expect(page.getByText('No requests yet')).toBeVisible();
    await ask(stack, 'z');
    await expect(rows(page)).toContainText('#1');
  });
});

test.describe('the inspector without scripts', () => {
  test.use({ javaScriptEnabled: false, locale: 'en-US' });

  test('shows what came, filters it, and its forms work', async ({ page, stack }) => {
    await ask(stack, 'undefined');
    await page.goto(stack.kakaoUrl);
    await page.getByRole('link', { name: 'Inspector' }).click();
    await expect(rows(page)).toContainText('instead of a token');
    await rows(page).locator('> details > summary').click();
    await expect(rows(page).getByText('"code": -401')).toBeVisible();
    await page.getByRole('searchbox').fill('nothing');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('No request fits.')).toBeVisible();
    const clock = await openPanel(page, 'clock');
    await clock.getByRole('button', { name: 'Freeze' }).click();
    await openPanel(page, 'clock');
    await expect(clock.getByText('frozen')).toBeVisible();
    await page.getByRole('button', { name: 'Clear list' }).click();
    await expect(page.getByText('No requests yet')).toBeVisible();
  });
});
