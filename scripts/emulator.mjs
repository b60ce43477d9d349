// npm run emulator -- --port 4000: the local Kakao alone.
import { createInterface } from 'node:readline';
import { exitWith, isEntry, PlainError } from './run/command.mjs';
import { startChild, stopChild } from './run/process.mjs';
import { setUp } from './setup.mjs';

/** The command as others have it; and the local Kakao itself, without the doctor. */
const COMMAND = 'emulator/bin/kakao-emulator.js';
const MAIN = 'emulator/dist/main.js';
const READY_WITHIN = 15_000;

async function main() {
  // Its own first line is for programs to read, so set-up talks on stderr.
  await setUp(['kakao'], { out: process.stderr });
  const kakao = startChild([COMMAND, ...process.argv.slice(2)]);
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      stopChild(kakao);
    });
  }
  const code = await kakao.ended;
  process.exit(asked ? 0 : code);
}

/**
 * Starts the compiled local Kakao, set up for the app with this redirect URI, and waits for its ready line.
 *
 * @param {{ port: number, redirectUri: string, name?: { ko: string, en: string }, host?: string, publicUrl?: string, env?: NodeJS.ProcessEnv,
 *   onLine?: (line: string) => void }} options with a `name`, that people read on Kakao's pages; with a `host`, that others reach it at `publicUrl`
 * @returns {Promise<{ process: ReturnType<typeof startChild>, url: string, appEnv: Record<string, string> }>}
 *   `appEnv` points an app at it
 */
export async function startLocalKakao({ port, redirectUri, name, host, publicUrl, env, onLine = () => {} }) {
  const remote = host === undefined ? [] : ['--host', host, '--allow-remote', '--public-url', publicUrl];
  const args = [MAIN, '--port', String(port), ...remote, ...pointAt(redirectUri)];
  const kakao = startChild(args, { stdout: 'pipe', ...(env ? { env } : {}) });
  const lines = createInterface({ input: kakao.child.stdout });
  const ready = await new Promise((resolve, reject) => {
    const give = (message) => () => reject(new PlainError(message));
    const timer = setTimeout(give('The local Kakao did not get ready in 15 seconds.'), READY_WITHIN);
    kakao.ended.then(give('The local Kakao ended before it was ready.'));
    lines.on('line', (line) => {
      const answer = parseReady(line);
      if (answer === undefined) return onLine(line);
      clearTimeout(timer);
      resolve(answer);
    });
  }).catch((error) => {
    kakao.child.kill('SIGKILL');
    throw error;
  });
  await setUpApp(ready, redirectUri, name);
  return { process: kakao, url: ready.url, appEnv: appEnv(ready) };
}

/** What one would enter in the console: where Kakao's logout page may send the browser, and the name of the service. */
async function setUpApp({ url, apps: [app] }, redirectUri, name) {
  const body = JSON.stringify({ logoutRedirectUris: [new URL('/login', redirectUri).href], name });
  const answer = await fetch(`${url}/__emulator/v1/apps/${app.clientId}`, { method: 'PATCH', body });
  if (!answer.ok) throw new PlainError(`The local Kakao did not take its settings: ${await answer.text()}`);
}

/** The app behind a redirect URI also gets the webhooks. */
function pointAt(redirectUri) {
  const webhooks = `${new URL(redirectUri).origin}/api/webhooks/kakao`;
  return [
    ...['--redirect-uri', redirectUri],
    ...['--unlink-webhook', `${webhooks}/unlink,POST`],
    ...['--account-state-webhook', `${webhooks}/account-state`],
  ];
}

function parseReady(line) {
  try {
    const value = JSON.parse(line);
    return value?.ready === true ? value : undefined;
  } catch {
    return undefined;
  }
}

function appEnv({ url, apps: [app] }) {
  return {
    KAKAO_CLIENT_ID: String(app.clientId),
    KAKAO_CLIENT_SECRET: String(app.clientSecret),
    KAKAO_APP_ID: String(app.appId),
    KAKAO_ADMIN_KEY: String(app.adminKey),
    KAKAO_AUTH_ORIGIN: url,
    KAKAO_API_ORIGIN: url,
  };
}

if (isEntry(import.meta.url)) await main().catch(exitWith);
