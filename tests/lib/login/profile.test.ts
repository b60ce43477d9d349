import { describe, expect, it } from 'vitest';
import { findViewer } from '@/lib/login/find-viewer';
import { withApp } from '../../support/app';
import { newBrowser, type Outcome, outcome } from '../../support/browser';
import { stubEnvironment } from '../../support/env';
import { people } from '../../support/kakao';

stubEnvironment();
const app = withApp();
const { kakao } = app;

const day = 24 * 3_600_000;
const profiles = async () => (await kakao.requests('/v2/user/me')).length;
const user = () => app.deps().db.user.findUniqueOrThrow({ where: { kakaoId: people.plain } });
const viewerOf = (finished: Outcome) =>
  findViewer(app.deps(), finished.kind === 'signed_in' ? finished.token : null);

/** Logs in for the second time, up to the answer. */
async function returning(changes: () => Promise<unknown> = async () => undefined): Promise<Outcome> {
  expect(outcome(await app.browser().login(people.plain))).toBe('signed_in');
  await changes();
  return app.browser().login(people.plain);
}

describe('the profile is waited for', () => {
  it('at a first login', async () => {
    await kakao.fault('/v2/user/me', { status: 503, always: true });
    expect(outcome(await app.browser().login(people.plain))).toBe('kakao_unavailable');
  });

  it('by whoever was last described a day ago', async () => {
    const finished = await returning(async () => {
      app.pass(day + 60_000);
      await kakao.fault('/v2/user/me', { kakao: -103 });
    });
    expect(outcome(finished)).toBe('kakao_rejected');
  });

  it('without an ID token', async () => {
    const finished = await returning(async () => {
      await kakao.patchApp({ oidc: false });
      await kakao.fault('/v2/user/me', { kakao: -103 });
    });
    expect(outcome(finished)).toBe('kakao_rejected');
  });

  it('by somebody from before it was noted when it was fetched', async () => {
    const finished = await returning(async () => {
      await app.deps().db.user.updateMany({ data: { profileFetchedAt: null } });
      await kakao.fault('/v2/user/me', { kakao: -103 });
    });
    expect(outcome(finished)).toBe('kakao_rejected');
  });

  it('while too much is to be done already', async () => {
    await app.browser().login(people.plain);
    const busy = newBrowser(() => {
      const deps = app.deps();
      return { ...deps, later: { ...deps.later, hasRoom: () => false } };
    });
    await kakao.fault('/v2/user/me', { kakao: -103 });
    expect(outcome(await busy.login(people.plain))).toBe('kakao_rejected');
  });
});

describe('an ID token lets nobody in', () => {
  it('whom we have blocked', async () => {
    const finished = await returning(() =>
      app.deps().db.user.updateMany({ data: { blockedAt: new Date() } }),
    );
    expect(outcome(finished)).toBe('blocked');
  });

  it.each([
    ['whose account is dormant or gone', { kakao: -103 }, 'kakao_rejected'],
    ['who is not linked', { kakao: -101 }, 'kakao_rejected'],
    ['who is under 14', { kakao: -406 }, 'under_14'],
    ['whose token is known no more', { kakao: -401 }, 'kakao_rejected'],
    ['whose profile is that of somebody else', { replace: { id: Number(people.another) } }, 'unexpected'],
  ])('for longer than Kakao takes to say so: %s', async (_, fault, code) => {
    const finished = await returning(() => kakao.fault('/v2/user/me', { ...fault, always: true }));
    expect(outcome(finished)).toBe('signed_in');
    await app.settled();
    expect(await viewerOf(finished)).toBeNull();
    expect((await user()).nickname).not.toBeNull();
    expect(outcome(await app.browser().login(people.plain))).toBe(code);
  });
});

it('whoever is refused afterwards keeps neither the session nor the tokens of that login', async () => {
  const storing = newBrowser(() => ({ ...app.deps(), storesTokens: true }));
  expect(outcome(await storing.login(people.plain))).toBe('signed_in');
  expect(await app.deps().db.kakaoToken.count()).toBe(1);
  await kakao.fault('/v2/user/me', { replace: { id: Number(people.another) }, always: true });
  const finished = await storing.login(people.plain);
  await app.settled();
  expect(await viewerOf(finished)).toBeNull();
  expect(await app.deps().db.kakaoToken.count()).toBe(0);
});

it('whoever is refused while another process holds the lock is refused when it lets go', async () => {
  const storing = newBrowser(() => ({ ...app.deps(), storesTokens: true }));
  await storing.login(people.plain);
  await kakao.fault('/v2/user/me', { replace: { id: Number(people.another) }, delayMs: 300, always: true });
  const finished = await storing.login(people.plain);
  const release = await app.lockDatabase();
  setTimeout(release, 2_000);
  expect(await viewerOf(finished)).not.toBeNull();
  await app.settled();
  expect(await viewerOf(finished)).toBeNull();
  expect(await app.deps().db.kakaoToken.count()).toBe(0);
  expect((await user()).profileFetchedAt).toBeNull();
});

describe('with an ID token, a profile of today', () => {
  it('spares a round trip, and is brought up to date afterwards', async () => {
    const finished = await returning(async () => {
      await kakao.patchUser(people.plain, { nickname: '새 이름' });
      await kakao.fault('/v2/user/me', { delayMs: 500 });
    });
    expect(finished.kind).toBe('signed_in');
    expect(await profiles()).toBe(1);
    await app.settled();
    expect((await user()).nickname).toBe('새 이름');
    expect((await viewerOf(finished))?.user.kakaoId).toBe(people.plain);
    expect(await profiles()).toBe(2);
  });

  it('lets people in while Kakao cannot describe them', async () => {
    const finished = await returning(() => kakao.fault('/v2/user/me', { status: 503, always: true }));
    expect(outcome(finished)).toBe('signed_in');
    await app.settled();
    expect((await viewerOf(finished))?.user.kakaoId).toBe(people.plain);
    expect(outcome(await app.browser().login(people.plain))).toBe('signed_in');
  });
});
