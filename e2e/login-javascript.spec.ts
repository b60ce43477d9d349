import { gzipSync } from 'node:zlib';
import { emptyPageScripts } from './support/empty-app';
import { expectAccount, expectFailure, goToKakao, passKakao, pressKakaoButton } from './support/steps';
import { expect, test } from './support/test';

const budget = 12 * 1_024;

test('the login page loads at most 12 KB of compressed scripts more than an empty page', async ({ page }) => {
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

function compressedBytes(scripts: readonly Buffer[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
}
