// npm run dev: set-up, the local Kakao (when no KAKAO_CLIENT_ID is set) and the app, until Ctrl-C.

import { isIPv6 } from 'node:net';
import { bundleServer } from './build.mjs';
import { startLocalKakao } from './emulator.mjs';
import { exitWith, PlainError } from './run/command.mjs';
import { devAddress } from './run/dev-address.mjs';
import { readEnv, readPort, withoutMachineName } from './run/environment.mjs';
import { checkPortIsFree, untilAnswer } from './run/port.mjs';
import { startChild, stopChild } from './run/process.mjs';
import { setUp } from './setup.mjs';

const running = [];
let stopping = false;

async function main() {
  stopWhenAsked();
  await setUp();
  const env = await readEnv({ dev: true });
  const { port, publicUrl, hostname, isShared, notes } = await devAddress(withoutMachineName(env));
  await checkPortIsFree(port, 'the app', 'PORT');
  const kakao =
    env.KAKAO_CLIENT_ID === undefined ? await localKakao(env, publicUrl, isShared && hostname) : undefined;
  const address = { PORT: String(port), NEXTAUTH_URL: publicUrl, ...(hostname && { HOSTNAME: hostname }) };
  await startApp({ ...kakao?.appEnv, NODE_ENV: 'development', ...address });
  const answered = await untilAnswer(`http://${reachable(hostname)}:${port}/login`, {
    isOver: () => stopping,
  });
  if (!answered || stopping) return;
  console.log(`\n  App          ${publicUrl}`);
  if (kakao) console.log(`  Local Kakao  ${kakao.url}`);
  for (const note of notes) console.log(`  Careful      ${note}`);
  console.log('  Ctrl-C stops.\n');
}

/** Where this machine reaches a server that listens there. */
function reachable(hostname = 'localhost') {
  if (hostname === '0.0.0.0' || hostname === '::') return 'localhost';
  return isIPv6(hostname) ? `[${hostname}]` : hostname;
}

/** With a `host` it can be opened by whoever can open the app. */
async function localKakao(env, publicUrl, host) {
  tellOverridden(env);
  const port = readPort(env, 'KAKAO_EMULATOR_PORT', 4000);
  await checkPortIsFree(port, 'the local Kakao', 'KAKAO_EMULATOR_PORT');
  const redirectUri = `${publicUrl}/login/callback`;
  const reach = host && { host, publicUrl: `http://${new URL(publicUrl).hostname}:${port}` };
  const kakao = await startLocalKakao({
    port,
    redirectUri,
    name: await serviceName(),
    onLine: console.log,
    ...reach,
  });
  keep('The local Kakao', kakao.process);
  // It is its own issuer, and goes by one name.
  return { url: kakao.url, appEnv: { ...kakao.appEnv, KAKAO_AUTH_SERVER_ORIGIN: '', KAKAO_ISSUER: '' } };
}

/** What people read on Kakao's pages is the name of the service, as one would enter it in the console. */
async function serviceName() {
  const { tsImport } = await import('tsx/esm/api');
  const { service, serviceProblems } = await tsImport('../lib/server/service.ts', import.meta.url);
  const { text } = await tsImport('../lib/text/index.ts', import.meta.url);
  const problems = serviceProblems();
  if (problems.length > 0)
    throw new PlainError(`kakao-login.config.ts is not usable:\n  - ${problems.join('\n  - ')}`);
  return { ko: text('ko', service()).site.name, en: text('en', service()).site.name };
}

/** Without a client id the local Kakao brings all of its own: what stands beside it in .env would be taken for granted. */
function tellOverridden(env) {
  const companions = [
    'CLIENT_SECRET',
    'APP_ID',
    'ADMIN_KEY',
    'AUTH_ORIGIN',
    'AUTH_SERVER_ORIGIN',
    'API_ORIGIN',
    'ISSUER',
  ];
  const names = companions.map((name) => `KAKAO_${name}`).filter((name) => env[name] !== undefined);
  if (names.length === 0) return;
  console.log(`KAKAO_CLIENT_ID is not set, so the local Kakao is used, without ${names.join(', ')}.`);
}

async function startApp(additions) {
  const env = { NEXT_TELEMETRY_DISABLED: '1', ...withoutMachineName(process.env), ...additions };
  keep('The app', startChild([await bundleServer('dev-front'), '--dev'], { env }));
}

/** One of the two alone is no use: when either ends, both do. */
function keep(name, started) {
  running.push(started);
  started.ended.then((code) => {
    if (stopping) return;
    console.error(`${name} ended by itself.`);
    return stop(code || 1);
  });
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await Promise.all(running.map(stopChild));
  process.exit(code);
}

function stopWhenAsked() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
  // npm that was killed hard cannot pass the signal on.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== parent && stop(1), 500).unref();
}

main().catch(async (error) => {
  const wasStopping = stopping;
  stopping = true;
  await Promise.all(running.map(stopChild));
  if (!wasStopping) exitWith(error);
});
