import { describe, expect, it } from 'vitest';
import { findViewer } from '@/lib/login/find-viewer';
import { signIn } from '@/lib/login/sign-in';
import { hashSid, verifySessionToken } from '@/lib/session/token';
import { withApp } from '../../support/app';
import { device, pressed } from '../../support/browser';

const app = withApp();
const person = { id: '7', nickname: '춘식이', profileImageUrl: null, email: 'a@example.com' };

describe('signing in is refused', () => {
  it('to somebody who is blocked, and changes nothing about them', async () => {
    const { user } = await signIn(app.deps(), person, pressed(app.deps().now()));
    const { db } = app.deps();
    await db.user.update({ where: { id: user.id }, data: { blockedAt: new Date() } });
    const again = signIn(app.deps(), { ...person, nickname: '새이름' }, pressed(app.deps().now()));
    await expect(again).rejects.toMatchObject({ name: 'LoginError', code: 'blocked' });
    expect(await db.user.findUnique({ where: { id: user.id } })).toMatchObject({ nickname: '춘식이' });
    expect(await db.session.count()).toBe(1);
  });
});

describe('signing in', () => {
  it('makes a user of somebody new', async () => {
    const { user, isNewUser } = await signIn(app.deps(), person, pressed(app.deps().now()));
    expect(isNewUser).toBe(true);
    expect(user).toMatchObject({ kakaoId: '7', nickname: '춘식이', email: 'a@example.com', blockedAt: null });
    expect(user.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('brings somebody known up to date, and what Kakao no longer says is forgotten', async () => {
    const first = await signIn(app.deps(), person, pressed(app.deps().now()));
    app.pass(60_000);
    const changed = { id: '7', nickname: '새이름', profileImageUrl: 'https://k.kakaocdn.net/a', email: null };
    const second = await signIn(app.deps(), changed, pressed(app.deps().now()));
    expect(second.isNewUser).toBe(false);
    expect(second.user).toMatchObject({ id: first.user.id, nickname: '새이름', email: null });
    expect(second.user.createdAt).toEqual(first.user.createdAt);
    expect(second.user.lastLoginAt.getTime()).toBeGreaterThan(first.user.lastLoginAt.getTime());
    expect(await app.deps().db.user.count()).toBe(1);
  });

  it('knows people by their Kakao id, never by their e-mail', async () => {
    const one = await signIn(app.deps(), person, pressed(app.deps().now()));
    const other = await signIn(app.deps(), { ...person, id: '8' }, pressed(app.deps().now()));
    expect(other.user.id).not.toBe(one.user.id);
    expect(await app.deps().db.user.count()).toBe(2);
  });

  it('starts a session of 30 days, of which the database knows only a hash', async () => {
    const { sid, token, expiresAt, user } = await signIn(app.deps(), person, pressed(app.deps().now()));
    const rows = await app.deps().db.session.findMany();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: hashSid(sid), userId: user.id, revokedAt: null, ...device });
    expect(rows[0]?.expiresAt.getTime()).toBe(expiresAt * 1_000);
    expect(JSON.stringify(rows)).not.toContain(sid);
    const claims = verifySessionToken(app.deps().keyring, token);
    expect(claims).toMatchObject({ userId: user.id, sid, expiresAt });
    expect((claims?.expiresAt ?? 0) - (claims?.issuedAt ?? 0)).toBe(30 * 24 * 3_600);
  });

  it('makes one user of 100 simultaneous first logins, and one of them is the first', async () => {
    const all = await Promise.all(
      Array.from({ length: 100 }, () => signIn(app.deps(), person, pressed(app.deps().now()))),
    );
    expect(await app.deps().db.user.count()).toBe(1);
    expect(all.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
    expect(new Set(all.map(({ sid }) => sid)).size).toBe(100);
    for (const { token, user } of all) {
      expect((await findViewer(app.deps(), token))?.user.id).toBe(user.id);
    }
  });
});
