// Finds a Chromium for the browser tests, or installs one.  node scripts/browser.mjs  prints its path.
import { existsSync, readFileSync } from 'node:fs';
import { exitWith, isEntry, PlainError } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';

const FALLBACK = 'or install Chromium or Chrome yourself and give its path in CHROMIUM_PATH.';

/** @returns {Promise<string | undefined>} path of the first Chromium that is there */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH?.trim();
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new PlainError(`CHROMIUM_PATH names ${chosen}, and nothing is there.`);
  }
  const { chromium } = await import('playwright');
  return [chromium.executablePath(), ...knownPlaces()].find((path) => existsSync(path));
}

/** @returns {Promise<string>} path of a Chromium, installed now if there was none */
export async function ensureChromium(say = console.log) {
  const found = await findChromium();
  if (found !== undefined) return found;
  say('Installing a browser for the tests …');
  const output = isDebianAsRoot() ? await aptInstall() : await playwrightInstall();
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  console.error(output.trimEnd());
  throw new PlainError(
    `No browser could be installed (the messages are above): check the connection, ${FALLBACK}`,
  );
}

function knownPlaces() {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ];
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders.filter(Boolean).map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return [...names.map((name) => `/usr/bin/${name}`), '/opt/google/chrome/chrome'];
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return false;
  // Ubuntu's `chromium` package is a stub for snap, which does not run in containers.
  return !/^ID=ubuntu$/m.test(existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '');
}

async function aptInstall() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];
  const update = await run('apt-get', ['update'], { env });
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  return update.output + install.output;
}

async function playwrightInstall() {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = ['install', ...(asRoot ? ['--with-deps'] : []), 'chromium'];
  return (await run(...toolCommand('playwright', args))).output;
}

if (isEntry(import.meta.url)) {
  await ensureChromium(console.error).then(console.log, exitWith);
}
