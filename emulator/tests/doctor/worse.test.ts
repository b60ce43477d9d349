import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../doctor/examine.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { startWorseApp } from './worse-app.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
});
afterAll(() => emulator.close());

/** What the doctor sees in these cases, by id, when it says that they fail. */
async function failures(only: readonly string[], options: { stateless?: boolean } = {}) {
  const app = await startWorseApp(emulator, options);
  const paths = { api: '/api', unlinkWebhook: '/nowhere', accountStateWebhook: '/webhook' };
  const { cases } = await examine({ url: app.url, kakaoUrl: emulator.url, ...paths, only });
  await app.close();
  return Object.fromEntries(
    cases.filter(({ verdict }) => verdict === 'fail').map(({ id, seen }) => [id, seen]),
  );
}

const crash = expect.stringMatching(/^it crashed: HTTP 500 /);

describe('what the careless app does right, the doctor catches in another one:', () => {
  it('no state', async () => {
    const seen = await failures(['state-sent'], { stateless: true });
    expect(seen).toEqual({ 'state-sent': 'the authorize address has no state' });
  });

  it('one verifier for all logins, one state for all tabs', async () => {
    expect(await failures(['state-sent', 'pkce-', 'two-tabs'])).toEqual({
      'pkce-new-verifier': 'code_challenge was the same in two logins',
      'two-tabs': crash,
    });
  });

  it('a crash, or a circle, when Kakao says no', async () => {
    expect(await failures(['denied', 'prompt-none', 'error-server', 'error-no-such'])).toEqual({
      denied: crash,
      'denied-under-14': crash,
      'prompt-none-login-required': crash,
      'prompt-none-consent-required': 'it went back to Kakao with prompt=none at once: a circle',
      'prompt-none-interaction-required': crash,
      'error-server-error': crash,
      'error-no-such-error': crash,
    });
  });

  it('people who are not as in the documents', async () => {
    expect(await failures(['no-email', 'no-account', 'long-nickname'])).toEqual({
      'no-email': crash,
      'no-account': crash,
      'long-nickname': crash,
    });
  });

  it('a cookie that anybody can write, and a logout that does nothing', async () => {
    expect(await failures(['session-forged', 'logout-signs-out', 'open-redirect-signed-in'])).toEqual({
      'session-forged': 'Ben was signed in',
      'logout-signs-out': 'the browser is still Ada’s',
      'open-redirect-signed-in': 'it led to https://evil.example/',
    });
  });

  it('an API and webhooks that do nothing', async () => {
    expect(await failures(['api-good', 'unlink-genuine', 'unlink-unknown', 'event-genuine'])).toEqual({
      'api-good-token': 'HTTP 404',
      'unlink-genuine': 'answered 404, Kakao needs 200',
      'unlink-unknown-person': 'answered 404, Kakao needs 200',
      'event-genuine': 'answered 200, Kakao needs 202',
    });
  });

  it('a failure that is never forgotten', async () => {
    const seen = await failures(['recovers']);
    expect(seen).toEqual({ recovers: expect.stringContaining('a login could not be begun: HTTP 403') });
  });
});
