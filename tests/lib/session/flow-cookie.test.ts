import { createHash, hkdfSync } from 'node:crypto';
import { type CompactJWEHeaderParameters, EncryptJWT, jwtDecrypt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { cookiePolicy } from '@/lib/session/cookie';
import { clearFlow, type FlowCookie, openFlow, sealFlow } from '@/lib/session/flow-cookie';
import { createKeyring } from '@/lib/session/keyring';
import { signSessionToken } from '@/lib/session/token';

const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const keyring = createKeyring('https://example.com', [secret]);
const policy = cookiePolicy('https://example.com');
const flow: FlowCookie = {
  state: 'state-1',
  nonce: 'nonce-1',
  codeVerifier: 'verifier-1',
  returnTo: '/a?b#c',
  guestPage: null,
  scope: 'talk_message',
  startedAt: 1_700_000_000_000,
  asksAgain: true,
};

/** Name and value of a `Set-Cookie` value, as a browser sends it back. */
const pair = (setCookie = '') => setCookie.slice(0, setCookie.indexOf(';'));
const sealed = async (changes: Partial<FlowCookie> = {}, header: string | null = null, keys = keyring) =>
  pair(sealFlow(keys, policy, { flow: { ...flow, ...changes }, cookieHeader: header })[0]);
const open = (header: string | null, state = flow.state, keys = keyring) =>
  openFlow(keys, policy, { state, cookieHeader: header });
const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf('='));

/** A cookie under the name of the flow with this value. */
const named = async (value: string) => `${nameOf(await sealed())}=${value}`;

const key = Buffer.from(hkdfSync('sha256', secret, '', 'kakao-login/flow-cookie/v1', 32));

/** What is sealed: the hash of the state instead of it. */
const { state, ...others } = flow;
const payload = { ...others, stateHash: createHash('sha256').update(state).digest('hex') };

/** A sealed flow as ours but for these claims and header parameters; `key` of the length that `enc` needs. */
async function forged(claims: Record<string, unknown>, header: Partial<CompactJWEHeaderParameters> = {}) {
  const now = Math.floor(Date.now() / 1_000);
  return new EncryptJWT({ ...payload, aud: 'kakao-login/flow', iat: now, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyring.newest.kid, ...header })
    .encrypt(header.enc === 'A128GCM' ? key.subarray(0, 16) : key);
}

describe('a flow is not opened', () => {
  it('without a cookie, or with those of others', async () => {
    expect(await open(null)).toBeNull();
    expect(await open('')).toBeNull();
    expect(await open('session=x; login.0123456789abcdef=y')).toBeNull();
  });

  it('under another state, also when the cookie is renamed to fit', async () => {
    const cookie = await sealed();
    expect(await open(cookie, 'state-2')).toBeNull();
    expect(await open(cookie, '')).toBeNull();
    const other = await sealed({ state: 'state-2' });
    expect(await open(`${nameOf(other)}${cookie.slice(cookie.indexOf('='))}`, 'state-2')).toBeNull();
  });

  it('when any part of it was changed', async () => {
    const cookie = await sealed();
    const [name, value] = [nameOf(cookie), cookie.slice(cookie.indexOf('=') + 1)];
    const parts = value.split('.');
    expect(parts).toHaveLength(5);
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, i) =>
        i === at ? `${part[0] === 'A' ? 'B' : 'A'}${part.slice(1)}` : part,
      );
      expect(await open(`${name}=${changed.join('.')}`), `part ${at}`).toBeNull();
    }
    const withKey = parts.map((part, i) => (i === 1 ? 'AAAA' : part));
    expect(await open(`${name}=${withKey.join('.')}`)).toBeNull();
    expect(await open(`${name}=${value.slice(0, -8)}`)).toBeNull();
  });

  it.each(['', 'x', '....', 'a.b.c', 'x'.repeat(5_000)])('when it is %.20j', async (value) => {
    expect(await open(await named(value))).toBeNull();
  });

  it('when it is one of our session tokens', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { userId: 'u', sid: 's', issuedAt: now, expiresAt: now + 60 };
    expect(await open(await named(signSessionToken(keyring, claims)))).toBeNull();
  });

  it.each([
    ['for another audience', { aud: 'kakao-login' }],
    ['without an audience', { aud: undefined }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['that is older than ten minutes, whatever its end', { iat: 1, exp: 9_999_999_999 }],
    ['without a nonce', { nonce: undefined }],
    ['with a verifier that is no text', { codeVerifier: 7 }],
    ['without a way back', { returnTo: null }],
  ])('when it was sealed by us %s', async (_, claims) => {
    expect(await open(await named(await forged(claims)))).toBeNull();
  });

  it.each([
    ['by another cipher', { enc: 'A128GCM' }],
    ['under a wrapped key', { alg: 'A256KW' }],
    ['compressed', { zip: 'DEF' }],
    ['without a key id', { kid: '' }],
    ['under an unknown key id', { kid: 'deadbeef' }],
    ['under a key id that is a name of every object', { kid: 'constructor' }],
  ])('when it was sealed %s', async (_, header) => {
    expect(await open(await named(await forged({}, header)))).toBeNull();
  });

  it('when it has an extension that must be understood', async () => {
    const protectedHeader = { alg: 'dir', enc: 'A256GCM', kid: keyring.newest.kid, crit: ['x'], x: 1 };
    const box = new EncryptJWT({ ...payload, aud: 'kakao-login/flow' }).setIssuedAt().setExpirationTime('5m');
    const value = await box.setProtectedHeader(protectedHeader).encrypt(key, { crit: { x: true } });
    expect(await open(await named(value))).toBeNull();
  });

  it('with a short tag, a short IV, another part, or another alphabet', async () => {
    const cookie = await sealed();
    const [header, encryptedKey, iv = '', text, tag = ''] = cookie.slice(cookie.indexOf('=') + 1).split('.');
    for (const value of [
      [header, encryptedKey, iv, text, Buffer.from(tag, 'base64url').subarray(0, 12).toString('base64url')],
      [header, encryptedKey, iv, text, tag.slice(0, 6)],
      [header, encryptedKey, iv, text, ''],
      [header, encryptedKey, iv.slice(0, 8), text, tag],
      [header, encryptedKey, '', text, tag],
      [header, encryptedKey, iv, text, tag, ''],
      [header, encryptedKey, iv, text],
      [header, encryptedKey, iv, text, `${tag}==`],
    ]) {
      expect(await open(await named(value.join('.'))), value.slice(2).join('.')).toBeNull();
    }
  });

  it('when it was sealed under another secret', async () => {
    const foreign = createKeyring('https://example.com', ['a-foreign-secret-of-at-least-32-bytes!!']);
    expect(await open(await sealed({}, null, foreign))).toBeNull();
  });

  it('after ten minutes', async () => {
    const cookie = await sealed();
    const started = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: started + 599_000 });
    try {
      expect(await open(cookie)).toMatchObject(flow);
      vi.setSystemTime(started + 601_000);
      expect(await open(cookie)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('when the cookie comes twice, even with one value', async () => {
    const cookie = await sealed();
    expect(await open(`${cookie}; ${nameOf(cookie)}=tossed`)).toBeNull();
    expect(await open(`${nameOf(cookie)}=tossed; ${cookie}`)).toBeNull();
    expect(await open(`${cookie}; ${cookie}`)).toBeNull();
  });

  it('from a cookie that another subdomain could have set', async () => {
    const cookie = await sealed();
    expect(cookie).toMatch(/^__Host-login\./);
    expect(await open(cookie.replace('__Host-', ''))).toBeNull();
  });
});

describe('a flow', () => {
  it('is opened in the browser that has its cookie, among others', async () => {
    expect(await open(`a=b; ${await sealed()}; c`)).toMatchObject(flow);
  });

  it('shows nothing of what is in it, and is never sealed twice alike', async () => {
    const cookie = await sealed();
    for (const value of Object.values(flow).filter((value) => typeof value === 'string')) {
      expect(cookie).not.toContain(value);
      expect(cookie).not.toContain(Buffer.from(value).toString('base64url'));
    }
    expect(await sealed()).not.toBe(cookie);
  });

  it('is what the standard calls a sealed token: another library opens it, and is understood', async () => {
    const cookie = await sealed();
    const { payload: claims } = await jwtDecrypt(cookie.slice(cookie.indexOf('=') + 1), key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      audience: 'kakao-login/flow',
      requiredClaims: ['iat', 'exp'],
      maxTokenAge: 600,
    });
    expect(claims).toMatchObject(payload);
    expect(await open(await named(await forged({})))).toMatchObject(flow);
  });

  it('is opened after the secret was rotated', async () => {
    const rotated = createKeyring('https://example.com', [
      'a-new-secret-for-tests-of-32-bytes-or-more',
      'a-secret-for-tests-of-at-least-32-bytes',
    ]);
    expect(await open(await sealed(), flow.state, rotated)).toMatchObject(flow);
  });

  it('lives ten minutes in the browser, out of reach of scripts', async () => {
    const [setCookie] = sealFlow(keyring, policy, { flow, cookieHeader: null });
    expect(setCookie).toMatch(
      /^__Host-login\.[0-9a-f]{16}=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('is removed by its name alone', async () => {
    const cookie = await sealed();
    expect((await open(cookie))?.clearCookie).toMatch(
      new RegExp(`^${nameOf(cookie)}=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970`),
    );
  });

  it('is removed without being opened, if this browser has a cookie of its name', async () => {
    const cookie = await sealed();
    const removed = new RegExp(`^${nameOf(cookie)}=; Path=/; Max-Age=0;`);
    for (const cookieHeader of [cookie, await named('tampered'), `${cookie}; ${await named('x')}`]) {
      expect(clearFlow(policy, { state, cookieHeader })).toMatch(removed);
      expect(clearFlow(policy, { state: 'state-2', cookieHeader })).toBeNull();
    }
    expect(clearFlow(policy, { state, cookieHeader: null })).toBeNull();
  });

  it('fits into a cookie with the longest way back', async () => {
    const cookie = await sealed({ returnTo: `/${'x'.repeat(2_047)}` });
    expect(cookie.length).toBeLessThan(4_096);
    expect((await open(cookie))?.returnTo).toHaveLength(2_048);
  });
});

describe('of many flows', () => {
  const header = async (count: number) => {
    const all: string[] = [];
    for (let i = 0; i < count; i += 1) all.push(await sealed({ state: `tab-${i}` }));
    return all;
  };

  it('two tabs log in side by side', async () => {
    const [first = '', second = ''] = await header(2);
    expect((await open(`${first}; ${second}`, 'tab-0'))?.state).toBe('tab-0');
    expect((await open(`${first}; ${second}`, 'tab-1'))?.state).toBe('tab-1');
  });

  it('five are kept, and the oldest makes room', async () => {
    const five = await header(5);
    const set = sealFlow(keyring, policy, { flow, cookieHeader: five.join('; ') });
    expect(set).toHaveLength(2);
    expect(nameOf(set[1] ?? '')).toBe(nameOf(five[0] ?? ''));
    expect(set[1]).toContain('Max-Age=0');
  });

  it('all beyond five are removed at once, and no cookie of anybody else', async () => {
    const nine = await header(9);
    const others = 'login.short=1; __Host-login.XYZ=2; login-443.0123456789abcdef=4; session=3';
    const set = sealFlow(keyring, policy, { flow, cookieHeader: `${others}; ${nine.join('; ')}` });
    expect(set.slice(1).map(nameOf)).toEqual(nine.slice(0, 5).map(nameOf));
  });

  it('as many are kept as fit into 6,000 bytes, and always the newest', async () => {
    const long = { returnTo: `/${'%41'.repeat(511)}`, scope: 's'.repeat(400) };
    let jar: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      const cookieHeader = jar.join('; ');
      const [added = '', ...removed] = sealFlow(keyring, policy, {
        flow: { ...flow, ...long, state: `tab-${i}` },
        cookieHeader,
      });
      expect(added.length).toBeLessThan(4_096);
      jar = [...jar.filter((cookie) => !removed.map(nameOf).includes(nameOf(cookie))), pair(added)];
      expect(jar.join('; ').length).toBeLessThan(6_000);
      expect((await open(jar.join('; '), `tab-${i}`))?.returnTo).toBe(long.returnTo);
    }
  });

  it('a huge one that somebody made up does not push out the others', async () => {
    const four = await header(4);
    const huge = `__Host-login.0123456789abcdef=${'x'.repeat(7_000)}`;
    const set = sealFlow(keyring, policy, { flow, cookieHeader: [huge, ...four].join('; ') });
    expect(set.slice(1).map(nameOf)).toEqual([nameOf(huge)]);
  });

  it('up to four stay untouched', async () => {
    const cookieHeader = (await header(4)).join('; ');
    expect(sealFlow(keyring, policy, { flow, cookieHeader })).toHaveLength(1);
  });
});
