// npm run screens: every page as a phone and a desktop show it, in both languages, light and dark: docs/images/screens.png.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { ensureChromium } from './browser.mjs';
import { productionBuild } from './build.mjs';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { setUp } from './setup.mjs';

const TARGET = join(ROOT, 'docs', 'images', 'screens.png');
const PAGES = [
  ['/'],
  ['/login'],
  ['/login?error=cancelled'],
  ['/login?error=kakao_unavailable'],
  ['/', 'signed in'],
  ['/login', 'signed in'],
  ['/login/consent?scope=account_email&returnTo=/', 'signed in'],
  ['/account', 'signed in'],
  ['/account/kakao', 'signed in'],
  ['/account/devices', 'signed in'],
  ['/account/history', 'signed in'],
  ['/account/leave', 'signed in'],
  ['/account/leave/confirm', 'signed in'],
  ['/nowhere'],
];
/** The shown size of a screen is `thumb` pixels wide. */
const SCREENS = [
  { width: 360, height: 760, thumb: 84 },
  { width: 1280, height: 800, thumb: 188 },
];
const LOOKS = ['ko', 'en'].flatMap((lang) => ['light', 'dark'].map((scheme) => ({ lang, scheme })));

async function main() {
  await setUp(['driver', 'client', 'kakao']);
  const executablePath = await ensureChromium();
  const { code } = await productionBuild();
  if (code !== 0) throw new PlainError('The build failed; its messages are above.');
  const { startStacks, stackOf } = await tsImport('../tests/stack/servers.ts', import.meta.url);
  const stop = await startStacks(1);
  const { chromium } = await import('playwright');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const { appUrl, ...stack } = stackOf(0);
    const session = await logIn({ appUrl, ...stack });
    const columns = [];
    for (const look of LOOKS) {
      for (const screen of SCREENS) columns.push(await columnOf(browser, { appUrl, session, look, screen }));
    }
    await saveSheet(browser, columns);
    console.log(`Written: ${TARGET}`);
  } finally {
    await browser.close();
    await stop();
  }
}

/** The session of somebody with nine devices and a long history. */
async function logIn(stack) {
  const { kakaoOf } = await tsImport('../tests/stack/kakao.ts', import.meta.url);
  const { Database } = await tsImport('../tests/stack/database.ts', import.meta.url);
  const { Visitor } = await tsImport('../tests/stack/visitor.ts', import.meta.url);
  const person = await kakaoOf(stack).addPerson({ nickname: '나리', email: 'nari@example.com' });
  const browsers = ['iPhone; CPU iPhone OS 18_0 like Mac OS X', 'Windows NT 10.0; Win64; x64'];
  let session = '';
  for (const system of browsers) {
    const agent = `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36`;
    const visitor = new Visitor(stack, { 'user-agent': agent });
    await visitor.logIn(person.id);
    session = visitor.session;
  }
  new Database(stack.databaseFile).fillAccount(person.id, { sessions: 7, entries: 198 });
  return session;
}

/** Pictures of all pages in one look on one screen. */
async function columnOf(browser, { appUrl, session, look, screen }) {
  const { width, height, thumb } = screen;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: look.scheme });
  const page = await context.newPage();
  const pictures = [];
  for (const [path, signedIn] of PAGES) {
    await context.clearCookies();
    const cookies = { lang: look.lang, ...(signedIn ? { session } : {}) };
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: appUrl })));
    await page.goto(new URL(path, appUrl).href, { waitUntil: 'networkidle' });
    pictures.push((await page.screenshot({ type: 'png' })).toString('base64'));
  }
  await context.close();
  return { title: `${look.lang}, ${look.scheme}, ${width} px`, thumb, pictures };
}

async function saveSheet(browser, columns) {
  const names = PAGES.map(([path, signedIn]) => (signedIn ? `${path}<br>(${signedIn})` : path));
  const heads = columns.map(({ title }) => `<th>${title}</th>`).join('');
  const rows = names.map((name, at) => {
    const cells = columns.map(
      ({ thumb, pictures }) =>
        `<td><img width="${thumb}" src="data:image/png;base64,${pictures[at]}" alt=""></td>`,
    );
    return `<tr><th>${name}</th>${cells.join('')}</tr>`;
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent(`<!DOCTYPE html><style>body{margin:12px;font:11px system-ui;background:#a8a8a8}td,th{vertical-align:top}
th{max-width:120px;overflow-wrap:anywhere;text-align:start;font-weight:400}img{display:block}</style><table><tr><th></th>${heads}</tr>${rows.join('')}</table>`);
  mkdirSync(join(ROOT, 'docs', 'images'), { recursive: true });
  await page.screenshot({ path: TARGET, fullPage: true });
}

await main().catch(exitWith);
