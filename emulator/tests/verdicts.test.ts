import { describe, expect, it } from 'vitest';
import { closestTo, differenceBetween } from '../src/refusals/difference.ts';
import { kapiCodes } from '../src/refusals/kapi-codes.ts';
import { koeCodes } from '../src/refusals/koe-codes.ts';
import { redirectErrors } from '../src/refusals/redirect-errors.ts';
import { scenarios } from '../src/scenarios/scenarios.ts';
import { adminKey, callback, challengeOf, first, form, people, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

/** What the developer is told about the last request. */
async function verdict(): Promise<unknown> {
  return (await kakao.client.requests.list({ secrets: 'shown' })).at(-1)?.verdict;
}

describe('a verdict on a code', () => {
  const exchanged = async (code: string, changes: Record<string, string> = {}) => {
    await kakao.exchange(code, changes);
    return verdict();
  };

  it('says when and by which request it was used', async () => {
    const code = await kakao.login(people.plain);
    await kakao.exchange(code);
    kakao.wait(3.2);
    expect(await exchanged(code)).toBe('the code was used 3.2 s ago by request #2');
  });

  it('says when it expired', async () => {
    const code = await kakao.login(people.plain);
    kakao.wait(604);
    expect(await exchanged(code)).toBe('the code expired 4 s ago');
  });

  it('says that it was cut, is something else, or never was', async () => {
    const code = await kakao.login(people.plain);
    const { access_token, refresh_token, id_token } = await kakao.tokens(people.plain);
    expect(await exchanged(code.slice(0, 80))).toBe(
      'the code has 80 characters where it had 86 when it was issued',
    );
    expect(await exchanged(` ${code}`)).toContain('87 characters where it had 86');
    expect(await exchanged(String(access_token))).toBe('this is an access token, not an authorization code');
    expect(await exchanged(String(refresh_token))).toBe('this is a refresh token, not an authorization code');
    expect(await exchanged(String(id_token))).toBe('this is an ID token, not an authorization code');
    expect(await exchanged('')).toBe('code was not sent');
    expect(await exchanged('nonsense')).toContain('never issued here');
    expect(await exchanged('x'.repeat(100_000))).toContain('never issued here');
  });

  it('says whose it is', async () => {
    expect(await exchanged(await kakao.login(people.plain), second)).toBe(
      `the code was issued to client_id ${first.client_id} (app 1234567), but exchanged with client_id ${second.client_id}`,
    );
  });

  it('says how the redirect URI differs', async () => {
    const code = await kakao.login(people.plain);
    expect(await exchanged(code, { redirect_uri: `${callback}/` })).toBe(
      `redirect_uri differs from that of the authorize request, ${callback}: one more "/" at character 37`,
    );
    expect(await exchanged(code, { redirect_uri: '' })).toContain(
      `it has to be that of the authorize request: ${callback}`,
    );
  });

  it('says what the verifier hashes to', async () => {
    const challenge = challengeOf('v'.repeat(43));
    const code = await kakao.login(people.plain, {
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const wrong = 'w'.repeat(43);
    expect(await exchanged(code, { code_verifier: wrong })).toBe(
      `code_verifier hashes to ${challengeOf(wrong)}, but the challenge was ${challenge}`,
    );
    expect(await exchanged(code)).toContain('code_verifier was not sent');
    expect(await exchanged(code, { code_verifier: challenge })).toContain('is the code_challenge itself');
  });
});

describe('a verdict on a client', () => {
  const basic = `Basic ${Buffer.from(`${first.client_id}:${first.client_secret}`).toString('base64')}`;
  const grant = { grant_type: 'authorization_code', code: 'x', redirect_uri: callback };

  it('says that Basic auth is not read', async () => {
    await kakao.token(grant, { headers: { authorization: basic } });
    expect(await verdict()).toBe('Basic auth was sent; Kakao reads client_id from the form only');
    await kakao.token({ ...grant, client_id: first.client_id }, { headers: { authorization: basic } });
    expect(await verdict()).toBe('Basic auth was sent; Kakao reads client_secret from the form only');
  });

  it.each([
    ['', 'client_secret was not sent, but is ON for this key'],
    [second.client_secret, 'client_secret is that of another key: app 7654321'],
    [` ${first.client_secret}`, 'client_secret has white space around it'],
    [first.client_secret.slice(0, -1), 'client_secret is wrong: "J" is missing at character 35'],
    [adminKey, 'client_secret is an admin key of app 1234567'],
    [first.client_id, 'client_secret is the REST API key of app 1234567'],
    ['swordfish', 'client_secret is wrong: nothing like that of this key'],
  ])('says about the client secret "%s": %s', async (client_secret, words) => {
    await kakao.exchange('x', { client_secret });
    expect(await verdict()).toBe(words);
  });

  it.each([
    [adminKey, 'client_id is an admin key of app 1234567, not a REST API key'],
    ['1234567', 'client_id is the app id of app 1234567, not a REST API key'],
    [first.client_secret, 'client_id is the client_secret of app 1234567, not a REST API key'],
    ['nobody', 'no app has the key nobody'],
    ['', 'client_id was not sent'],
  ])('says about the client id %s: %s', async (client_id, words) => {
    await kakao.exchange('x', { client_id });
    expect(await verdict()).toBe(words);
    await send(kakao.authorizeUrl({ client_id }));
    expect(await verdict()).toBe(words);
  });

  it('says that the body has the wrong type, is empty, or is in the query', async () => {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(grant) };
    await kakao.token({}, json);
    expect(await verdict()).toBe(
      'the body is application/json; Kakao reads application/x-www-form-urlencoded only',
    );
    await kakao.token({});
    expect(await verdict()).toBe('the body is empty');
    await send(kakao.url(`/oauth/token?${new URLSearchParams(grant)}`), { method: 'POST' });
    expect(await verdict()).toBe('grant_type was sent in the query; here it is read from the form only');
    await kakao.token({ ...grant, grant_type: 'password' });
    expect(await verdict()).toContain('grant_type is "password"');
  });
});

describe('a verdict on a token', () => {
  const called = async (token: unknown) => {
    await kakao.me(token);
    return verdict();
  };

  it('says when it expired', async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    kakao.wait(21_599 + 4);
    expect(await called(access_token)).toBe('the token expired 4 s ago');
    kakao.wait(5_183_999 - 21_599 - 4 + 3 * 24 * 3600);
    await kakao.refresh(refresh_token);
    expect(await verdict()).toBe('the refresh token expired 3 days ago');
  });

  it('says what revoked it', async () => {
    const target = { target_id_type: 'user_id', target_id: people.plain };
    const logins = [await kakao.tokens(people.plain), await kakao.tokens(people.plain)];
    await kakao.api('POST', '/v1/user/logout', logins[0]?.['access_token']);
    kakao.wait(10);
    expect(await called(logins[0]?.['access_token'])).toBe(
      'the token was revoked by logout 10 s ago by request #1',
    );
    await kakao.refresh(logins[0]?.['refresh_token']);
    expect(await verdict()).toContain('the refresh token was revoked by logout 10 s ago');
    await kakao.admin('POST', '/v1/user/logout', target);
    expect(await called(logins[1]?.['access_token'])).toBe(
      'the token was revoked by logout 0 s ago by request #4',
    );
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.admin('POST', '/v1/user/unlink', target);
    expect(await called(access_token)).toContain(
      'revoked by unlink (UNLINK_FROM_SERVICE) 0 s ago by request #6',
    );
  });

  it('says that its owner is gone', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.client.users.remove(people.plain);
    kakao.wait(60);
    expect(await called(access_token)).toBe('the token was revoked by unlink (ACCOUNT_DELETE) 60 s ago');
  });

  it('says what it is instead', async () => {
    const { refresh_token, id_token } = await kakao.tokens(people.plain);
    const code = await kakao.login(people.plain);
    expect(await called(refresh_token)).toBe('this is a refresh token, not an access token');
    expect(await called(code)).toBe('this is an authorization code, not an access token');
    expect(await called(id_token)).toBe('this is an ID token, not an access token');
    expect(await called(first.client_id)).toBe(
      'this is the REST API key of app 1234567, not an access token',
    );
    expect(await called(adminKey)).toBe('this is an admin key of app 1234567, not an access token');
  });

  it('says what is wrong around it', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect(await called('undefined')).toBe('the text "undefined" was sent instead of a token');
    expect(await called(`"${access_token}"`)).toBe('the token has quotes or white space around it');
    expect(await called(String(access_token).slice(0, 60))).toContain(
      'has 60 characters; those issued here have 64',
    );
    expect(await called('x')).toContain('never issued here');
    await send(kakao.url('/v2/user/me'));
    expect(await verdict()).toBe('no Authorization header was sent');
    await send(kakao.url('/v2/user/me'), { headers: { authorization: String(access_token) } });
    expect(await verdict()).toBe('the access token was sent without the word Bearer before it');
    await send(kakao.url('/v2/user/me'), { headers: { authorization: 'Token abc' } });
    expect(await verdict()).toBe('Authorization begins with "Token"; Kakao knows "Bearer" and "KakaoAK"');
  });

  it('looks at a token in the query, where that is accepted', async () => {
    await kakao.control('PATCH', 'settings', { accessTokenInQuery: 'accept' });
    await send(kakao.url('/v2/user/me?access_token=undefined'));
    expect(await verdict()).toBe('the text "undefined" was sent instead of a token');
  });

  it("says that a refresh token was replaced, is another app's, or something else", async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    await kakao.refresh(refresh_token, second);
    expect(await verdict()).toBe(
      `the refresh token was issued to client_id ${first.client_id}, not to ${second.client_id}`,
    );
    await kakao.refresh(access_token);
    expect(await verdict()).toBe('this is an access token, not a refresh token');
    kakao.wait(31 * 24 * 3600);
    await kakao.refresh(refresh_token);
    kakao.wait(50);
    await kakao.refresh(refresh_token);
    expect(await verdict()).toMatch(/^the refresh token was replaced 50 s ago by request #3: refreshing/);
  });

  it('says what an admin call lacks', async () => {
    const target = { target_id_type: 'user_id', target_id: people.plain };
    await kakao.admin('GET', '/v2/user/me', target);
    expect(await verdict()).toBe(`user ${people.plain} is not linked to app 1234567`);
    await kakao.admin('GET', '/v2/user/me', { ...target, target_id: '5' });
    expect(await verdict()).toBe('there is no user 5 in this app');
    await kakao.admin('GET', '/v2/user/me', target, first.client_id);
    expect(await verdict()).toBe('this is the REST API key of app 1234567, not an admin key');
    await kakao.admin('GET', '/v2/user/me', target, 'f'.repeat(32));
    expect(await verdict()).toBe('no app has this admin key');
    await kakao.admin('GET', '/v2/user/me', { target_id: people.linked });
    expect(await verdict()).toBe('target_id_type must be user_id');
  });
});

describe('a verdict on an authorize request', () => {
  const page = async (query: Record<string, string>) => {
    const { text } = await send(kakao.authorizeUrl(query), { headers: { 'accept-language': 'en' } });
    const words = await verdict();
    return { words, inPage: text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").includes(String(words)) };
  };

  it.each([
    [`${callback}/`, `the registered ${callback}: one more "/" at character 37`],
    [callback.replace('http:', 'https:'), `the registered ${callback}: one more "s" at character 5`],
    [callback.replace('3000', '3001'), `the registered ${callback}: "1" instead of "0" at character 21`],
    [
      callback.replace('localhost', 'LOCALHOST'),
      '"LOCALHOST" instead of "localhost" at character 8 (upper and',
    ],
    [callback.slice(0, -8), `the registered ${callback}: "callback" is missing at character 29`],
    ['x', 'redirect_uri is like none of the 2 registered'],
  ])('says where %s differs, on the page too', async (redirect_uri, words) => {
    const told = await page({ redirect_uri });
    expect(told.words).toContain(words);
    expect(told.inPage).toBe(true);
  });

  it('says which scope is off', async () => {
    expect(await page({ scope: 'account_email gender' })).toEqual({
      words: "scope gender is off in the app's consent items",
      inPage: true,
    });
    await kakao.patchApp({ oidc: false });
    expect((await page({ scope: 'openid' })).words).toContain('OpenID Connect is off');
  });

  it('says how the logout address differs', async () => {
    const query = new URLSearchParams({
      client_id: first.client_id,
      logout_redirect_uri: 'http://localhost:3000/logi',
    });
    await send(kakao.url(`/oauth/logout?${query}`));
    expect(await verdict()).toContain('"n" is missing at character 27');
  });

  it('says what the app is told', async () => {
    await send(kakao.authorizeUrl(), form({ user: people.plain, decision: 'cancel' }));
    expect(await verdict()).toBe('the app is told access_denied: User denied access');
    await send(kakao.authorizeUrl({ prompt: 'none' }));
    expect(await verdict()).toContain('login_required');
  });
});

describe('a verdict', () => {
  it('names the fault that answered', async () => {
    const { id } = await kakao.fault('/v2/user/me', { kakao: -10 });
    await kakao.me('x');
    expect(await verdict()).toBe(`a fault answered (fault ${id})`);
  });

  it('is there for every refusal, and only for those', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.me(access_token);
    expect(await verdict()).toBeNull();
    await send(kakao.url('/v3/nothing'));
    expect(await verdict()).toBe('no such API: /v3/nothing');
    await kakao.me(access_token, { property_keys: '["nothing"]' });
    expect(await verdict()).toBe('unknown key [nothing]');
  });

  it('never reaches the client', async () => {
    const { text, headers } = await kakao.me('undefined');
    expect(text + JSON.stringify([...headers])).not.toContain('instead of a token');
  });
});

describe('in Korean', () => {
  const korean = /[가-힣]/;

  it('a page of Kakao’s says why', async () => {
    const causesOn = async (language: string) => {
      const headers = { 'accept-language': language };
      const { text } = await send(kakao.authorizeUrl({ redirect_uri: `${callback}/` }), { headers });
      return /<ul class="causes">(.*?)<\/ul>/.exec(text)?.[1];
    };
    expect(await causesOn('ko')).toContain(
      `redirect_uri 값이 등록된 ${callback} 주소와 다릅니다: 37번째 글자에 &quot;/&quot; 부분이 더 있습니다`,
    );
    expect(await causesOn('en')).not.toMatch(korean);
  });

  it('the inspector says why, and finds it by the words of either language', async () => {
    await kakao.exchange('nonsense');
    const shown = async (query: string) => (await send(kakao.url(`/__emulator/inspector${query}`))).text;
    for (const words of ['never issued', '발급한 적이 없거나']) {
      expect(await shown(`?q=${encodeURIComponent(words)}`)).toContain(
        '<span class="verdict">여기서 발급한 적이 없거나 오래전에 지워진 코드입니다</span>',
      );
    }
  });

  it('a fault and every code have words of their own', () => {
    const causes = [
      ...Object.values(koeCodes).map(({ cause }) => cause),
      ...[...kapiCodes.values()].map(({ cause }) => cause),
      ...Object.values(redirectErrors).map(({ cause }) => cause),
      ...scenarios.map(({ what }) => what),
    ];
    for (const { en, ko } of causes) {
      expect(en).toMatch(/^[^가-힣]+$/);
      expect(ko).toMatch(korean);
    }
  });
});

describe('a difference', () => {
  it.each([
    ['ab', 'abc', '"c" is missing at character 3'],
    ['xabc', 'abc', 'one more "x" at character 1'],
    ['abxyc', 'abc', '"xy" too much at character 3'],
    ['aaa', 'aa', 'one more "a" at character 3'],
  ])('between %s and %s', (sent, right, words) => {
    expect(differenceBetween(sent, right).en).toBe(words);
    expect(closestTo(sent, ['zzzzzzzzzz', right])).toBe(right);
  });
});
