// npm run screens: every page as a phone and a desktop show it, in both languages, light and dark: docs/images/screens.png.
// npm run screens -- FOLDER: each picture there too, in its full size.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { ensureChromium } from './browser.mjs';
import { productionBuild } from './build.mjs';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { setUp } from './setup.mjs';

const TARGET = join(ROOT, 'docs', 'images', 'screens.png');
const FOLDER = process.argv[2];
const { loginErrorCodes: FAILURES } = await tsImport('../lib/login/errors.ts', import.meta.url);
/** Each page by its name: its path, whether somebody is signed in, or how else to come there. */
const PAGES = [
  { name: '/' },
  { name: '/login' },
  ...FAILURES.map((code) => ({ name: `/login?error=${code}`, failure: code })),
  { name: '/goodbye?kakao=unlinked' },
  { name: '/nowhere' },
  { name: 'a form that is refused', open: openRefusedForm },
  { name: '/', signedIn: true },
  { name: '/login', signedIn: true },
  { name: '/login/consent?scope=account_email&returnTo=/', signedIn: true },
  { name: '/account', signedIn: true },
  { name: '/account/kakao', signedIn: true },
  { name: '/account/devices', signedIn: true },
  { name: '/account/history', signedIn: true },
  { name: '/account/leave', signedIn: true },
  { name: '/account/leave/confirm', signedIn: true },
  { name: 'local Kakao', open: (page, { kakaoUrl }) => page.goto(kakaoUrl) },
  { name: 'local Kakao: choice of an account', open: openAtKakao },
  { name: 'local Kakao: consent', open: openConsent },
  {
    name: 'local Kakao: KOE006',
    open: (page, stack) => openAtKakao(page, stack, { redirect_uri: `${stack.appUrl}/login/callback/` }),
  },
  {
    name: 'local Kakao: inspector',
    open: (page, { kakaoUrl }) => page.goto(`${kakaoUrl}/__emulator/inspector`),
  },
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
    const stack = stackOf(0);
    const session = await logIn(stack);
    const columns = [];
    for (const look of LOOKS) {
      for (const screen of SCREENS) columns.push(await columnOf(browser, { stack, session, look, screen }));
    }
    if (FOLDER !== undefined) saveEach(resolve(FOLDER), columns);
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
async function columnOf(browser, { stack, session, look, screen }) {
  const { width, height, thumb } = screen;
  const { lang, scheme } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: lang === 'ko' ? 'ko-KR' : 'en-US',
  });
  const page = await context.newPage();
  const pictures = [];
  for (const { name, signedIn, failure, open } of PAGES) {
    await context.clearCookies();
    const cookies = {
      lang,
      ...(signedIn ? { session } : {}),
      ...(failure && failure !== 'cancelled' ? { failure: `${failure}..3f9a61c2` } : {}),
    };
    await context.addCookies(
      Object.entries(cookies).map(([name, value]) => ({
        name: `${name}-${stack.port}`,
        value,
        url: stack.appUrl,
      })),
    );
    await (open ? open(page, stack) : page.goto(new URL(name, stack.appUrl).href));
    await page.waitForLoadState('networkidle');
    pictures.push((await page.screenshot({ type: 'png' })).toString('base64'));
  }
  await context.close();
  return { title: `${lang}, ${scheme}, ${width} px`, thumb, pictures };
}

/** A form that another site's page sends. */
async function openRefusedForm(page, { appUrl }) {
  await page.goto('about:blank');
  await page.setContent(`<form method="post" action="${appUrl}/logout"><button>send</button></form>`);
  await page.click('button');
  await page.waitForURL(`${appUrl}/logout`);
}

/** Kakao's page for a login, with other parameters. */
async function openAtKakao(page, stack, changes = {}) {
  const { Visitor } = await tsImport('../tests/stack/visitor.ts', import.meta.url);
  const url = new URL((await new Visitor(stack).begin()).authorizeUrl);
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  await page.goto(url.href);
}

async function openConsent(page, stack) {
  await openAtKakao(page, stack);
  await page.locator('.person').first().click();
}

/** Each picture in a file of its own. */
function saveEach(folder, columns) {
  mkdirSync(folder, { recursive: true });
  for (const { title, pictures } of columns) {
    for (const [at, picture] of pictures.entries()) {
      const { name, signedIn } = PAGES[at];
      const words = `${at + 10} ${name} ${signedIn ? 'signed in' : ''} ${title}`;
      const file = `${words.replaceAll(/[^\w]+/g, '-')}.png`;
      writeFileSync(join(folder, file), Buffer.from(picture, 'base64'));
    }
  }
}

async function saveSheet(browser, columns) {
  const names = PAGES.map(({ name, signedIn }) => (signedIn ? `${name}<br>(signed in)` : name));
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
