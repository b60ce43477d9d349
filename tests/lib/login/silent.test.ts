import { describe, expect, it } from 'vitest';
import { withApp } from '../../support/app';
import { addPendingUnlink } from '../../support/database';
import { people } from '../../support/kakao';

const app = withApp();
const { kakao } = app;
const paths = { returnTo: '/cart', guestTo: '/login?returnTo=%2Fcart' };

describe('a silent attempt', () => {
  it.each(['login_required', 'consent_required', 'interaction_required'])(
    'that Kakao answers with %s leaves a guest, not an error',
    async (error) => {
      const browser = app.browser();
      const location = new URL(await browser.begin(paths.returnTo, 'login'));
      const state = location.searchParams.get('state') ?? '';
      expect(location.searchParams.get('prompt')).toBe('none');
      const finished = await browser.arrive(new URLSearchParams({ error, error_description: 'no', state }));
      expect(finished).toMatchObject({ kind: 'guest', guestTo: paths.guestTo });
      expect(browser.cookieHeader()).toBeNull();
    },
  );

  it('leaves a guest too when Kakao is down, and the operator can see why', async () => {
    const browser = app.browser();
    const back = await kakao.approve(await browser.begin(paths.returnTo, 'login'), people.plain);
    await kakao.fault('/oauth/token', { status: 503, times: 3 });
    expect(await browser.arrive(back)).toMatchObject({
      kind: 'guest',
      guestTo: paths.guestTo,
      error: { code: 'kakao_unavailable' },
    });
  });

  it('of somebody who has left, and whom Kakao has not let go yet, brings no account back', async () => {
    const { db, now } = app.deps();
    await addPendingUnlink(db, people.plain, now());
    const browser = app.browser();
    const location = new URL(await browser.begin(paths.returnTo, 'login'));
    location.searchParams.delete('prompt');
    const back = await kakao.approve(location.href, people.plain);
    expect(await browser.arrive(back)).toMatchObject({ kind: 'guest', guestTo: paths.guestTo });
    expect([await db.user.count(), await db.pendingUnlink.count()]).toEqual([0, 1]);
    expect(await browser.login(people.plain)).toMatchObject({ kind: 'signed_in' });
  });

  it('that Kakao answers with a code signs in and goes where the person was going', async () => {
    const browser = app.browser();
    const location = new URL(await browser.begin(paths.returnTo, 'login'));
    // The local Kakao's short cut for tests does not go with `prompt=none`.
    location.searchParams.delete('prompt');
    const back = await kakao.approve(location.href, people.plain);
    expect(await browser.arrive(back)).toMatchObject({ kind: 'signed_in', returnTo: '/cart' });
  });
});

it('a login that somebody asked for and that comes back with consent_required was cancelled', async () => {
  const browser = app.browser();
  const state = new URL(await browser.begin('/cart')).searchParams.get('state') ?? '';
  const finished = await browser.arrive(new URLSearchParams({ error: 'consent_required', state }));
  expect(finished).toMatchObject({ kind: 'failed', error: { code: 'cancelled' }, returnTo: '/cart' });
});

it('a login that comes back in another browser can be started again there with the same aim', async () => {
  const back = await kakao.approve(await app.browser().begin('/cart?item=1'), people.plain);
  const elsewhere = await app.browser().arrive(back);
  expect(elsewhere).toMatchObject({ kind: 'failed', error: { code: 'expired' }, returnTo: '/cart?item=1' });
  expect(await kakao.requests('/oauth/token')).toEqual([]);
});
