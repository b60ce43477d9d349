import { describe, expect, it } from 'vitest';
import { cookiePolicy } from '@/lib/session/cookie';
import { returnToOfState, sealFlow, stateWithReturnTo } from '@/lib/session/flow-cookie';
import { createKeyring } from '@/lib/session/keyring';

const secrets = ['a-secret-for-tests-of-at-least-32-bytes', 'another-secret-of-at-least-32-bytes!!!'];
const origin = 'https://example.com';
const keyring = createKeyring(origin, secrets);
const random = 'r'.repeat(43);

describe('a state leads nowhere', () => {
  it.each([
    '',
    '.',
    '..',
    random,
    `${random}.`,
    `${random}./cart`,
    'a.b.c.d.e.f',
    `${random}.${'x'.repeat(3_000)}`,
  ])('when it is %.20j', async (state) => {
    expect(returnToOfState(keyring, state)).toBeNull();
  });

  it('when it was tampered with, or sealed with a secret that is not ours', async () => {
    const state = stateWithReturnTo(keyring, random, '/cart');
    expect(returnToOfState(keyring, `${state.slice(0, -4)}AAAA`)).toBeNull();
    const stranger = createKeyring(origin, ['somebody-elses-secret-of-32-bytes-and-more']);
    expect(returnToOfState(keyring, stateWithReturnTo(stranger, random, '/cart'))).toBeNull();
  });

  it('when it carries one of our flow cookies', async () => {
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
    expect(returnToOfState(keyring, `${random}.${/=([^;]*)/.exec(cookie)?.[1]}`)).toBeNull();
  });
});

describe('a state', () => {
  it.each(['/account', '/cart?item=1#total', '/한글', `/${'x'.repeat(511)}`])(
    'leads to %.20s',
    async (path) => {
      const state = stateWithReturnTo(keyring, random, path);
      expect(returnToOfState(keyring, state)).toBe(path);
      expect(state).toMatch(/^[\w-]{43}\.[\w.-]+$/);
      expect(state.length).toBeLessThan(1_024);
    },
  );

  it('shows nothing of where it leads, and is never the same twice', async () => {
    const state = stateWithReturnTo(keyring, random, '/private');
    expect(state).not.toContain(Buffer.from('/private').toString('base64url'));
    expect(stateWithReturnTo(keyring, random, '/private')).not.toBe(state);
  });

  it('is read under an older secret that is still in force', async () => {
    const older = createKeyring(origin, secrets.slice(1));
    expect(returnToOfState(keyring, stateWithReturnTo(older, random, '/cart'))).toBe('/cart');
  });
});
