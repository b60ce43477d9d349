import { describe, expect, it } from 'vitest';
import { findViewer } from '@/lib/login/find-viewer';
import { signInWithToken } from '@/lib/login/sign-in-with-token';
import { withApp } from '../../support/app';
import { device } from '../../support/browser';
import { otherClientId, people } from '../../support/kakao';

const app = withApp();
const { kakao } = app;
const infoPath = '/v1/user/access_token_info';
const users = () => app.deps().db.user.count();
const signIn = (token: string) => signInWithToken(app.deps(), token, { device });

/** The refusal of a token that Kakao gave us for this person, after this fault. */
async function refusal(endpoint: string, fault: object): Promise<unknown> {
  const token = await kakao.accessToken(people.plain);
  await kakao.fault(endpoint, fault);
  const error: unknown = await signIn(token).then(
    () => 'signed in',
    (thrown: unknown) => thrown,
  );
  expect(await users()).toBe(0);
  return error;
}

describe('a token is refused', () => {
  it('that was issued to another app, and the person behind it is not signed in', async () => {
    const token = await kakao.accessToken(people.plain, { clientId: otherClientId });
    await expect(signIn(token)).rejects.toMatchObject({ name: 'LoginError', code: 'another_app' });
    expect(await users()).toBe(0);
  });

  it('of another app also when the profile says nothing useful', async () => {
    const token = await kakao.accessToken(people.plain, { clientId: otherClientId });
    await kakao.fault('/v2/user/me', { body: '{}' });
    await expect(signIn(token)).rejects.toMatchObject({ code: 'another_app' });
  });

  it('that Kakao does not know', async () => {
    await expect(signIn('emu_unknown')).rejects.toMatchObject({ reason: 'token_unknown', kakaoCode: '-401' });
  });

  it('that cannot be Kakao’s', async () => {
    await expect(signIn('a.b.c')).rejects.toMatchObject({ reason: 'token_malformed' });
  });

  it('of a child', async () => {
    const token = await kakao.accessToken(people.child);
    await expect(signIn(token)).rejects.toMatchObject({ code: 'under_14' });
  });

  it('when this service does not know its own app id', async () => {
    const token = await kakao.accessToken(people.plain);
    const deps = app.deps({ appId: undefined });
    await expect(signInWithToken(deps, token, { device })).rejects.toMatchObject({ code: 'misconfigured' });
    expect(await kakao.requests(infoPath)).toHaveLength(0);
  });

  it.each([
    ['info and profile name two people', infoPath, { replace: { id: 3900000002 } }, 'identity_conflict'],
    ['the profile names somebody else', '/v2/user/me', { replace: { id: 3900000002 } }, 'identity_conflict'],
    ['info names nobody', infoPath, { replace: { id: 0 } }, 'identity_conflict'],
    ['info names no app', infoPath, { body: '{"id":3900000001}' }, 'kakao_unavailable'],
    ['info is down', infoPath, { status: 503, times: 2 }, 'kakao_unavailable'],
    ['info is nonsense', infoPath, { malformed: true }, 'kakao_unavailable'],
    ['the profile is down', '/v2/user/me', { status: 503, times: 2 }, 'kakao_unavailable'],
    ['the profile is a web page', '/v2/user/me', { body: '<html>' }, 'kakao_unavailable'],
    ['the quota is exhausted', '/v2/user/me', { kakao: -10 }, 'kakao_unavailable'],
    ['Kakao refuses us', '/v2/user/me', { kakao: -5 }, 'kakao_unavailable'],
    ['the profile has no id', '/v2/user/me', { body: '{}' }, 'unexpected'],
  ])('when %s', async (_, endpoint, fault, code) => {
    expect(await refusal(endpoint, fault)).toMatchObject({ code });
  });

  it('with a reason that names a profile without an id', async () => {
    const error = await refusal('/v2/user/me', { replace: { id: '012' } });
    expect(error).toMatchObject({ reason: 'profile_invalid' });
  });

  it('when Kakao is slow, within six seconds', async () => {
    const began = performance.now();
    const error = await refusal(infoPath, { delayMs: 20_000, always: true });
    expect(error).toMatchObject({ code: 'kakao_unavailable' });
    expect(performance.now() - began).toBeLessThan(6_000);
  });
});

describe('a token of our own app', () => {
  it('signs its person in', async () => {
    const signedIn = await signIn(await kakao.accessToken(people.exact));
    expect(signedIn).toMatchObject({ isNewUser: true, user: { kakaoId: people.exact } });
    expect((await findViewer(app.deps(), signedIn.token))?.user.kakaoId).toBe(people.exact);
  });

  it('takes people whose nickname is missing', async () => {
    const { user } = await signIn(await kakao.accessToken(people.namelessByChoice));
    expect(user).toMatchObject({ nickname: null, profileImageUrl: null });
  });

  it('makes one user of 200 simultaneous first logins, and the newest 100 sessions work', {
    timeout: 60_000,
  }, async () => {
    const token = await kakao.accessToken(people.plain);
    const all = await Promise.all(Array.from({ length: 200 }, () => signIn(token)));
    expect(await users()).toBe(1);
    expect(all.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
    const viewers = await Promise.all(all.map((signedIn) => findViewer(app.deps(), signedIn.token)));
    const live = viewers.filter((viewer) => viewer?.user.kakaoId === people.plain);
    expect(new Set(live.map((viewer) => viewer?.sessionId)).size).toBe(100);
  });
});
