import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine, type Report, type Result } from '../../doctor/examine.ts';
import { startCarelessApp } from '../../examples/careless/server.mjs';
import { type Emulator, startEmulator } from '../../src/index.ts';

let emulator: Emulator;
let app: { url: string; close: () => Promise<void> };
let report: Report;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
  app = await startCarelessApp({ kakao: emulator.url });
  const more = { api: '/api/kakao', unlinkWebhook: '/unlink', accountStateWebhook: '/events' };
  report = await examine({ url: app.url, kakaoUrl: emulator.url, ...more });
}, 120_000);

afterAll(async () => {
  await Promise.all([app.close(), emulator.close()]);
});

const withVerdict = (verdict: Result['verdict']) =>
  report.cases.filter((one) => one.verdict === verdict).map(({ id }) => id);

const seenIn = (id: string) => report.cases.find((one) => one.id === id);

describe('the doctor', () => {
  it('finds the way in and what tells who is there by itself', () => {
    expect(report.login).toBe(`link GET /login on ${app.url}/`);
    expect(report.me).toBe(`${app.url}/`);
  });

  it('has at least 25 cases, every one with a source and a remedy, and no two of one name', () => {
    expect(report.cases.length).toBeGreaterThan(90);
    expect(new Set(report.cases.map(({ id }) => id)).size).toBe(report.cases.length);
    for (const { why, mend, sent, seen } of report.cases) {
      expect([why, mend, sent, seen]).toEqual(Array(4).fill(expect.stringMatching(/\S{2}/)));
    }
  });

  it('catches the careless app in exactly these', () => {
    expect(withVerdict('fail')).toMatchInlineSnapshot(`
      [
        "state-unguessable",
        "pkce-s256",
        "redirect-uri-constant",
        "login-csrf-empty",
        "login-csrf-midway",
        "login-csrf-signed-in",
        "code-injected",
        "state-used-again",
        "state-missing",
        "state-altered",
        "code-missing",
        "callback-bare",
        "code-unknown",
        "callback-twice",
        "callback-twice-at-once",
        "callback-elsewhere",
        "error-text-escaped",
        "error-signs-nobody-out",
        "id-token-sub",
        "id-token-aud",
        "id-token-iss",
        "id-token-nonce",
        "id-token-expired",
        "id-token-alg-none",
        "id-token-alg-hs256",
        "id-token-unknown-key",
        "id-token-foreign-key",
        "no-account",
        "nickname-escaped",
        "nickname-control-characters",
        "masked-email",
        "unverified-email",
        "same-email",
        "big-ids",
        "open-redirect-login",
        "open-redirect-logout",
        "cookie-http-only",
        "cookie-same-site",
        "session-unguessable",
        "session-fixation",
        "page-not-cached",
        "logout-on-server",
        "api-other-app",
        "api-code",
        "api-refresh-token",
        "api-id-token",
        "api-dead-token",
        "api-made-up-token",
        "api-no-header",
        "api-kakao-down",
        "unlink-wrong-key",
        "unlink-no-key",
        "unlink-wrong-app",
        "unlink-two-people",
        "unlink-rest-key",
        "event-foreign-key",
        "event-unknown-key",
        "event-alg-none",
        "event-alg-hs256",
        "event-tampered",
        "event-wrong-issuer",
        "event-wrong-audience",
        "event-wrong-subject",
        "event-id-token",
        "event-user-linked",
        "event-unknown",
        "event-replayed",
        "token-500",
        "token-quota",
        "token-bad-secret",
        "token-slow",
        "token-reset",
        "token-truncated",
        "token-html",
        "token-empty",
        "user-internal",
        "user-quota",
        "user-unknown-token",
        "user-maintenance",
        "user-slow",
        "user-reset",
        "user-html",
        "user-no-id",
        "token-asked-once",
        "client-secret-in-browser",
        "kakao-token-in-browser",
        "code-in-page",
        "code-in-address-bar",
        "stack-trace",
      ]
    `);
  });

  it('lets pass exactly these', () => {
    expect(withVerdict('pass')).toMatchInlineSnapshot(`
      [
        "state-sent",
        "two-tabs",
        "denied",
        "denied-under-14",
        "prompt-none-login-required",
        "prompt-none-consent-required",
        "prompt-none-interaction-required",
        "error-server-error",
        "error-invalid-request",
        "error-invalid-scope",
        "error-unauthorized-client",
        "error-misconfigured",
        "error-no-such-error",
        "no-nickname",
        "no-email",
        "long-nickname",
        "open-redirect-signed-in",
        "session-forged",
        "logout-signs-out",
        "api-good-token",
        "unlink-genuine",
        "unlink-unknown-person",
        "event-genuine",
        "recovers",
        "key-rotated",
      ]
    `);
  });

  it('does not judge what the app does not have', () => {
    expect(withVerdict('not applicable')).toEqual(['pkce-new-verifier', 'cookie-secure']);
  });

  it('tells an open door from a crash', () => {
    expect(seenIn('login-csrf-empty')).toMatchObject({
      kind: 'vulnerable',
      seen: 'the browser was signed in as Ben',
    });
    expect(seenIn('api-refresh-token')).toMatchObject({ kind: 'broken', seen: 'it crashed: HTTP 500' });
    expect(seenIn('open-redirect-login')?.seen).toBe('it led to https://evil.example/');
    expect(seenIn('token-slow')?.seen).toMatch(/^it waited 1\d\.\d s: there is no deadline$/);
    expect(seenIn('client-secret-in-browser')?.seen).toBe('client secret in the page at /');
  });

  it('leaves no fault behind in the Kakao', async () => {
    const answer = await fetch(`${emulator.url}/__emulator/v1/faults`);
    expect(await answer.json()).toEqual({ faults: [] });
  });

  it('reports no code, token or secret', () => {
    const text = JSON.stringify(report);
    expect(text).not.toContain('emu_');
  });
});
