import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { cookiePolicy } from '@/lib/session/cookie';
import { sealFlow } from '@/lib/session/flow-cookie';
import { createKeyring } from '@/lib/session/keyring';
import { createSid, hashSid, signSessionToken, verifySessionToken } from '@/lib/session/token';

const issuer = 'https://example.com';
const secret = 'the-newest-secret-of-at-least-32-bytes';
const oldSecret = 'an-older-secret-of-at-least-32-bytes';
const keyring = createKeyring(issuer, [secret, oldSecret]);
const now = Math.floor(Date.now() / 1_000);
const year = 365 * 24 * 3_600;
const claims = { userId: 'user-1', sid: 'sid-1', issuedAt: now, expiresAt: now + 3_600 };

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

interface Forged {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

/** A good token, but for these changes; `undefined` leaves a claim out. */
async function forge({ header = {}, payload = {}, key = secret }: Forged): Promise<string> {
  const good = { iss: issuer, aud: 'kakao-login', sub: 'user-1', id: 'user-1', sid: 'sid-1' };
  return new SignJWT({ ...good, iat: now, exp: now + 3_600, ...payload })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyring.newest.kid, ...header })
    .sign(createSecretKey(Buffer.from(key)));
}

const read = (token: string) => verifySessionToken(keyring, token);

describe('a session token is refused', () => {
  it.each([
    ['under a foreign key', { key: 'a-foreign-secret-of-at-least-32-bytes' }],
    ['by an older secret under the id of the newest', { key: oldSecret }],
    ['by HS512 under our key', { header: { alg: 'HS512' } }],
    ['by HS384 under our key', { header: { alg: 'HS384' } }],
    ['under an unknown key id', { header: { kid: 'deadbeef' } }],
    ['without a key id', { header: { kid: undefined } }],
    ['under a key id that is a name of every object', { header: { kid: 'constructor' } }],
    ['with an extension that must be understood', { header: { crit: ['b64'], b64: true } }],
    ['of another type', { header: { typ: 'at+jwt' } }],
    ['without a type', { header: { typ: undefined } }],
    ['from another issuer', { payload: { iss: 'https://evil.example' } }],
    ['without an issuer', { payload: { iss: undefined } }],
    ['for another audience', { payload: { aud: 'another' } }],
    ['sealed for a flow', { payload: { aud: 'kakao-login/flow' } }],
    ['without an audience', { payload: { aud: undefined } }],
    ['without an end', { payload: { exp: undefined } }],
    ['that ends in the year 9999', { payload: { exp: 253_402_300_799 } }],
    ['that ends a second after 365 days', { payload: { exp: now + year + 1 } }],
    ['that is over', { payload: { iat: now - 3_600, exp: now - 60 } }],
    ['without a beginning', { payload: { iat: undefined } }],
    ['from the future', { payload: { iat: now + 3_600, exp: now + 7_200 } }],
    ['that begins before the last 365 days', { payload: { iat: now - year - 60 } }],
    ['not valid yet', { payload: { nbf: now + 3_600 } }],
    ['without a session', { payload: { sid: undefined } }],
    ['with a session that is a number', { payload: { sid: 7 } }],
    ['without a user', { payload: { sub: undefined } }],
    ['without an id', { payload: { id: undefined } }],
    ['that names two users', { payload: { id: 'user-2' } }],
  ])('%s', async (_, changes: Forged) => {
    expect(await read(await forge(changes))).toBeNull();
  });

  it('without a signature', async () => {
    const unsecured = new UnsecuredJWT({ sub: 'user-1', id: 'user-1', sid: 'sid-1' });
    const token = unsecured
      .setIssuer(issuer)
      .setAudience('kakao-login')
      .setIssuedAt()
      .setExpirationTime('1h');
    expect(await read(token.encode())).toBeNull();
    const [, payload] = (await forge({})).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid: keyring.newest.kid }));
    expect(await read(`${none.toString('base64url')}.${payload}.`)).toBeNull();
  });

  it('that names another algorithm over a signature of ours', async () => {
    const [, payload] = (await forge({})).split('.');
    for (const alg of ['HS384', 'HS512', 'hs256', 'none', 'RS256']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT', kid: keyring.newest.kid }));
      const signed = `${header.toString('base64url')}.${payload}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await read(`${signed}.${signature}`), alg).toBeNull();
    }
  });

  it('when any part of it was changed', async () => {
    const parts = (await forge({})).split('.');
    for (const at of [0, 1, 2]) {
      const changed = parts.map((part, i) =>
        i === at ? `${part.slice(0, 5)}${part[5] === 'A' ? 'B' : 'A'}${part.slice(6)}` : part,
      );
      expect(await read(changed.join('.')), `part ${at}`).toBeNull();
    }
  });

  it('with anything behind it, or written in another alphabet', async () => {
    const token = await forge({});
    const [header, payload, signature = ''] = token.split('.');
    // The last two bits of the last character mean nothing: this one stands for the same bytes.
    const sameBytes = alphabet[alphabet.indexOf(signature.slice(-1)) + 1];
    for (const changed of [
      `${token}.`,
      `${token}.${signature}`,
      `${token}=`,
      `${token} `,
      `${token}\n`,
      `${header}.${payload}.${signature.slice(0, -1)}${sameBytes}`,
    ]) {
      expect(await read(changed), changed.slice(-4)).toBeNull();
    }
  });

  it.each(['', '.', '..', 'a.b', 'a.b.c', 'null', '{}', 'eyJ', 'x'.repeat(3_000)])(
    'that is %.20j',
    async (token) => {
      expect(await read(token)).toBeNull();
    },
  );

  it('that is one of our flow cookies', async () => {
    const flow = {
      state: 's',
      nonce: 'n',
      codeVerifier: 'v',
      returnTo: '/',
      guestPage: null,
      scope: '',
      startedAt: 0,
      asksAgain: false,
    };
    const [cookie = ''] = sealFlow(keyring, cookiePolicy('https://example.com'), {
      flow,
      cookieHeader: null,
    });
    expect(await read(/=([^;]*)/.exec(cookie)?.[1] ?? '')).toBeNull();
  });
});

describe('a session token', () => {
  it('says what was signed', async () => {
    expect(await read(signSessionToken(keyring, claims))).toEqual(claims);
  });

  it('may last 365 days and no longer', async () => {
    const longest = { ...claims, expiresAt: now + year };
    expect(await read(signSessionToken(keyring, longest))).toEqual(longest);
  });

  it('has the documented header and claims, and nothing else', async () => {
    const token = signSessionToken(keyring, claims);
    const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());
    const [header, payload] = token.split('.');
    const kid = createHash('sha256').update(secret).digest('hex').slice(0, 8);
    expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid });
    expect(decode(payload)).toEqual({
      iss: issuer,
      aud: 'kakao-login',
      sub: 'user-1',
      id: 'user-1',
      sid: 'sid-1',
      iat: now,
      exp: now + 3_600,
    });
  });

  it('is what the standard calls one: another library verifies it', async () => {
    const token = signSessionToken(keyring, claims);
    const options = { algorithms: ['HS256'], issuer, audience: 'kakao-login', subject: 'user-1' };
    const { payload } = await jwtVerify(token, Buffer.from(secret), options);
    expect(payload).toMatchObject({ id: 'user-1', sid: 'sid-1', iat: now, exp: now + 3_600 });
  });

  it('can be made by whoever has the secret: its bytes are the key', async () => {
    expect(await read(await forge({}))).toEqual(claims);
  });
});

describe('rotation', () => {
  it('an old secret still verifies, the newest signs', async () => {
    const old = createKeyring(issuer, [oldSecret]);
    const token = signSessionToken(old, claims);
    expect(await read(token)).toEqual(claims);
    expect(verifySessionToken(old, signSessionToken(keyring, claims))).toBeNull();
  });

  it('a secret that was dropped verifies no more', async () => {
    const token = signSessionToken(createKeyring(issuer, [oldSecret]), claims);
    expect(verifySessionToken(createKeyring(issuer, [secret]), token)).toBeNull();
  });

  it('a keyring needs a secret of 32 bytes, counted in bytes', () => {
    expect(() => createKeyring(issuer, [])).toThrow(RangeError);
    expect(() => createKeyring(issuer, ['x'.repeat(31)])).toThrow(RangeError);
    expect(() => createKeyring(issuer, [secret, ''])).toThrow(RangeError);
    expect(createKeyring(issuer, ['가'.repeat(11)]).newest.kid).toMatch(/^[0-9a-f]{8}$/);
  });

  it('the keys show nothing of themselves, and no two are the same', () => {
    const { kid, ...keys } = keyring.newest;
    const shown = `${inspect(keyring, { depth: 5 })} ${JSON.stringify(keys)} ${kid}`;
    for (const key of Object.values(keys)) {
      expect(shown).not.toContain(key.export().toString('hex').slice(0, 8));
      expect(shown).not.toContain(key.export().toString('utf8'));
    }
    const distinct = new Set(Object.values(keys).map((key) => key.export().toString('hex')));
    expect(distinct.size).toBe(Object.keys(keys).length);
  });
});

describe('a session id', () => {
  it('is 32 random bytes, and what is kept of it leads nowhere', () => {
    const sid = createSid();
    expect(Buffer.from(sid, 'base64url')).toHaveLength(32);
    expect(createSid()).not.toBe(sid);
    expect(hashSid(sid)).toBe(createHash('sha256').update(sid).digest('base64url'));
    expect(hashSid(sid)).not.toContain(sid);
  });
});
