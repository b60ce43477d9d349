import { describe, expect, it } from 'vitest';
import { first, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const logoutUrl = (query: Record<string, string> = {}) => {
  const base = {
    client_id: first.client_id,
    logout_redirect_uri: 'http://localhost:3000/login',
    state: 'q 1',
  };
  return kakao.url(`/oauth/logout?${new URLSearchParams({ ...base, ...query })}`);
};

async function signedIn() {
  const answer = await send(kakao.authorizeUrl(), form({ user: people.linked }));
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

const isSignedIn = async (headers: Record<string, string>) =>
  redirectedTo(await send(kakao.authorizeUrl({ prompt: 'none' }), { headers })).searchParams.has('code');

describe('logout with the Kakao Account', () => {
  it('is KOE007 for an address that is not registered for logout', async () => {
    const url = logoutUrl({ logout_redirect_uri: 'http://localhost:3000/login/callback' });
    const answer = await send(url, { headers: { 'accept-language': 'en' } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('(KOE007)');
    expect(answer.text).toContain('differs from the registered http://localhost:3000/login: ');
    expect(
      (await send(logoutUrl({ logout_redirect_uri: 'http://evil.example' }), form({ choice: 'account' })))
        .status,
    ).toBe(400);
  });

  it('is KOE101 for an unknown client', async () => {
    expect((await send(logoutUrl({ client_id: 'x' }))).text).toContain('(KOE101)');
  });

  it('asks first, and shows whose account it is', async () => {
    const headers = await signedIn();
    const { status, text } = await send(logoutUrl(), { headers });
    expect(status).toBe(200);
    for (const words of ['나리', '카카오계정과 함께 로그아웃', '이 서비스만 로그아웃'])
      expect(text).toContain(words);
    expect(await isSignedIn(headers)).toBe(true);
  });

  it('ends the account session when told so, and returns the state', async () => {
    const headers = await signedIn();
    const answer = await send(logoutUrl(), { ...form({ choice: 'account' }), headers });
    expect(answer.headers.get('location')).toBe('http://localhost:3000/login?state=q%201');
    expect(await isSignedIn(headers)).toBe(false);
  });

  it('keeps the account session for "this service only"', async () => {
    const headers = await signedIn();
    expect((await send(logoutUrl(), { ...form({ choice: 'service' }), headers })).status).toBe(302);
    expect(await isSignedIn(headers)).toBe(true);
  });

  it('revokes no tokens', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    await send(logoutUrl(), { ...form({ choice: 'account' }), headers: await signedIn() });
    expect((await kakao.me(access_token)).status).toBe(200);
  });
});
