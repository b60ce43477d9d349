import { afterEach, beforeEach, expect, it } from 'vitest';
import { getKakaoAccessToken } from '@/lib/server/kakao-access-token';
import { withApp } from '../../support/app';
import { people } from '../../support/kakao';

const app = withApp();

beforeEach(() => {
  globalThis.kakaoLoginWiring = Promise.resolve(app.deps());
});
afterEach(() => {
  globalThis.kakaoLoginWiring = undefined;
});

it('gives nothing for a user of whom no token is kept', async () => {
  expect(await getKakaoAccessToken('nobody')).toBeNull();
});

it('gives a token that Kakao’s other APIs accept', async () => {
  app.storeTokens();
  await app.browser().login(people.plain);
  const user = await app.deps().db.user.findFirstOrThrow();
  const headers = { authorization: `Bearer ${await getKakaoAccessToken(user.id)}` };
  const answer = await fetch(`${app.deps().kakao.apiOrigin}/v2/user/scopes`, { headers });
  expect(answer.status).toBe(200);
});
