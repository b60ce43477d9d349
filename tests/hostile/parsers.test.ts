import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAccessToken } from '../../lib/http/access-token';
import { addressPrefix, clientAddress, clientNetwork } from '../../lib/http/client-address';
import { Problem } from '../../lib/http/problem';
import { parseExactJson } from '../../lib/kakao/api';
import { KakaoError } from '../../lib/kakao/errors';
import { InvalidNotice, noticeFields, readUnlinkNotice } from '../../lib/kakao/unlink-notice';
import { readKakaoId, readUser } from '../../lib/kakao/user';
import { parseCookies } from '../../lib/session/cookie';
import { createKeyring } from '../../lib/session/keyring';
import { createSid, signSessionToken, verifySessionToken } from '../../lib/session/token';

// What comes from outside is read by these; none of them may throw anything but its own refusal.

const runs = { numRuns: 5_000 };

describe('the address of a client', () => {
  const octet = fc.nat(255);
  const v4 = fc.tuple(octet, octet, octet, octet).map((all) => all.join('.'));
  const v6 = fc.ipV6().filter((address) => isIP(address) === 6 && !/\.|ffff/i.test(address));
  const port = fc.integer({ min: 1, max: 65_535 });
  const ask = (forwarded: string, hops: number) =>
    clientAddress(new Headers({ 'x-socket-address': '192.0.2.1', 'x-forwarded-for': forwarded }), hops);

  it('is what the proxy saw, with a port or without, in brackets or quotes', () => {
    const seen = fc.oneof(
      fc.tuple(v4, port).chain(([address, at]) => spelled(address, [address, `${address}:${at}`])),
      fc
        .tuple(v6, port)
        .chain(([address, at]) => spelled(address, [address, `[${address}]`, `[${address}]:${at}`])),
    );
    fc.assert(
      fc.property(seen, fc.constantFrom('', ' ', '\t'), ({ address, text }, blank) => {
        expect(clientNetwork(ask(`${blank}${text}${blank}`, 1))).toBe(clientNetwork(address));
        expect(clientNetwork(ask(`10.0.0.1, ${text}`, 1))).toBe(clientNetwork(address));
      }),
      runs,
    );
  });

  it('is the socket where no proxy is trusted, whatever the client says', () => {
    fc.assert(
      fc.property(headerText(), (forwarded) => {
        expect(ask(forwarded, 0)).toBe('192.0.2.1');
      }),
      runs,
    );
  });

  it('is an address for any text at all, and its prefix names a network', () => {
    fc.assert(
      fc.property(headerText(), fc.integer({ min: 0, max: 5 }), (forwarded, hops) => {
        const address = ask(forwarded, hops);
        expect(isIP(address)).not.toBe(0);
        expect(addressPrefix(address)).toMatch(/^(\d+\.\d+\.\d+\.0\/24|[0-9a-f:]+::\/48)$/);
      }),
      runs,
    );
  });
});

describe('cookies', () => {
  it('are read from any header, none of them invented', () => {
    fc.assert(
      fc.property(headerText(2_000), (header) => {
        for (const [name, value] of parseCookies(header)) {
          expect(header).toContain(name);
          expect(header).toContain(value);
        }
      }),
      runs,
    );
  });

  it('come back as they were sent', () => {
    const name = fc.stringMatching(/^[\w.-]{1,20}$/);
    const value = fc.stringMatching(/^[\w.~-]{0,40}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (pairs) => {
        expect(parseCookies(pairs.map((pair) => pair.join('=')).join('; '))).toEqual(pairs);
      }),
      runs,
    );
  });
});

describe('our own token', () => {
  const keyring = createKeyring('https://ours.example', [randomBytes(32).toString('base64url')]);
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = { userId: 'user-1', sid: createSid(), issuedAt, expiresAt: issuedAt + 60 };
  const token = signSessionToken(keyring, claims);

  it('is read as it was signed', () => {
    expect(verifySessionToken(keyring, token)).toEqual(claims);
  });

  it('is nobody for any text at all', () => {
    const part = fc.oneof(
      fc.constantFrom(...token.split('.')),
      fc.stringMatching(/^[\w-]{0,40}$/),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.string(),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (it) => {
        fc.pre(it !== token);
        expect(verifySessionToken(keyring, it)).toBeNull();
      }),
      runs,
    );
  });

  it('is nobody under the keys of another secret', () => {
    const secret = fc.string({ minLength: 32, maxLength: 64 });
    fc.assert(
      fc.property(secret, (other) => {
        expect(verifySessionToken(createKeyring('https://ours.example', [other]), token)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the Authorization header', () => {
  it('is a token of letters that Kakao may have sent, or a refusal that names the mistake', () => {
    const text = fc.oneof(
      headerText(1_500),
      headerText(300).map((it) => `Bearer ${it}`),
      fc.constantFrom('undefined', 'null', 'NaN').map((it) => `bearer ${it}`),
    );
    fc.assert(
      fc.property(text, (authorization) => {
        let token: string;
        try {
          token = readAccessToken(new Headers({ authorization }));
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect(error).toMatchObject({ code: 'INVALID_TOKEN', detail: expect.stringMatching(/\.$/) });
          return;
        }
        expect(token).toMatch(/^[A-Za-z0-9\-._~+/]{1,1024}=*$/);
        expect(['undefined', 'null', 'NaN']).not.toContain(token);
      }),
      runs,
    );
  });
});

describe('what Kakao says about a person', () => {
  it('is a user with an exact id, or a refusal, for any JSON at all', () => {
    const shape = fc.record(
      {
        id: fc.oneof(fc.bigInt(), fc.string(), fc.constant(null), fc.anything()),
        kakao_account: fc.oneof(fc.anything(), account()),
        properties: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (body) => {
        let user: ReturnType<typeof readUser>;
        try {
          user = readUser(body);
        } catch (error) {
          expect(error).toBeInstanceOf(KakaoError);
          return;
        }
        expect(user.id).toMatch(/^[1-9]\d{0,18}$/);
        expect(BigInt(user.id)).toBeLessThan(2n ** 63n);
        expect([...(user.nickname ?? '')].length).toBeLessThanOrEqual(100);
        expect(user.nickname ?? '').not.toMatch(/\p{Cc}/u);
        expect(user.email ?? '').not.toMatch(/\p{Cc}|\*\*|@.*@/u);
        if (user.profileImageUrl !== null) {
          const { protocol, hostname } = new URL(user.profileImageUrl);
          expect([protocol, /(^|\.)(kakaocdn\.net|kakao\.com)$/.test(hostname)]).toEqual(['https:', true]);
        }
      }),
      runs,
    );
  });

  it('keeps every id to its last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (id) => {
        expect(readUser(parseExactJson(`{"id":${id}}`) as object).id).toBe(`${id}`);
        expect(readUser(parseExactJson(`{"id":"${id}"}`) as object).id).toBe(`${id}`);
      }),
      runs,
    );
  });

  it('has no id beyond 64 bits, or that is anything but a whole number', () => {
    const wrong = fc.oneof(
      fc.bigInt({ min: 2n ** 63n }),
      fc.bigInt({ max: 0n }),
      fc.double(),
      fc.boolean(),
      fc.array(fc.bigInt()),
      fc.string().filter((text) => !/^[1-9]\d{0,18}$/.test(text)),
    );
    fc.assert(
      fc.property(wrong, (id) => {
        expect(readKakaoId(id)).toBeNull();
      }),
      runs,
    );
  });
});

describe('a notice that somebody has unlinked', () => {
  it('is read, or refused by the name of a field, for any body at all', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string({ maxLength: 300 }),
      fc.webQueryParameters(),
      fc.bigInt().map((id) => `app_id=${id}&user_id=${id}&referrer_type=UNLINK_FROM_APPS`),
      fc.bigInt().map((id) => `{"app_id":${id},"user_id":${id},"referrer_type":"ACCOUNT_DELETE"}`),
    );
    const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', null);
    fc.assert(
      fc.property(type, body, (contentType, text) => {
        try {
          const fields = noticeFields(contentType, text);
          if (!fields) return;
          expect(readUnlinkNotice(fields).kakaoId).toMatch(/^[1-9]\d{0,18}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidNotice);
        }
      }),
      runs,
    );
  });
});

/** An address as one of its spellings, as it is or in quotes. */
function spelled(address: string, spellings: readonly string[]) {
  const all = spellings.flatMap((text) => [text, `"${text}"`]);
  return fc.constantFrom(...all).map((text) => ({ address, text }));
}

/** Text that may stand in a header. */
function headerText(maxLength = 200): fc.Arbitrary<string> {
  const pieces = fc.constantFrom(
    ...'0123456789abcdef.:,;="[]% \t-_/~+{}<>@*\\\'|'.split(''),
    '::ffff:',
    'for=',
  );
  return fc
    .oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    )
    .map((text) => text.trim());
}

/** An account as Kakao describes it, with each value possibly of any kind. */
function account() {
  const email = fc.oneof(
    fc.emailAddress(),
    fc.constantFrom(
      'ka***@kakao.com',
      'a@b.c, d@e.f',
      'a\n@b.c',
      'hana.kim.@example.ne.jp',
      'o&m@example.com',
    ),
    fc.string(),
  );
  const url = fc.oneof(
    fc.webUrl(),
    fc.constantFrom(
      'https://k.kakaocdn.net/p.jpg',
      'https://kakaocdn.net.evil.example/',
      'http://k.kakaocdn.net/',
    ),
    fc.anything(),
  );
  const profile = fc.record({
    nickname: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
    profile_image_url: url,
  });
  const yes = fc.constantFrom(true, true, true, false, null, 'true', 1);
  return fc.record({
    email,
    is_email_valid: yes,
    is_email_verified: yes,
    email_needs_agreement: fc.constantFrom(false, true, undefined),
    profile: fc.oneof(profile, fc.anything()),
  });
}
