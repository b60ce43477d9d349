import { expect, it } from 'vitest';
import { clearedSessionCookie, sessionCookie } from '@/lib/http/cookies';
import { userJson } from '@/lib/http/json-views';
import { safePagePath } from '@/lib/login/return-to';
import { isDraining } from '@/lib/server/background';
import { stubEnvironment } from '../../support/env';

stubEnvironment({ NEXTAUTH_URL: 'https://example.com' });

it('the session cookie lives as long as its token', () => {
  const cookie = sessionCookie({ token: 't', expiresAt: Date.now() / 1_000 + 3_600 });
  expect(cookie).toMatch(/^__Host-session=t; Path=\/; Max-Age=(3599|3600); HttpOnly; Secure; SameSite=Lax$/);
});

it('the session cookie of a token that is over is removed at once', () => {
  expect(sessionCookie({ token: 't', expiresAt: 1 })).toContain('Max-Age=0;');
  expect(clearedSessionCookie()).toMatch(/^__Host-session=; Path=\/; Max-Age=0; Expires=/);
});

it('a user is shown with the documented fields and no others', () => {
  const at = new Date('2026-11-24T12:00:00Z');
  const user = { id: 'u', kakaoId: '9007199254740993', nickname: null, profileImageUrl: null, email: null };
  const kept = { blockedAt: at, disabledAt: at, stateChangedAt: at };
  const shown = userJson({ ...user, createdAt: at, lastLoginAt: at, ...kept });
  expect(shown).toEqual({ ...user, createdAt: at.toISOString(), lastLoginAt: at.toISOString() });
});

it('a form leads back to a page of this site, or to the front page', () => {
  expect(safePagePath('/login?error=expired')).toBe('/login?error=expired');
  for (const elsewhere of [null, '', '//evil.example', 'https://evil.example', '/..//evil.example']) {
    expect(safePagePath(elsewhere)).toBe('/');
  }
});

it('a process is not draining until its server says so', () => {
  expect(isDraining()).toBe(false);
});
