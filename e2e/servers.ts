import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, stopChild } from '../scripts/run/child.mjs';
import { startLocalKakao } from '../scripts/run/local-kakao.mjs';
import { freePort } from '../scripts/run/port.mjs';
import { untilAnswer } from '../scripts/run/until-answer.mjs';

/**
 * Starts the local Kakao and the production build of the app on free ports with a database of their own, and tells
 * the tests where they are: `E2E_APP_URL`, `E2E_KAKAO_URL`, `E2E_SECRET`, `E2E_DATABASE_FILE`, and the app's own
 * `KAKAO_*` as `E2E_KAKAO_*`. The function that it returns stops both.
 */
export default async function startServers(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-login-e2e-'));
  const appUrl = `http://localhost:${await freePort()}`;
  const kakao = await startLocalKakao({ port: await freePort(), redirectUri: `${appUrl}/login/callback` });
  const secret = randomBytes(32).toString('base64url');
  const databaseFile = join(folder, 'e2e.db');
  const app = startApp(appUrl, databaseFile, { ...kakao.appEnv, NEXTAUTH_SECRET: secret });
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
  for (const [name, value] of Object.entries(kakao.appEnv)) process.env[`E2E_${name}`] = value;
  Object.assign(process.env, {
    E2E_APP_URL: appUrl,
    E2E_KAKAO_URL: kakao.url,
    E2E_SECRET: secret,
    E2E_DATABASE_FILE: databaseFile,
  });
  return stop;
}

function startApp(appUrl: string, databaseFile: string, additions: Record<string, string>) {
  return startChild(['scripts/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ALLOW_LOCAL_KAKAO: '1',
      TRUSTED_PROXY_HOPS: '1',
      PORT: new URL(appUrl).port,
      NEXTAUTH_URL: appUrl,
      DATABASE_URL: `file:${databaseFile}`,
      ...additions,
    },
  });
}
