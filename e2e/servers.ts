import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FullConfig } from '@playwright/test';
import { startChild, stopChild } from '../scripts/run/child.mjs';
import { startLocalKakao } from '../scripts/run/local-kakao.mjs';
import { freePort } from '../scripts/run/port.mjs';
import { untilAnswer } from '../scripts/run/until-answer.mjs';

/** A local Kakao and the production build of the app that points at it, with a database of its own. */
export interface Stack {
  readonly appUrl: string;
  readonly kakaoUrl: string;
  readonly secret: string;
  readonly databaseFile: string;
  readonly kakaoEnv: Readonly<Record<string, string>>;
}

/**
 * Starts one stack for each worker, so that what a test does to Kakao meets no other test, and tells the workers where
 * they are in `E2E_STACKS`. The function that it returns stops them all.
 */
export default async function startServers({ workers }: FullConfig): Promise<() => Promise<void>> {
  const started = await Promise.allSettled(Array.from({ length: workers }, () => startStack()));
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  process.env['E2E_STACKS'] = JSON.stringify(running.map(({ stack }) => stack));
  return stop;
}

/** Starts one stack on free ports; `additions` to the environment of the app. */
export async function startStack(
  additions: Readonly<Record<string, string>> = {},
): Promise<{ stack: Stack; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-login-e2e-'));
  const appUrl = `http://localhost:${await freePort()}`;
  const kakao = await startLocalKakao({ port: await freePort(), redirectUri: `${appUrl}/login/callback` });
  const secret = randomBytes(32).toString('base64url');
  const databaseFile = join(folder, 'e2e.db');
  const app = startApp(appUrl, databaseFile, { ...kakao.appEnv, NEXTAUTH_SECRET: secret, ...additions });
  const stop = async () => {
    await Promise.all([stopChild(app), stopChild(kakao.process)]);
    rmSync(folder, { recursive: true, force: true });
  };

  let ended = false;
  app.ended.then(() => {
    ended = true;
  });
  if (!(await untilAnswer(`${appUrl}/login`, { patience: 30_000, isOver: () => ended }))) {
    await stop();
    throw new Error('The production server did not start; its messages are above.');
  }
  return { stack: { appUrl, kakaoUrl: kakao.url, secret, databaseFile, kakaoEnv: kakao.appEnv }, stop };
}

function startApp(appUrl: string, databaseFile: string, additions: Readonly<Record<string, string>>) {
  return startChild(['scripts/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ALLOW_LOCAL_KAKAO: '1',
      TRUSTED_PROXY_HOPS: '1',
      LOG_LEVEL: 'silent',
      PORT: new URL(appUrl).port,
      NEXTAUTH_URL: appUrl,
      DATABASE_URL: `file:${databaseFile}`,
      ...additions,
    },
  });
}
