// Proves a running development server: signs in once, in a browser, as the first person of the local Kakao.
//   node scripts/prove-login.mjs http://localhost:3000
import { chromium } from 'playwright';
import { ensureChromium } from './browser.mjs';
import { exitWith, PlainError } from './run/command.mjs';

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

async function signIn(page, url) {
  await page.goto(`${url}/login`);
  await page.locator('form[action="/login/kakao"] button[type="submit"]').first().click();
  const person = page.locator('button[name="user"]').first();
  const nickname = await person.locator('.nickname').innerText();
  await person.click();
  const agree = page.locator('button[name="decision"][value^="agree"]').first();
  const account = page.waitForURL(`${url}/account`);
  await Promise.race([account, agree.click().catch(() => account)]);
  await account;
  return nickname;
}

async function main() {
  const [url] = process.argv.slice(2);
  if (url === undefined) throw new PlainError('Usage: node scripts/prove-login.mjs http://localhost:3000');
  const executablePath = await ensureChromium(console.error);
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ locale: 'ko-KR' });
    page.setDefaultTimeout(60_000);
    const nickname = await signIn(page, url.replace(/\/+$/, ''));
    await page.getByText(nickname).first().waitFor();
    console.log(`Signed in as ${nickname}.`);
  } finally {
    await browser.close();
  }
}

main().catch(exitWith);
