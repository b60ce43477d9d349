import { describe, expect, it } from 'vitest';
import { findViewer } from '@/lib/login/find-viewer';
import { listSessions } from '@/lib/login/sessions';
import { type SignedIn, signIn } from '@/lib/login/sign-in';
import { signOut } from '@/lib/login/sign-out';
import { createSid, hashSid, signSessionToken } from '@/lib/session/token';
import { withApp } from '../../support/app';
import { device, pressed } from '../../support/browser';

const app = withApp();
const day = 24 * 3_600_000;
const minute = 60_000;
const login = (id = '7') =>
  signIn(
    app.deps(),
    { id, nickname: '춘식이', profileImageUrl: null, email: null },
    pressed(app.deps().now()),
  );
const view = ({ token }: SignedIn) => findViewer(app.deps(), token);
const row = ({ sid }: SignedIn) => app.deps().db.session.findUniqueOrThrow({ where: { id: hashSid(sid) } });
const change = ({ sid }: SignedIn, data: object) =>
  app.deps().db.session.update({ where: { id: hashSid(sid) }, data });

describe('nobody is looking', () => {
  it.each([null, '', 'nonsense', 'a.b.c'])('through the token %j', async (token) => {
    expect(await findViewer(app.deps(), token)).toBeNull();
  });

  it('through a session that was revoked', async () => {
    const session = await login();
    await change(session, { revokedAt: new Date() });
    expect(await view(session)).toBeNull();
  });

  it('through a session that is over', async () => {
    const session = await login();
    await change(session, { expiresAt: new Date() });
    expect(await view(session)).toBeNull();
  });

  it('through a session that was idle for more than seven days', async () => {
    const session = await login();
    app.pass(7 * day + minute);
    expect(await view(session)).toBeNull();
  });

  it('through a token that outlives its session', async () => {
    const session = await login();
    await change(session, { expiresAt: new Date((session.expiresAt - 1) * 1_000) });
    expect(await view(session)).toBeNull();
  });

  it('through a session that was idle for longer, or lives longer, than is set', async () => {
    app.limitSessions({ maxDays: 3, idleDays: 1 });
    const session = await login();
    app.pass(day - minute);
    expect(await view(session)).not.toBeNull();
    app.pass(day + minute);
    expect(await view(session)).toBeNull();
    await change(session, { lastSeenAt: new Date(Date.now() + 3 * day) });
    expect(await view(session)).not.toBeNull();
    app.pass(day + minute);
    expect(await view(session)).toBeNull();
  });

  it('who is blocked, and they are back when they no longer are', async () => {
    const session = await login();
    const block = (blockedAt: Date | null) =>
      app.deps().db.user.update({ where: { id: session.user.id }, data: { blockedAt } });
    await block(new Date());
    expect(await view(session)).toBeNull();
    await block(null);
    expect(await view(session)).not.toBeNull();
  });

  it('whose user was erased', async () => {
    const session = await login();
    await app.deps().db.user.delete({ where: { id: session.user.id } });
    expect(await view(session)).toBeNull();
  });

  it('through a well-signed token whose session was never stored', async () => {
    const { user, expiresAt } = await login();
    const claims = { userId: user.id, sid: createSid(), issuedAt: expiresAt - 60, expiresAt };
    const now = Math.floor(Date.now() / 1_000);
    const token = signSessionToken(app.deps().keyring, { ...claims, issuedAt: now });
    expect(await findViewer(app.deps(), token)).toBeNull();
  });

  it('through a well-signed token that names another user than its session', async () => {
    const one = await login('7');
    const other = await login('8');
    const now = Math.floor(Date.now() / 1_000);
    const mixed = { userId: other.user.id, sid: one.sid, issuedAt: now, expiresAt: now + 60 };
    expect(await findViewer(app.deps(), signSessionToken(app.deps().keyring, mixed))).toBeNull();
  });
});

describe('the viewer', () => {
  it('is the user, the session and what the token says', async () => {
    const session = await login();
    expect(await view(session)).toMatchObject({
      user: { id: session.user.id, kakaoId: '7', nickname: '춘식이' },
      sessionId: hashSid(session.sid),
      claims: { sid: session.sid, expiresAt: session.expiresAt },
    });
  });

  it('stays for 30 days when seen often enough', async () => {
    const session = await login();
    for (let passed = 6; passed < 30; passed += 6) {
      app.pass(6 * day);
      expect(await view(session), `day ${passed}`).not.toBeNull();
    }
    app.pass(6 * day);
    expect(await view(session)).toBeNull();
  });

  it('stays for a year, and is listed, when that is set', async () => {
    app.limitSessions({ maxDays: 365, idleDays: 365 });
    const session = await login();
    app.pass(364 * day);
    const viewer = await view(session);
    expect(viewer).not.toBeNull();
    expect(viewer && (await listSessions(app.deps(), viewer))).toHaveLength(1);
  });

  it('is noted as seen at most every five minutes', async () => {
    const session = await login();
    const start = (await row(session)).lastSeenAt;
    app.pass(4 * minute);
    await view(session);
    expect((await row(session)).lastSeenAt).toEqual(start);
    app.pass(2 * minute);
    await view(session);
    const seen = (await row(session)).lastSeenAt;
    expect(seen.getTime() - start.getTime()).toBeGreaterThanOrEqual(6 * minute);
    app.pass(4 * minute);
    await view(session);
    expect((await row(session)).lastSeenAt).toEqual(seen);
  });

  it('stays while the database is locked and cannot record it', async () => {
    const session = await login();
    const start = (await row(session)).lastSeenAt;
    app.pass(6 * minute);
    const release = await app.lockDatabase();
    try {
      expect((await view(session))?.user.kakaoId).toBe('7');
    } finally {
      await release();
    }
    expect((await row(session)).lastSeenAt).toEqual(start);
  });
});

describe('signing out', () => {
  it('does nothing without a valid session', async () => {
    const session = await login();
    await signOut(app.deps(), { tokens: [], reach: 'everywhere', device });
    await signOut(app.deps(), { tokens: ['nonsense'], reach: 'everywhere', device });
    expect(await view(session)).not.toBeNull();
  });

  it('ends this session at once, and no other', async () => {
    const [here, there, stranger] = [await login(), await login(), await login('8')];
    await signOut(app.deps(), { tokens: [here.token], reach: 'here', device });
    expect(await view(here)).toBeNull();
    expect(await view(there)).not.toBeNull();
    expect(await view(stranger)).not.toBeNull();
    expect((await row(here)).revokedReason).toBe('signed_out');
  });

  it('everywhere ends every session of this user, and nobody else’s', async () => {
    const [here, there, stranger] = [await login(), await login(), await login('8')];
    await signOut(app.deps(), { tokens: [here.token], reach: 'everywhere', device });
    expect(await view(here)).toBeNull();
    expect(await view(there)).toBeNull();
    expect(await view(stranger)).not.toBeNull();
    expect((await row(there)).revokedReason).toBe('signed_out_everywhere');
  });

  it('everywhere with a token that is signed out already ends nothing more', async () => {
    const [here, there] = [await login(), await login()];
    await signOut(app.deps(), { tokens: [here.token], reach: 'here', device });
    await signOut(app.deps(), { tokens: [here.token], reach: 'everywhere', device });
    expect(await view(there)).not.toBeNull();
    expect((await row(here)).revokedReason).toBe('signed_out');
  });
});
