import { describe, expect, it } from 'vitest';
import { adminKey, callback, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

/** Asks for authorization in English and expects the page of this code, with these words under developer information. */
async function expectPage(koe: string, query: Record<string, string>, ...words: string[]) {
  const answer = await send(kakao.authorizeUrl(query), { headers: { 'accept-language': 'en' } });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.text).toContain(`(${koe})`);
  for (const word of words) expect(answer.text).toContain(word);
}

describe('authorize keeps the browser on a page', () => {
  it('KOE101 for an unknown REST API key', () =>
    expectPage('KOE101', { client_id: 'f'.repeat(32) }, 'f'.repeat(32)));
  it('KOE101 for an empty client_id', () =>
    expectPage('KOE101', { client_id: '' }, 'client_id was not sent'));
  it('KOE101 for the admin key, saying so', () =>
    expectPage('KOE101', { client_id: adminKey }, 'an admin key of app 1234567, not a REST API key'));

  it('KOE006 with the sentence that developers have quoted', async () => {
    const query = { redirect_uri: `${callback}/` };
    await expectPage('KOE006', query, 'An error in the Demo Service service settings prevents');
    const { text } = await send(kakao.authorizeUrl(query));
    expect(text).toContain('데모 서비스 서비스 설정에 오류가 있어, 이용할 수 없습니다.');
  });

  it('KOE101 with that sentence too, where no app can be named', async () => {
    const query = { client_id: 'f'.repeat(32) };
    await expectPage('KOE101', query, 'An error in the service settings prevents');
    const { text } = await send(kakao.authorizeUrl(query));
    expect(text).toContain('>서비스 설정에 오류가 있어, 이용할 수 없습니다.');
  });

  it.each([
    `${callback}/`,
    callback.replace('http:', 'https:'),
    callback.replace('localhost', 'LOCALHOST'),
    callback.replace('3000', '3001'),
    `${callback}?x=1`,
  ])('KOE006 for %s, naming what is registered', (uri) =>
    expectPage('KOE006', { redirect_uri: uri }, `redirect_uri differs from the registered ${callback}: `),
  );

  it('KOE006 with one sentence for the developer', async () => {
    const { text } = await send(kakao.authorizeUrl({ redirect_uri: `${callback}/` }));
    expect(text.match(/<li>/g)).toHaveLength(1);
  });

  it("KOE205 with Kakao's own words before ours", async () => {
    const { text } = await send(kakao.authorizeUrl({ scope: 'gender' }), {
      headers: { 'accept-language': 'en' },
    });
    const causes = [...text.matchAll(/<li><code>(.*?)<\/code>/g)].map((match) => match[1]);
    expect(causes).toEqual(['Invalid scope: gender', 'scope gender is off in the app&#39;s consent items']);
  });

  it('KOE006 escapes what was sent', async () => {
    const answer = await send(kakao.authorizeUrl({ redirect_uri: 'http://x/"><script>alert(1)</script>' }));
    expect(answer.text).not.toContain('<script>');
  });

  it('KOE004 while Kakao Login is off', async () => {
    await kakao.patchApp({ loginEnabled: false });
    await expectPage('KOE004', {}, 'OFF', '1234567');
  });

  it('KOE201 for an unknown response type', () =>
    expectPage('KOE201', { response_type: 'id_token' }, 'id_token'));
  it('KOE202 for the implicit grant', () => expectPage('KOE202', { response_type: 'token' }));
  it('KOE205 for items that are off', () =>
    expectPage('KOE205', { scope: 'gender,account_email birthday' }, 'gender, birthday'));
  it('KOE205 for an unknown scope', () => expectPage('KOE205', { scope: 'everything' }, 'everything'));
  it('KOE207 without redirect_uri', () => expectPage('KOE207', { redirect_uri: '' }, 'redirect_uri'));
  it('KOE207 without response_type', () => expectPage('KOE207', { response_type: '' }, 'response_type'));
  it('KOE204 for an unknown prompt', () => expectPage('KOE204', { prompt: 'consent' }, 'consent'));
  it('KOE204 for the plain PKCE method', () =>
    expectPage('KOE204', { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' }, 'S256'));
  it('KOE204 for a challenge with padding', () =>
    expectPage(
      'KOE204',
      { code_challenge: `${'a'.repeat(43)}=`, code_challenge_method: 'S256' },
      'without padding',
    ));

  it('KOE205 for openid while OpenID Connect is off', async () => {
    await kakao.patchApp({ oidc: false });
    await expectPage('KOE205', { scope: 'openid' }, 'OpenID Connect is off in the app');
  });

  it('KOE001 for a repeated parameter', async () => {
    const answer = await send(`${kakao.authorizeUrl()}&state=a&state=b`);
    expect(answer.text).toContain('(KOE001)');
  });

  it('in Korean unless the browser prefers English', async () => {
    const answer = await send(kakao.authorizeUrl({ client_id: 'x' }), {
      headers: { 'accept-language': 'fr, ko;q=0.8, en;q=0.5' },
    });
    expect(answer.text).toContain('앱 관리자 설정 오류 (KOE101)');
  });

  it('also when a page of ours posts', async () => {
    const answer = await send(kakao.authorizeUrl({ redirect_uri: 'http://evil.example/' }), {
      method: 'POST',
    });
    expect(answer.text).toContain('(KOE006)');
  });
});

describe('with authorizeErrors = redirect', () => {
  it('a bad scope comes back to the app with its state', async () => {
    await kakao.client.settings.change({ authorizeErrors: 'redirect' });
    const to = redirectedTo(await send(kakao.authorizeUrl({ scope: 'gender', state: 's' })));
    expect(to.searchParams.get('error')).toBe('invalid_scope');
    expect(to.searchParams.get('state')).toBe('s');
  });

  it('a bad redirect URI still stays on the page', async () => {
    await kakao.client.settings.change({ authorizeErrors: 'redirect' });
    expect((await send(kakao.authorizeUrl({ redirect_uri: 'http://evil.example/' }))).status).toBe(400);
  });
});
