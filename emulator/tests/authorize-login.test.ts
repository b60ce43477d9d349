import { describe, expect, it } from 'vitest';
import { callback, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

async function signIn(userId: string): Promise<RequestInit> {
  const answer = await send(kakao.authorizeUrl(), form({ user: userId }));
  return { headers: { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' } };
}

describe('prompt=none', () => {
  const none = (query: Record<string, string>, browser: RequestInit = {}) =>
    send(kakao.authorizeUrl({ prompt: 'none', state: 'st', ...query }), browser);

  it('without an account session is login_required', async () => {
    const answer = await none({});
    expect(answer.headers.get('location')).toBe(
      `${callback}?error=login_required&error_description=user%20authentication%20required.&state=st`,
    );
  });

  it('with a cookie nobody issued is login_required', async () => {
    const answer = await none({}, { headers: { cookie: 'kakao_emulator_account=emu_guess' } });
    expect(redirectedTo(answer).searchParams.get('error')).toBe('login_required');
  });

  it('for a user who is not linked is consent_required', async () => {
    const to = redirectedTo(await none({}, await signIn(people.plain)));
    expect(to.searchParams.get('error_description')).toBe('user consent required.');
  });

  it('for a scope not agreed to is consent_required', async () => {
    await kakao.patchApp({ consentItems: { gender: 'optional' } });
    const to = redirectedTo(await none({ scope: 'gender' }, await signIn(people.linked)));
    expect(to.searchParams.get('error')).toBe('consent_required');
  });

  it('for a sanctioned user is interaction_required', async () => {
    const to = redirectedTo(await none({}, await signIn(people.blocked)));
    expect(to.searchParams.get('error')).toBe('interaction_required');
  });

  it('is not helped by auto-approve', async () => {
    await kakao.client.autoApprove.add({ userId: people.linked });
    expect(redirectedTo(await none({})).searchParams.get('error')).toBe('login_required');
  });

  it('gives a linked user a code at once', async () => {
    const to = redirectedTo(await none({}, await signIn(people.linked)));
    expect(to.searchParams.get('code')).toMatch(/^emu_/);
  });

  it('forgets the account session after 24 hours', async () => {
    const browser = await signIn(people.linked);
    kakao.wait(24 * 60 * 60);
    expect(redirectedTo(await none({}, browser)).searchParams.get('error')).toBe('login_required');
  });
});

describe('the account picker', () => {
  it('is shown to a browser without account session, one button per persona', async () => {
    const { status, text } = await send(kakao.authorizeUrl());
    expect(status).toBe(200);
    expect(text.match(/name="user"/g)).toHaveLength(18);
    expect(text).toContain('data-testid="persona-9007199254740993"');
  });

  it.each(['login', 'select_account', 'create', 'login,select_account'])(
    'is shown despite a session for prompt=%s',
    async (prompt) => {
      const answer = await send(kakao.authorizeUrl({ prompt }), await signIn(people.linked));
      expect(answer.text).toContain(`value="${people.linked}"`);
    },
  );

  it('answers access_denied when cancelled', async () => {
    const answer = await send(kakao.authorizeUrl({ state: 'a b&c' }), form({ decision: 'cancel' }));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(
      `${callback}?error=access_denied&error_description=User%20denied%20access&state=a%20b%26c`,
    );
  });

  it('refuses a user who does not exist', async () => {
    const answer = await send(kakao.authorizeUrl(), form({ user: '1' }));
    expect(answer.text).toContain('(KOE001)');
  });

  it('puts the account of login_hint first', async () => {
    const { text } = await send(kakao.authorizeUrl({ login_hint: 'garam@example.com' }));
    expect(text.indexOf(people.bigger)).toBeLessThan(text.indexOf(people.plain));
  });

  it('makes a new account for prompt=create', async () => {
    const answer = await send(
      kakao.authorizeUrl({ prompt: 'create' }),
      form({ create: '1', nickname: '새싹', email: '' }),
    );
    expect(answer.text).toContain('새싹');
    expect(await kakao.client.users.list()).toContainEqual(
      expect.objectContaining({ nickname: '새싹', email: null }),
    );
  });

  it('shows control characters as escapes and keeps direction inside the name', async () => {
    const { text } = await send(kakao.authorizeUrl());
    expect(text).toContain('<bdi>탭\\t줄\\n종\\u0007널\\u0000끝\\u202e</bdi>');
  });
});

describe('a linked user with an account session', () => {
  it('gets a code and the state at once, and nothing else', async () => {
    const answer = await send(kakao.authorizeUrl({ state: 'xyz' }), await signIn(people.linked));
    expect(answer.status).toBe(302);
    expect(answer.text).toBe('');
    expect([...redirectedTo(answer).searchParams.keys()]).toEqual(['code', 'state']);
  });

  it('gets no state when none was sent', async () => {
    const to = redirectedTo(await send(kakao.authorizeUrl(), await signIn(people.linked)));
    expect([...to.searchParams.keys()]).toEqual(['code']);
  });
});

describe('auto-approve', () => {
  const approve = (order: object) =>
    kakao.control('POST', 'auto-approve', { userId: people.plain, ...order });
  const outcome = async (query = {}) => {
    const answer = await send(kakao.authorizeUrl(query));
    return answer.status === 302 ? redirectedTo(answer).searchParams : null;
  };

  it('lets exactly the next login through', async () => {
    await approve({});
    expect((await outcome())?.get('code')).toHaveLength(86);
    expect(await outcome()).toBeNull();
  });

  it('lets as many through as told', async () => {
    await approve({ times: 2 });
    expect([await outcome(), await outcome(), await outcome()].map((it) => it !== null)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('lets every login through until cleared', async () => {
    await approve({ always: true });
    await outcome();
    expect(await outcome()).not.toBeNull();
    await kakao.client.autoApprove.clear();
    expect(await outcome()).toBeNull();
  });

  it('is only for the app it names', async () => {
    await approve({ clientId: '1d0ca1a11ec0ffee5eed0000cafe0002' });
    expect(await outcome()).toBeNull();
    expect(await outcome({ client_id: '1d0ca1a11ec0ffee5eed0000cafe0002' })).not.toBeNull();
  });

  it('can cancel instead', async () => {
    await approve({ decision: 'cancel' });
    expect((await outcome())?.get('error')).toBe('access_denied');
  });

  it('does not lift the age limit', async () => {
    await approve({ userId: people.child });
    expect((await outcome())?.get('error_description')).toBe('Not allowed under age 14');
  });

  it('agrees only to the named scopes', async () => {
    await approve({ scopes: ['profile_nickname'] });
    const { json } = await kakao.exchange((await outcome())?.get('code') ?? '');
    expect(json['scope']).toBe('profile_nickname openid');
  });

  it('does not bypass what the app requires: KOE203', async () => {
    await approve({ scopes: ['account_email'] });
    expect((await send(kakao.authorizeUrl())).headers.get('x-kakao-emulator-code')).toBe('KOE203');
  });

  it('does not bypass the checks of the request', async () => {
    await approve({});
    expect((await send(kakao.authorizeUrl({ redirect_uri: 'http://evil.example/' }))).status).toBe(400);
  });
});
