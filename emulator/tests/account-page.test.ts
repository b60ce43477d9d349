import { beforeEach, describe, expect, it } from 'vitest';
import { form, people, second, send, useKakao } from './kakao.ts';
import { useReceiver } from './receiver.ts';

const kakao = useKakao();
const app = useReceiver();

beforeEach(() => kakao.patchApp({ webhooks: app.webhooks() }));

const page = () => kakao.url('/account');
const disconnect = { action: 'disconnect', app: '1234567' };

/** The Cookie header of a browser in which this person has signed in on the account page. */
async function signedIn(user: string) {
  const answer = await send(page(), form({ user }));
  expect(answer.status).toBe(303);
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
}

const look = async (headers: Record<string, string>) => (await send(page(), { headers })).text;
const press = (fields: Record<string, string>, headers: Record<string, string>) =>
  send(page(), { ...form(fields), headers });

/** What the app has heard once everything is out. */
async function heard() {
  await kakao.client.webhooks.idle();
  return app.heard();
}

describe('the account page refuses', () => {
  it.each(['http://evil.example', 'http://localhost:3000', 'null'])(
    'what a page of %s sends, also for a person who is signed in',
    async (origin) => {
      const headers = { ...(await signedIn(people.linked)), origin };
      for (const fields of [disconnect, { action: 'delete' }, { user: people.plain }]) {
        const answer = await press(fields, headers);
        expect(answer.status).toBe(403);
        expect(answer.headers.has('set-cookie')).toBe(false);
      }
      expect(await heard()).toEqual([]);
    },
  );

  it('everything but signing in while nobody is signed in', async () => {
    for (const fields of [disconnect, { action: 'delete' }, { action: 'sign-out' }, { user: '1' }]) {
      const answer = await press(fields, { cookie: 'kakao_emulator_account=emu_guess' });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('role="alert"');
    }
    expect(await heard()).toEqual([]);
  });

  it('to disconnect a service of somebody else, or twice', async () => {
    const stranger = await signedIn(people.plain);
    expect((await press(disconnect, stranger)).status).toBe(400);
    const owner = await signedIn(people.linked);
    expect((await press(disconnect, owner)).status).toBe(303);
    const again = await press(disconnect, owner);
    expect(again.status).toBe(400);
    expect(again.text).toContain('이미 연결이 끊긴 서비스입니다.');
    expect(await heard()).toEqual(['unlink: UNLINK_FROM_APPS', 'user-unlinked: UNLINK_FROM_APPS']);
  });

  it('to withdraw a required item', async () => {
    const headers = await signedIn(people.linked);
    const fields = { action: 'withdraw', app: '1234567', item: 'profile_nickname' };
    const answer = await press(fields, headers);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('필수 항목은 철회할 수 없습니다.');
    expect(answer.text).not.toContain('data-testid="withdraw-1234567-profile_nickname"');
    expect(await heard()).toEqual([]);
  });

  it('what it does not know', async () => {
    const headers = await signedIn(people.linked);
    expect((await press({ action: 'explode', app: '1234567' }, headers)).status).toBe(400);
    expect((await press({ ...disconnect, app: '7654321' }, headers)).status).toBe(400);
  });
});

describe('the account page', () => {
  it('asks who is there, and knows a person who has logged in somewhere', async () => {
    expect(await look({})).toContain(`data-testid="persona-${people.plain}"`);
    const login = await send(kakao.authorizeUrl(), form({ user: people.linked }));
    const text = await look({ cookie: (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '' });
    for (const words of ['나리', '연결된 서비스', '데모 서비스', '2026년 3월 2일 연결', '카카오계정(이메일)'])
      expect(text).toContain(words);
  });

  it('speaks English', async () => {
    const text = await look({ ...(await signedIn(people.linked)), 'accept-language': 'en' });
    for (const words of ['Connected services', 'Demo Service', 'March 2, 2026', '>Disconnect</button>'])
      expect(text).toContain(words);
  });

  it('needs no script, cannot be framed, and makes browsers say where its forms come from', async () => {
    const { headers, text } = await send(page(), { headers: await signedIn(people.linked) });
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  it('accepts its own forms as browsers send them', async () => {
    const headers = { ...(await signedIn(people.linked)), origin: kakao.emulator().url };
    expect((await press(disconnect, headers)).status).toBe(303);
  });

  it('disconnects a service: its tokens die, it is told, and the next login asks for consent', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    await kakao.tokens(people.linked, { clientId: second.client_id });
    await kakao.client.webhooks.idle();
    const headers = await signedIn(people.linked);
    const answer = await press(disconnect, headers);
    expect(answer.headers.get('location')).toBe('/account?done=disconnected');
    const [, ...rest] = await heard();
    expect(rest).toEqual(['unlink: UNLINK_FROM_APPS', 'user-unlinked: UNLINK_FROM_APPS']);
    expect((await kakao.me(access_token)).status).toBe(401);
    const text = await look(headers);
    expect(text).toContain('data-testid="service-7654321"');
    expect(text).not.toContain('data-testid="service-1234567"');
    const next = await send(kakao.authorizeUrl(), form({ user: people.linked }));
    expect([next.status, next.text.includes('data-testid="agree"')]).toEqual([200, true]);
  });

  it('withdraws an optional consent, which the user API shows', async () => {
    const { access_token } = await kakao.tokens(people.linked);
    await kakao.client.webhooks.idle();
    const before = app.received().length;
    const headers = await signedIn(people.linked);
    await press({ action: 'withdraw', app: '1234567', item: 'account_email' }, headers);
    expect((await heard()).slice(before)).toEqual(['user-scope-withdraw']);
    const account = (await kakao.me(access_token)).json['kakao_account'];
    expect(account).toMatchObject({ email_needs_agreement: true });
    expect(account).not.toHaveProperty('email');
  });

  it('deletes the account: every app is told, the browser is signed out, the person is gone', async () => {
    const headers = await signedIn(people.linked);
    const answer = await press({ action: 'delete' }, headers);
    expect(answer.headers.get('location')).toBe('/account?done=deleted');
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await heard()).toEqual([
      'unlink: ACCOUNT_DELETE',
      'user-unlinked: ACCOUNT_DELETE',
      'account-purged',
    ]);
    const text = await look(headers);
    expect(text).toContain('카카오계정 선택');
    expect(text).not.toContain(`persona-${people.linked}"`);
  });

  it('reports a changed password to every connected service', async () => {
    const headers = await signedIn(people.linked);
    const answer = await press({ action: 'change-password' }, headers);
    expect(answer.headers.get('location')).toBe('/account?done=passwordChanged');
    expect(await heard()).toEqual(['credential-change']);
    expect(await look(headers)).toContain('나리');
  });

  it('signs a person out in every browser, and nobody else', async () => {
    const [here, there] = [await signedIn(people.linked), await signedIn(people.linked)];
    const other = await signedIn(people.plain);
    await press({ action: 'sign-out-everywhere' }, here);
    expect(await heard()).toEqual(['sessions-revoked']);
    for (const headers of [here, there]) expect(await look(headers)).toContain('카카오계정 선택');
    expect(await look(other)).toContain('연결된 서비스');
  });

  it('lets another person in', async () => {
    const headers = await signedIn(people.linked);
    expect((await press({ action: 'sign-out' }, headers)).status).toBe(303);
    expect(await look(headers)).toContain('카카오계정 선택');
    expect((await send(`${page()}?done=deleted`)).text).toContain('카카오계정에서 탈퇴했습니다.');
    expect((await send(`${page()}?done=<b>`)).text).not.toContain('data-testid="notice"');
  });

  it('is a page of the emulator: linked from its first page, not logged, no place for faults', async () => {
    expect((await send(kakao.url('/'))).text).toContain('href="/account"');
    await look({});
    expect(await kakao.client.requests.list()).toEqual([]);
    await expect(kakao.fault('/account', { status: 500 })).rejects.toMatchObject({ status: 400 });
  });

  it('belongs to its namespace', async () => {
    const { url } = await kakao.emulator().namespace();
    const { pathname } = new URL(url);
    expect((await send(`${url}/account`)).text).toContain(`action="${pathname}/account"`);
    const signIn = await send(`${url}/account`, form({ user: people.linked }));
    expect(signIn.headers.get('location')).toBe(`${pathname}/account`);
  });
});
