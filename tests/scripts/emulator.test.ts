import { expect, it, onTestFinished } from 'vitest';
import { startLocalKakao } from '../../scripts/emulator.mjs';
import { freePort } from '../../scripts/run/port.mjs';
import { stopChild } from '../../scripts/run/process.mjs';

it('the local Kakao is set up as one would set the app up in the console', { timeout: 60_000 }, async () => {
  const redirectUri = 'http://localhost:3000/login/callback';
  const kakao = await startLocalKakao({
    port: await freePort(),
    redirectUri,
    name: { ko: '나무 서점', en: 'Namu Books' },
  });
  onTestFinished(() => stopChild(kakao.process));
  const clientId = kakao.appEnv['KAKAO_CLIENT_ID'];
  const answer = await fetch(`${kakao.url}/__emulator/v1/apps/${clientId}`);
  expect(await answer.json()).toMatchObject({
    // Kakao's logout page comes back to the login page, and its consent page says who asks.
    logoutRedirectUris: ['http://localhost:3000/login'],
    name: { ko: '나무 서점', en: 'Namu Books' },
  });
});
