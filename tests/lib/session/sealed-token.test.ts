import { createHash, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealingKeys } from '@/lib/session/keyring';
import { isSealedByNewest, openToken, sealToken } from '@/lib/session/sealed-token';

const old = 'an-older-secret-of-at-least-32-bytes';
const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const signing = 'a-secret-that-signs-of-at-least-32-bytes';
const keys = createSealingKeys([secret], [signing]);
const place = { userId: 'u1', field: 'access' } as const;

describe('a sealed token does not open', () => {
  it('for another user or as another field', async () => {
    const sealed = sealToken(keys, place, 'emu_token');
    expect(openToken(keys, { ...place, userId: 'u2' }, sealed)).toBeNull();
    expect(openToken(keys, { ...place, field: 'refresh' }, sealed)).toBeNull();
  });

  it('under a secret that is not in force', async () => {
    const sealed = sealToken(createSealingKeys([old], [signing]), place, 'emu_token');
    expect(openToken(keys, place, sealed)).toBeNull();
  });

  it('with any one character changed', async () => {
    const sealed = sealToken(keys, place, 'emu_token');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      const opened = openToken(keys, place, changed);
      // The last character of base64url may carry bits that mean nothing.
      if (at < sealed.length - 1) expect(opened, `character ${at}`).toBeNull();
    }
  });

  it('with a tag that was cut off', () => {
    const sealed = sealToken(keys, place, 'emu_token');
    const box = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    for (let length = 0; length < box.length; length += 1) {
      const short = `v2.${keys.newest.kid}.${box.subarray(0, length).toString('base64url')}`;
      expect(openToken(keys, place, short), `${length} bytes`).toBeNull();
    }
  });

  it.each(['', 'v1', 'v1..', 'v1.00000000.AAAA', 'v2.aa.bb', 'emu_token', 'v1.a.b.c'])(
    'when it is %j',
    async (text) => {
      expect(openToken(keys, place, text)).toBeNull();
    },
  );
});

/** As earlier versions sealed it: with a key of the secret that signs. */
async function sealedBefore(text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const raw = Buffer.from(hkdfSync('sha256', signing, '', 'kakao-login/kakao-token/v1', 32));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const additionalData = Buffer.from('access:u1');
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, Buffer.from(text));
  const kid = createHash('sha256').update(signing).digest('hex').slice(0, 8);
  return `v1.${kid}.${Buffer.concat([iv, Buffer.from(sealed)]).toString('base64url')}`;
}

describe('what an earlier version sealed with a key of the secret that signs', () => {
  it('opens, and says that it has to be sealed anew', async () => {
    const sealed = await sealedBefore('emu_토큰');
    expect(openToken(keys, place, sealed)).toBe('emu_토큰');
    expect(isSealedByNewest(keys, sealed)).toBe(false);
  });

  it('does not open once that secret is gone, nor as a token of today', async () => {
    const sealed = await sealedBefore('emu_토큰');
    expect(openToken(createSealingKeys([secret], []), place, sealed)).toBeNull();
    expect(openToken(keys, place, sealed.replace('v1.', 'v2.'))).toBeNull();
  });
});

it('the secret that signs opens nothing that is sealed today', () => {
  const sealed = sealToken(keys, place, 'emu_token');
  expect(openToken(createSealingKeys([signing], [secret]), place, sealed)).toBeNull();
  expect(openToken(createSealingKeys([signing], [secret]), place, sealed.replace('v2.', 'v1.'))).toBeNull();
});

describe('a sealed token', () => {
  it('opens to what was sealed, also after the secret was rotated', async () => {
    const sealed = sealToken(createSealingKeys([old], [signing]), place, 'emu_토큰');
    expect(openToken(createSealingKeys([secret, old], [signing]), place, sealed)).toBe('emu_토큰');
  });

  it('is sealed by the newest secret or not', () => {
    const rotated = createSealingKeys([secret, old], []);
    expect(isSealedByNewest(rotated, sealToken(createSealingKeys([old], []), place, 'emu_token'))).toBe(
      false,
    );
    expect(isSealedByNewest(rotated, sealToken(rotated, place, 'emu_token'))).toBe(true);
  });

  it('shows nothing of the token, and is never the same twice', async () => {
    const [one, two] = [sealToken(keys, place, 'emu_token'), sealToken(keys, place, 'emu_token')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('emu_');
  });
});
