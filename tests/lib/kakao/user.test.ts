import { describe, expect, it } from 'vitest';
import { byAccessToken } from '@/lib/kakao/api';
import { fetchUser, readUser } from '@/lib/kakao/user';
import { answerJson, withServers } from '../../support/http-server';
import { kakaoConfig, people, soon, withLocalKakao } from '../../support/kakao';

const kakao = withLocalKakao();
const start = withServers();

const email = { email: 'a@example.com', is_email_valid: true, is_email_verified: true };
const person = (account: unknown) => readUser({ id: 7n, kakao_account: account });
const named = (nickname: unknown) => person({ profile: { nickname } }).nickname;
const pictured = (profile_image_url: unknown) => person({ profile: { profile_image_url } }).profileImageUrl;

async function fetched(userId: string) {
  return fetchUser(kakao.config(), byAccessToken(await kakao.accessToken(userId)), soon());
}

describe('fetchUser refuses', () => {
  it.each([
    ['{"id":0}', 200, 'profile_invalid'],
    ['{"kakao_account":{"id":7}}', 200, 'profile_invalid'],
    ['{}', 200, 'profile_invalid'],
    ['{"id":7,"id":8}', 200, 'unavailable'],
    ['[{"id":7}]', 200, 'unavailable'],
    ['"7"', 200, 'unavailable'],
    ['null', 200, 'unavailable'],
    ['', 200, 'unavailable'],
    ['<html><body>점검 중</body></html>', 200, 'unavailable'],
    ['<html><body>점검 중</body></html>', 401, 'unavailable'],
    ['{"id":7}', 201, 'unavailable'],
  ])('the answer %s (HTTP %i): %s', async (body, status, code) => {
    const server = await start(answerJson(body, status));
    const asked = fetchUser(kakaoConfig(server.url), byAccessToken('token'), soon());
    await expect(asked).rejects.toMatchObject({ name: 'KakaoError', code });
  });

  it('an answer that is nested without end', async () => {
    const server = await start(answerJson('['.repeat(200_000)));
    const asked = fetchUser(kakaoConfig(server.url), byAccessToken('token'), soon());
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('a token Kakao does not know', async () => {
    const asked = fetchUser(kakao.config(), byAccessToken('emu_unknown'), soon());
    await expect(asked).rejects.toMatchObject({ code: 'token_unknown', kakaoCode: '-401' });
  });

  it('people who cannot be used', async () => {
    await expect(fetched(people.dormant)).rejects.toMatchObject({ code: 'account_unusable' });
    await expect(fetched(people.child)).rejects.toMatchObject({ code: 'under_14' });
  });

  it.each([
    [{ kakao: -10, always: true }, 'busy'],
    [{ kakao: -9798, always: true }, 'maintenance'],
    [{ status: 429, body: { code: -10, msg: 'limit' } }, 'busy'],
    [{ status: 401, body: { code: -401, msg: 'ip mismatched! callerIp=1.2.3.4' } }, 'refused'],
    [{ malformed: true }, 'unavailable'],
    [{ reset: true, times: 2 }, 'unavailable'],
    [{ truncate: true, times: 2 }, 'unavailable'],
  ])('when Kakao does %j: %s', async (fault, code) => {
    await kakao.fault('/v2/user/me', fault);
    await expect(fetched(people.plain)).rejects.toMatchObject({ code });
  });
});

describe('fetchUser', () => {
  it('keeps apart two people whose ids round to the same number', async () => {
    expect((await fetched(people.exact)).id).toBe('9007199254740993');
    expect((await fetched(people.rounded)).id).toBe('9007199254740992');
  });

  it('asks for pictures over https, with the token in the header alone', async () => {
    const server = await start(answerJson('{"id":7}'));
    await fetchUser(kakaoConfig(server.url), byAccessToken('the-token'), soon());
    expect(server.seen[0]?.url).toBe('/v2/user/me?secure_resource=true');
    expect(server.seen[0]?.headers.authorization).toBe('Bearer the-token');
  });

  it('survives one cut connection', async () => {
    await kakao.fault('/v2/user/me', { reset: true });
    expect((await fetched(people.plain)).nickname).toBe('서윤');
  });

  it('leaves out the e-mail that is unverified or masked, and the nickname that was refused', async () => {
    expect((await fetched(people.unverified)).email).toBeNull();
    expect((await fetched(people.masked)).email).toBeNull();
    expect((await fetched(people.namelessByChoice)).nickname).toBeNull();
    expect((await fetched(people.plain)).email).toBe('seoyun@example.com');
  });

  it('cleans the nicknames of odd people and keeps their emoji', async () => {
    expect((await fetched(people.control)).nickname).toBe('탭줄종널끝');
    expect([...((await fetched(people.long)).nickname ?? '')]).toHaveLength(100);
    expect((await fetched(people.emoji)).nickname).toBe('🐥 병아리 👩‍👩‍👧');
  });
});

describe('readUser', () => {
  it.each([
    undefined,
    null,
    {},
    [],
    'text',
    7,
    { profile: null },
    { profile: [] },
    { profile: {} },
    { profile: { nickname: null, profile_image_url: null }, email: null },
    { profile: { nickname: 7, profile_image_url: {} }, email: ['a@example.com'] },
    { profile: { nickname: '', profile_image_url: '' }, email: '' },
  ])('finds nothing in the account %j, and that is no error', (account) => {
    expect(person(account)).toEqual({ id: '7', nickname: null, profileImageUrl: null, email: null });
  });

  it('falls back to properties.nickname, cleaned too', () => {
    expect(readUser({ id: 7n, properties: { nickname: ' 옛\u0007이름 ' } }).nickname).toBe('옛이름');
    const both = { kakao_account: { profile: { nickname: '새이름' } }, properties: { nickname: '옛이름' } };
    expect(readUser({ id: 7n, ...both }).nickname).toBe('새이름');
    const blank = { kakao_account: { profile: { nickname: '\u0000 ' } }, properties: { nickname: '옛이름' } };
    expect(readUser({ id: 7n, ...blank }).nickname).toBe('옛이름');
    expect(readUser({ id: 7n, properties: null }).nickname).toBeNull();
  });

  it.each([
    ['a\u0000b\u001fc\u007fd\u009f', 'abcd'],
    ['a\r\nb', 'ab'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u2066a\u2069\u2028b\u2029', 'ab'],
    ['  두 칸  ', '두 칸'],
    ['a\ud800b', 'ab'],
    ['\u0000\u0001', null],
    ['   ', null],
    ['\u3164\u3164', null],
    ['\u200b\u200d', null],
    ['👩‍👩‍👧🏳️‍🌈', '👩‍👩‍👧🏳️‍🌈'],
    ['<b>&amp;', '<b>&amp;'],
  ])('reads the nickname %j as %j', (raw, clean) => {
    expect(named(raw)).toBe(clean);
  });

  it('cuts a nickname after 100 characters, never inside one', () => {
    expect(named('가'.repeat(100))).toBe('가'.repeat(100));
    expect(named('가'.repeat(101))).toBe('가'.repeat(100));
    expect(named('🐥'.repeat(101))).toBe('🐥'.repeat(100));
    expect(named(`${'가'.repeat(99)} 나`)).toBe('가'.repeat(99));
  });

  it.each([
    ['http', 'http://k.kakaocdn.net/a.jpg'],
    ['a host that begins like Kakao', 'https://kakaocdn.net.evil.com/a.jpg'],
    ['a host that ends like Kakao', 'https://evilkakaocdn.net/a.jpg'],
    ['credentials', 'https://user:pass@k.kakaocdn.net/a.jpg'],
    ['a user alone', 'https://user@k.kakaocdn.net/a.jpg'],
    ['a password alone', 'https://:pass@k.kakaocdn.net/a.jpg'],
    ['a host hidden behind credentials', 'https://k.kakaocdn.net@evil.com/a.jpg'],
    ['a host hidden behind a backslash', 'https://evil.com\\.kakaocdn.net/a.jpg'],
    ['another port', 'https://k.kakaocdn.net:8443/a.jpg'],
    ['a script', 'javascript:alert(1)//k.kakaocdn.net'],
    ['data', 'data:image/png;base64,AAAA'],
    ['no scheme', '//k.kakaocdn.net/a.jpg'],
    ['a path', '/a.jpg'],
    ['too much', `https://k.kakaocdn.net/${'a'.repeat(2_048)}`],
  ])('takes no picture with %s', (_, url) => {
    expect(pictured(url)).toBeNull();
  });

  it.each(['https://k.kakaocdn.net/dn/a/img_640x640.jpg', 'https://p.kakao.com/a.png?x=1'])(
    'takes the picture %s',
    (url) => expect(pictured(url)).toBe(url),
  );

  it('lets nothing that a picture address could break out of markup with pass unescaped', () => {
    expect(pictured('https://k.kakaocdn.net/a"><script>')).not.toMatch(/["<>]/);
  });

  it.each([
    ['is not valid', { ...email, is_email_valid: false }],
    ['is not verified', { ...email, is_email_verified: false }],
    ['does not say whether it is valid', { ...email, is_email_valid: undefined }],
    ['does not say whether it is verified', { ...email, is_email_verified: undefined }],
    ['says so with a text', { ...email, is_email_verified: 'true' }],
    ['was not agreed to', { ...email, email_needs_agreement: true }],
    ['is masked', { ...email, email: 'ka***@kakao.com' }],
    ['is masked with one star', { ...email, email: 'k*@kakao.com' }],
    ['is masked behind the @', { ...email, email: 'kakao@ex***.com' }],
    ['is not an address', { ...email, email: 'nobody' }],
    ['is two addresses', { ...email, email: 'a@example.com,b@example.com' }],
    ['is two addresses with a blank', { ...email, email: 'a@example.com b@example.com' }],
    ['is two addresses with a semicolon', { ...email, email: 'a;b@example.com' }],
    ['has a name in front', { ...email, email: 'Hana<a@example.com>' }],
    ['has nothing before the @', { ...email, email: '@example.com' }],
    ['has a line end', { ...email, email: 'a@example.com\r\nBcc: b@example.com' }],
    ['has a NUL', { ...email, email: 'a\0@example.com' }],
    ['hides a character', { ...email, email: 'a\u200b@example.com' }],
    ['is too long', { ...email, email: `${'a'.repeat(250)}@example.com` }],
  ])('takes no e-mail that %s', (_, account) => {
    expect(person(account).email).toBeNull();
  });

  it.each([
    'a@example.com',
    'hana.kim.@example.ne.jp',
    'hana..kim@example.ne.jp',
    'o&m@example.com',
    'hana/kim@example.com',
    'a*b@example.com',
    '하나@예시.한국',
    'hana@localhost',
  ])('takes %s as Kakao says it, when it is agreed to, valid and verified', (address) => {
    expect(person({ ...email, email: address, email_needs_agreement: false }).email).toBe(address);
  });

  it('takes no nickname and no picture that Kakao gave to somebody who chose none', () => {
    const chosen = { nickname: '닉네임을 등록해주세요', profile_image_url: 'https://k.kakaocdn.net/a.jpg' };
    const given = { ...chosen, is_default_nickname: true, is_default_image: true };
    const body = { id: 7n, kakao_account: { profile: given }, properties: { nickname: chosen.nickname } };
    expect(readUser(body)).toEqual({ id: '7', nickname: null, profileImageUrl: null, email: null });
    const own = { ...chosen, is_default_nickname: false, is_default_image: false };
    expect(person({ profile: own })).toMatchObject({
      nickname: chosen.nickname,
      profileImageUrl: chosen.profile_image_url,
    });
  });
});
