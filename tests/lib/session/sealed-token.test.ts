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
    const sealed = await sealToken(keyring, place, 'emu_token');
    expect(await openToken(keyring, { ...place, userId: 'u2' }, sealed)).toBeNull();
    expect(await openToken(keyring, { ...place, field: 'refresh' }, sealed)).toBeNull();
  });

  it('under a secret that is not in force', async () => {
    const sealed = await sealToken(createKeyring(origin, [old]), place, 'emu_token');
    expect(await openToken(keyring, place, sealed)).toBeNull();
  });

  it('with any one character changed', async () => {
    const sealed = await sealToken(keyring, place, 'emu_token');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      const opened = await openToken(keyring, place, changed);
      // The last character of base64url may carry bits that mean nothing.
      if (at < sealed.length - 1) expect(opened, `character ${at}`).toBeNull();
    }
  });

  it.each(['', 'v1', 'v1..', 'v1.00000000.AAAA', 'v2.aa.bb', 'emu_token', 'v1.a.b.c'])(
    'when it is %j',
    async (text) => {
      expect(await openToken(keyring, place, text)).toBeNull();
    },
  );
});

describe('a sealed token', () => {
  it('opens to what was sealed, also after the secret was rotated', async () => {
    const sealed = await sealToken(createKeyring(origin, [old]), place, 'emu_토큰');
    expect(await openToken(createKeyring(origin, [secret, old]), place, sealed)).toBe('emu_토큰');
  });

  it('shows nothing of the token, and is never the same twice', async () => {
    const [one, two] = [
      await sealToken(keyring, place, 'emu_token'),
      await sealToken(keyring, place, 'emu_token'),
    ];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('emu_');
  });
});
