import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Stack } from '../stack/servers';
import { expect, test } from './support/test';

interface Verdict {
  readonly id: string;
  readonly verdict: 'pass' | 'fail' | 'not applicable';
  readonly seen: string;
}

/** Runs the command on the app, told where its API and its webhooks are, and nothing else. */
async function examine({ appUrl, kakaoUrl }: Stack): Promise<{ code: number | null; cases: Verdict[] }> {
  const paths = {
    '--me': '/api/me',
    '--api': '/api/auth/kakao',
    '--unlink-webhook': '/api/webhooks/kakao/unlink',
    '--account-state-webhook': '/api/webhooks/kakao/account-state',
    // An address of its own, so that the limits of logins are those of this run alone.
    '--header': 'X-Forwarded-For: 203.0.113.86',
  };
  const args = ['doctor', appUrl, '--kakao', kakaoUrl, '--json', ...Object.entries(paths).flat()];
  const child = spawn(process.execPath, ['emulator/bin/kakao-emulator.js', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_ENV: 'test' },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const report = await text(child.stdout);
  return { code: await ended, cases: report === '' ? [] : JSON.parse(report).cases };
}

test('the app passes every case of the doctor', async ({ stack }) => {
  const { code, cases } = await examine(stack);
  expect(cases.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(cases.filter(({ verdict }) => verdict === 'not applicable').map(({ id }) => id)).toEqual([
    'cookie-secure',
  ]);
  expect(cases.length).toBeGreaterThan(110);
  expect(code).toBe(0);
}, 240_000);
