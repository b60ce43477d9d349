import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { emptyPageScripts } from './support/empty-app';
import { expectAccount, expectFailure, goToKakao, passKakao, pressKakaoButton } from './support/steps';
import { expect, test } from './support/test';

const budget = 2 * 1_024;

/** Chromium's own preset: what a phone gets of 9 Mbit/s down and 1.5 up at 60 ms. Bytes a second, ms. */
const fast4G = { downloadThroughput: 1_012_500, uploadThroughput: 168_750, latency: 165 };

test('the login page loads at most 2 KB of compressed scripts more than an empty page', async ({ page }) => {
  test.setTimeout(240_000);
  const empty = compressedBytes(await emptyPageScripts());
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body());
  });
  for (const path of ['/login', '/login?error=expired']) {
    bodies.length = 0;
    await page.goto(path, { waitUntil: 'networkidle' });
    const all = compressedBytes(await Promise.all(bodies));
    test
      .info()
      .annotations.push({ type: 'script bytes', description: `${path}: ${all}, empty page: ${empty}` });
    expect(bodies.length, path).toBeGreaterThan(0);
    expect(all - empty, path).toBeLessThanOrEqual(budget);
  }
});

test('the HTML of the login page has at most 15 KB', async ({ visitor }) => {
  const { text } = await visitor.send('/login');
  test.info().annotations.push({ type: 'HTML bytes', description: String(Buffer.byteLength(text)) });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(15 * 1_024);
});

test('the login page is painted within 1.2 s on Fast 4G and a processor four times slower', async ({
  page,
}) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...fast4G });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const paints: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await page.goto('/login', { waitUntil: 'load' });
    paints.push(await largestPaint(page));
  }
  const description = paints.map((ms) => ms.toFixed(0)).join(' ');
  test.info().annotations.push({ type: 'largest contentful paint, ms', description });
  // The machine that runs this does other things beside it: the best of five.
  expect(Math.min(...paints)).toBeLessThanOrEqual(1_200);
});

test('a whole login works although no script ever arrives', async ({ page, person }) => {
  await page.route('**/_next/static/**/*.js', (route) => route.abort());
  await goToKakao(page);
  await page.getByTestId('cancel').click();
  await expectFailure(page, 'cancelled');
  await pressKakaoButton(page);
  await passKakao(page, person);
  await expectAccount(page, person.nickname);
});

test('the button works while the scripts are still on their way', async ({ page, person }) => {
  await page.route('**/_next/static/**/*.js', () => new Promise(() => undefined));
  await page.goto('/login', { waitUntil: 'commit' });
  await pressKakaoButton(page);
  await page.getByRole('button', { name: person.nickname }).click();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByTestId('agree').click();
  await expectAccount(page, person.nickname);
});

/** When the largest element was painted, ms since the navigation began (https://web.dev/lcp). */
function largestPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
}

function compressedBytes(scripts: readonly Buffer[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
}
