import { describe, expect, it } from 'vitest';
import { listHistory } from '@/lib/db/history';
import { purgeSessions } from '@/lib/db/sessions';
import type { Device } from '@/lib/login/deps';
import { findViewer, type Viewer } from '@/lib/login/find-viewer';
import { endOtherSessions, endSession, listSessions } from '@/lib/login/sessions';
import { type SignedIn, signIn } from '@/lib/login/sign-in';
import { signOut } from '@/lib/login/sign-out';
import { hashSid } from '@/lib/session/token';
import { withApp } from '../../support/app';
import { pressed } from '../../support/browser';

const app = withApp();
const day = 24 * 3_600_000;
const phone: Device = { userAgent: 'Mozilla/5.0 (iPhone) KAKAOTALK/25.8.1 (INAPP)', ip: '192.0.2.0/24' };
const laptop: Device = { userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36', ip: null };

const login = (device = phone, id = '7') =>
  signIn(
    app.deps(),
    { id, nickname: null, profileImageUrl: null, email: null },
    { ...pressed(app.deps().now()), device },
  );
const view = ({ token }: SignedIn) => findViewer(app.deps(), token);
async function viewer(session: SignedIn): Promise<Viewer> {
  const found = await view(session);
  if (!found) throw new Error('nobody is looking');
  return found;
}
const idOf = ({ sid }: SignedIn) => hashSid(sid);
const list = async (session: SignedIn) => listSessions(app.deps(), await viewer(session));
const end = async (session: SignedIn, id: string) =>
  endSession(app.deps(), await viewer(session), { id, device: laptop });
const history = async ({ user }: SignedIn) => {
  const events = await listHistory(app.deps().db, user.id);
  return events.filter(({ kind }) => kind !== 'login' && kind !== 'new_device');
};
const change = (session: SignedIn, data: object) =>
  app.deps().db.session.update({ where: { id: idOf(session) }, data });

describe('a session that cannot be ended is', () => {
  it('one that nobody has', async () => {
    const session = await login();
    for (const id of ['', 'none', '%', session.sid, session.token])
      expect(await end(session, id)).toBe(false);
    expect(await view(session)).not.toBeNull();
    expect(await history(session)).toEqual([]);
  });

  it('one of somebody else', async () => {
    const [mine, theirs] = [await login(phone, '7'), await login(phone, '8')];
    expect(await end(mine, idOf(theirs))).toBe(false);
    expect(await view(theirs)).not.toBeNull();
    expect(await history(theirs)).toEqual([]);
  });

  it('one that was ended, is idle or over', async () => {
    const [mine, ended, idle, over] = [await login(), await login(), await login(), await login()];
    await change(ended, { revokedAt: new Date() });
    await change(idle, { lastSeenAt: new Date(Date.now() - 7 * day - 60_000) });
    await change(over, { expiresAt: new Date() });
    for (const session of [ended, idle, over]) expect(await end(mine, idOf(session))).toBe(false);
    expect((await list(mine)).map(({ id }) => id)).toEqual([idOf(mine)]);
  });
});

describe('the list of sessions', () => {
  it('has this one first, then the latest seen, and nothing that signs in', async () => {
    const [first, second, mine] = [await login(laptop), await login(phone), await login(phone)];
    await login(phone, '8');
    await change(first, { lastSeenAt: new Date(Date.now() + 1_000) });
    const sessions = await list(mine);
    expect(sessions.map(({ id }) => id)).toEqual([mine, first, second].map(idOf));
    expect(sessions.map(({ current }) => current)).toEqual([true, false, false]);
    expect(sessions[0]).toMatchObject({ ...phone, device: 'KakaoTalk · iPhone' });
    expect(sessions[1]).toMatchObject({ ...laptop, device: 'Chrome · Windows' });
    for (const { sid, token } of [first, second, mine]) {
      expect(JSON.stringify(sessions)).not.toContain(sid);
      expect(JSON.stringify(sessions)).not.toContain(token);
    }
  });
});

describe('ending sessions', () => {
  it('ends the one that was picked, once, and the history says which and from where', async () => {
    const [lost, mine, other] = [await login(phone), await login(laptop), await login(laptop)];
    expect(await end(mine, idOf(lost))).toBe(true);
    expect(await view(lost)).toBeNull();
    expect(await view(mine)).not.toBeNull();
    expect(await view(other)).not.toBeNull();
    expect(await end(mine, idOf(lost))).toBe(false);
    expect(await history(mine)).toMatchObject([
      { kind: 'session_ended', detail: 'KakaoTalk · iPhone', device: 'Chrome · Windows' },
    ]);
  });

  it('ends it once when it is asked for many times at once', async () => {
    const [lost, mine] = [await login(), await login()];
    const ended = await Promise.all(Array.from({ length: 10 }, () => end(mine, idOf(lost))));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await history(mine)).toHaveLength(1);
  });

  it('ends all others of this person, and only says so when there were any', async () => {
    const [lost, mine, stranger] = [await login(), await login(), await login(phone, '8')];
    await endOtherSessions(app.deps(), await viewer(mine), laptop);
    await endOtherSessions(app.deps(), await viewer(mine), laptop);
    expect(await view(lost)).toBeNull();
    expect(await view(mine)).not.toBeNull();
    expect(await view(stranger)).not.toBeNull();
    expect(await history(mine)).toMatchObject([{ kind: 'sessions_ended', device: 'Chrome · Windows' }]);
  });
});

describe('logging out with two session cookies', () => {
  it('ends both sessions, whosesoever they are', async () => {
    const [mine, tossed, untouched] = [await login(phone, '7'), await login(phone, '8'), await login()];
    const tokens = [mine.token, 'nonsense', tossed.token];
    await signOut(app.deps(), { tokens, reach: 'here', device: phone });
    expect(await view(mine)).toBeNull();
    expect(await view(tossed)).toBeNull();
    expect(await view(untouched)).not.toBeNull();
    expect(await history(mine)).toMatchObject([{ kind: 'logged_out', detail: 'here' }]);
    expect(await history(tossed)).toMatchObject([{ kind: 'logged_out', detail: 'here' }]);
  });
});

describe('purging', () => {
  it('removes what is over and what was ended long ago, and nothing that is of use', async () => {
    const now = new Date();
    const weekAgo = new Date(now.getTime() - 7 * day);
    const [live, justEnded, endedLongAgo, over] = [
      await login(),
      await login(),
      await login(),
      await login(),
    ];
    await change(justEnded, { revokedAt: new Date(now.getTime() - day) });
    await change(endedLongAgo, { revokedAt: new Date(now.getTime() - 8 * day) });
    await change(over, { expiresAt: new Date(now.getTime() - 1) });
    expect(await purgeSessions(app.deps().db, now, weekAgo)).toBe(2);
    expect(await purgeSessions(app.deps().db, now, weekAgo)).toBe(0);
    const kept = await app.deps().db.session.findMany({ select: { id: true } });
    expect(kept.map(({ id }) => id).sort()).toEqual([live, justEnded].map(idOf).sort());
  });
});
