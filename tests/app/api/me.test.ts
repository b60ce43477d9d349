import { afterEach, beforeEach, expect, it } from 'vitest';
import { DELETE } from '@/app/api/me/route';
import { withApp } from '../../support/app';
import { stubEnvironment } from '../../support/env';
import { people } from '../../support/kakao';

const app = withApp();

beforeEach(() => {
  stubEnvironment();
  globalThis.kakaoLoginWiring = Promise.resolve(app.deps());
});
afterEach(() => {
  globalThis.kakaoLoginWiring = undefined;
});

it('KakaoTalk’s browser does not log in by itself again after a withdrawal', async () => {
  const browser = app.browser();
  await browser.login(people.plain);
  const headers = {
    cookie: `session-3000=${browser.sessionToken()}`,
    'sec-fetch-site': 'same-origin',
    'user-agent': 'Mozilla/5.0 KAKAOTALK/25.1',
  };
  const answer = await DELETE(new Request('http://localhost:3000/api/me', { method: 'DELETE', headers }));
  expect(answer.status).toBe(204);
  const names = answer.headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf('=')));
  expect(names).toEqual(['session-3000', 'silent-3000', 'recent-3000']);
});
