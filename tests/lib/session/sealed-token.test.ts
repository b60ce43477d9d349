import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '@/lib/session/keyring';
import { openToken, sealToken } from '@/lib/session/sealed-token';

const origin = 'http://localhost:3000';
const old = 'an-older-secret-of-at-least-32-bytes';
const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const keyring = createKeyring(origin, [secret]);
const place = { userId: 'u1', field: 'access' } as const;

describe('a sealed token does not open', () => {
  it('for another user or as another field', async () => {
    const sealed = sealToken(keyring, place, 'emu_token');
    expect(openToken(keyring, { ...place, userId: 'u2' }, sealed)).toBeNull();
    expect(openToken(keyring, { ...place, field: 'refresh' }, sealed)).toBeNull();
  });

  it('under a secret that is not in force', async () => {
    const sealed = sealToken(createKeyring(origin, [old]), place, 'emu_token');
    expect(openToken(keyring, place, sealed)).toBeNull();
  });

  it('with any one character changed', async () => {
    const sealed = sealToken(keyring, place, 'emu_token');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      const opened = openToken(keyring, place, changed);
      // The last character of base64url may carry bits that mean nothing.
      if (at < sealed.length - 1) expect(opened, `character ${at}`).toBeNull();
    }
  });

  it('with a tag that was cut off', () => {
    const sealed = sealToken(keyring, place, 'emu_token');
    const box = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    for (let length = 0; length < box.length; length += 1) {
      const short = `v1.${keyring.newest.kid}.${box.subarray(0, length).toString('base64url')}`;
      expect(openToken(keyring, place, short), `${length} bytes`).toBeNull();
    }
  });

  it.each(['', 'v1', 'v1..', 'v1.00000000.AAAA', 'v2.aa.bb', 'emu_token', 'v1.a.b.c'])(
    'when it is %j',
    async (text) => {
      expect(openToken(keyring, place, text)).toBeNull();
    },
  );
});

/** As WebCrypto seals it, by which earlier versions did. */
async function sealedByWebCrypto(text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const raw = Buffer.from(hkdfSync('sha256', secret, '', 'kakao-login/kakao-token/v1', 32));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const additionalData = Buffer.from('access:u1');
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, Buffer.from(text));
  return `v1.${keyring.newest.kid}.${Buffer.concat([iv, Buffer.from(sealed)]).toString('base64url')}`;
}

describe('a sealed token', () => {
  it('opens to what was sealed, also after the secret was rotated', async () => {
    const sealed = sealToken(createKeyring(origin, [old]), place, 'emu_토큰');
    expect(openToken(createKeyring(origin, [secret, old]), place, sealed)).toBe('emu_토큰');
  });

  it('opens when an earlier version sealed it', async () => {
    expect(openToken(keyring, place, await sealedByWebCrypto('emu_토큰'))).toBe('emu_토큰');
  });

  it('shows nothing of the token, and is never the same twice', async () => {
    const [one, two] = [sealToken(keyring, place, 'emu_token'), sealToken(keyring, place, 'emu_token')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('emu_');
  });
});
