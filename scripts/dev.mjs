// npm run dev: set-up, the local Kakao (when no KAKAO_CLIENT_ID is set) and the app, until Ctrl-C.

import { bundleServer } from './build.mjs';
import { startLocalKakao } from './emulator.mjs';
import { exitWith } from './run/command.mjs';
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
  const port = readPort(env, 'PORT', 3000);
  const publicUrl = env.NEXTAUTH_URL ?? `http://localhost:${port}`;
  await checkPortIsFree(port, 'the app', 'PORT');
  const kakao = env.KAKAO_CLIENT_ID === undefined ? await localKakao(env, publicUrl) : undefined;
  await startApp({ ...kakao?.appEnv, NODE_ENV: 'development', PORT: String(port), NEXTAUTH_URL: publicUrl });
  const answered = await untilAnswer(`http://localhost:${port}/login`, { isOver: () => stopping });
  if (!answered || stopping) return;
  console.log(`\n  App          ${publicUrl}`);
  if (kakao) console.log(`  Local Kakao  ${kakao.url}`);
  console.log('  Ctrl-C stops.\n');
}

async function localKakao(env, publicUrl) {
  const port = readPort(env, 'KAKAO_EMULATOR_PORT', 4000);
  await checkPortIsFree(port, 'the local Kakao', 'KAKAO_EMULATOR_PORT');
  const redirectUri = `${publicUrl.replace(/\/+$/, '')}/login/callback`;
  const kakao = await startLocalKakao({ port, redirectUri, onLine: console.log });
  keep('The local Kakao', kakao.process);
  return kakao;
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
