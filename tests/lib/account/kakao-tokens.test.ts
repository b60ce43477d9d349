import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getKakaoAccessToken, keepKakaoTokens, resealKakaoTokens } from '@/lib/account/kakao-tokens';
import { claimRefresh, deleteKakaoTokens, findKakaoTokens } from '@/lib/db/kakao-tokens';
import { revokeSession } from '@/lib/db/sessions';
import { fetchAccessTokenInfo } from '@/lib/kakao/token-info';
import type { LoginDeps } from '@/lib/login/deps';
import { signOut } from '@/lib/login/sign-out';
import { createSealingKeys } from '@/lib/session/keyring';
import { sealToken } from '@/lib/session/sealed-token';
import { withApp } from '../../support/app';
import { device, newBrowser } from '../../support/browser';
import { addUser } from '../../support/database';
import { people, soon } from '../../support/kakao';

const app = withApp();
const { kakao } = app;
const hour = 3_600_000;
const day = 24 * hour;

/** Logs the person in while tokens are kept; their user id. */
async function login(person = people.plain): Promise<string> {
  app.storeTokens();
  await app.browser().login(person);
  const user = await app.deps().db.user.findFirstOrThrow({ where: { kakaoId: person } });
  return user.id;
}

/** Time passes here and at Kakao. */
async function pass(ms: number): Promise<void> {
  app.pass(ms);
  await kakao.advance(ms / 1_000);
}

const refreshes = async () =>
  (await kakao.requests('/oauth/token')).filter(({ formFields }) => formFields.includes('refresh_token'))
    .length;
const kept = (userId: string) => findKakaoTokens(app.deps().db, userId);
/** Another process of the same app: same database, nothing shared in memory. */
const otherProcess = (): LoginDeps => ({ ...app.deps(), refreshing: new Map() });
const works = async (token: string | null) =>
  (await fetchAccessTokenInfo(kakao.config(), token ?? '', soon())).userId === people.plain;

describe('no token is had', () => {
  it('when none are kept', async () => {
    await app.browser().login(people.plain);
    const user = await app.deps().db.user.findFirstOrThrow();
    expect(await kept(user.id)).toBeNull();
    expect(await getKakaoAccessToken(app.deps(), user.id)).toBeNull();
  });

  it('of a user that does not exist', async () => {
    expect(await getKakaoAccessToken(app.deps(), 'nobody')).toBeNull();
  });

  it('when Kakao says that the refresh token is dead, and what was kept is gone', async () => {
    const userId = await login();
    await pass(7 * hour);
    await kakao.fault('/oauth/token', { kakao: 'KOE322' });
    expect(await getKakaoAccessToken(app.deps(), userId)).toBeNull();
    expect(await kept(userId)).toBeNull();
  });

  it('after sixty days, without asking Kakao', async () => {
    const userId = await login();
    await pass(61 * day);
    expect(await getKakaoAccessToken(app.deps(), userId)).toBeNull();
    expect(await refreshes()).toBe(0);
    expect(await kept(userId)).toBeNull();
  });

  it('after logging out everywhere', async () => {
    app.storeTokens();
    const browser = app.browser();
    await browser.login(people.plain);
    const { id } = await app.deps().db.user.findFirstOrThrow();
    expect(await kept(id)).not.toBeNull();
    await signOut(app.deps(), { tokens: [browser.sessionToken() ?? ''], reach: 'everywhere', device });
    expect(await getKakaoAccessToken(app.deps(), id)).toBeNull();
  });

  it('while the secret that sealed them is missing, and they are there when it is back', async () => {
    const userId = await login();
    const sealing = createSealingKeys(['quite-another-secret-of-32-bytes-or-more'], []);
    expect(await getKakaoAccessToken({ ...app.deps(), sealing }, userId)).toBeNull();
    await pass(7 * hour);
    expect(await getKakaoAccessToken({ ...app.deps(), sealing }, userId)).toBeNull();
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
  });

  it('without a secret to seal them: nothing is kept, and what was kept stays as it is', async () => {
    const userId = await login();
    const unsealing = () => ({ ...app.deps(), sealing: null });
    const before = await kept(userId);
    expect(await getKakaoAccessToken(unsealing(), userId)).toBeNull();
    await newBrowser(unsealing).login(people.plain);
    expect(await kept(userId)).toEqual(before);
  });
});

describe('while Kakao is out of order', () => {
  it.each([
    ['down', 'unavailable', { status: 503 }],
    ['out of quota', 'tokens_limited', { kakao: 'KOE237' }],
    ['talking nonsense', 'unavailable', { body: '<html>', contentType: 'text/html' }],
    ['cutting connections', 'unavailable', { reset: true }],
  ])('%s, the caller is told and nothing is lost', async (_how, code, fault) => {
    const userId = await login();
    await pass(7 * hour);
    await kakao.fault('/oauth/token', fault);
    await expect(getKakaoAccessToken(app.deps(), userId)).rejects.toMatchObject({
      code,
      transient: true,
    });
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
  });

  it('because our secret is refused, nothing is lost either', async () => {
    const userId = await login();
    await pass(7 * hour);
    const refused = getKakaoAccessToken(app.deps({ clientSecret: 'wrong' }), userId);
    await expect(refused).rejects.toMatchObject({ code: 'misconfigured', kakaoCode: 'KOE010' });
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
  });
});

describe('an access token', () => {
  it('is kept sealed: the database shows none of it', async () => {
    const userId = await login();
    const token = await getKakaoAccessToken(app.deps(), userId);
    const row = JSON.stringify(await kept(userId));
    expect(row).not.toContain('emu_');
    expect(row).not.toContain(token?.slice(4) ?? 'emu_');
  });

  it('is one that Kakao’s other APIs accept', async () => {
    const headers = { authorization: `Bearer ${await getKakaoAccessToken(app.deps(), await login())}` };
    const answer = await fetch(`${app.deps().kakao.apiOrigin}/v2/user/scopes`, { headers });
    expect(answer.status).toBe(200);
  });

  it('is used as it is while it lasts', async () => {
    const userId = await login();
    await pass(5 * hour);
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
    expect(await refreshes()).toBe(0);
  });

  it('is refreshed once it has run out, and the refresh token stays when none comes', async () => {
    const userId = await login();
    const before = await kept(userId);
    await pass(7 * hour);
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
    const after = await kept(userId);
    expect(after?.refreshToken).toBe(before?.refreshToken);
    expect(after?.accessToken).not.toBe(before?.accessToken);
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
    expect(await refreshes()).toBe(1);
  });

  it('lives on over a rotation: the new refresh token is kept when one comes', async () => {
    const userId = await login();
    const before = await kept(userId);
    await pass(40 * day);
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
    expect((await kept(userId))?.refreshToken).not.toBe(before?.refreshToken);
    await pass(40 * day);
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
  });

  it('is refreshed once for 50 who ask at the same time', async () => {
    const userId = await login();
    await pass(7 * hour);
    const asked = Array.from({ length: 50 }, () => getKakaoAccessToken(app.deps(), userId));
    const tokens = new Set(await Promise.all(asked));
    expect(tokens.size).toBe(1);
    expect(await works([...tokens][0] ?? null)).toBe(true);
    expect(await refreshes()).toBe(1);
  });

  it('is refreshed once for 50 processes that ask at the same time', async () => {
    const userId = await login();
    await pass(7 * hour);
    const asked = Array.from({ length: 50 }, () => getKakaoAccessToken(otherProcess(), userId));
    const tokens = new Set(await Promise.all(asked));
    expect(tokens.size).toBe(1);
    expect(await refreshes()).toBe(1);
  });

  it('is refreshed by another when the process that claimed it was killed', async () => {
    const userId = await login();
    await pass(7 * hour);
    const refreshingUntil = new Date(app.deps().now().getTime() + 300);
    await app.deps().db.kakaoToken.update({ where: { userId }, data: { refreshingUntil } });
    expect(await works(await getKakaoAccessToken(app.deps(), userId))).toBe(true);
  });

  it('is not refreshed with an old refresh token by a process that looked before another had refreshed', async () => {
    const userId = await login();
    await pass(7 * hour);
    const seen = await kept(userId);
    if (!seen) throw new Error('no tokens are kept');
    await getKakaoAccessToken(otherProcess(), userId);
    const now = app.deps().now();
    expect(await claimRefresh(app.deps().db, seen, { now, until: new Date(now.getTime() + 5_000) })).toBe(
      false,
    );
    expect((await kept(userId))?.refreshingUntil).toBeNull();
  });

  it('of a newer login is not overwritten by a refresh that was under way', async () => {
    const userId = await login();
    await pass(7 * hour);
    await kakao.fault('/oauth/token', { delayMs: 2_000 });
    const slow = getKakaoAccessToken(otherProcess(), userId);
    await expect.poll(async () => (await kept(userId))?.refreshingUntil).not.toBeNull();
    await newBrowser(() => app.deps()).login(people.plain);
    const fresh = await kept(userId);
    expect(await slow).toBe(await getKakaoAccessToken(app.deps(), userId));
    expect((await kept(userId))?.refreshToken).toBe(fresh?.refreshToken);
  });

  it('that was deleted during a refresh is neither kept nor given', async () => {
    const userId = await login();
    await pass(7 * hour);
    await kakao.fault('/oauth/token', { delayMs: 2_000 });
    const slow = getKakaoAccessToken(otherProcess(), userId);
    await expect.poll(async () => (await kept(userId))?.refreshingUntil).not.toBeNull();
    await deleteKakaoTokens(app.deps().db, userId);
    expect([await slow, await kept(userId)]).toEqual([null, null]);
  });

  it('of a login is not kept when its session has ended meanwhile, or its user is gone', async () => {
    const userId = await login();
    const { db } = app.deps();
    const { id: sessionId } = await db.session.findFirstOrThrow({ where: { userId } });
    const tokens = { accessToken: 'a', expiresIn: 60, refreshToken: 'r', refreshExpiresIn: 60 };
    const keep = () => keepKakaoTokens(app.deps(), { userId, sessionId }, tokens);
    await deleteKakaoTokens(db, userId);
    await revokeSession(db, sessionId, { at: new Date(), reason: 'signed_out' });
    await keep();
    expect(await kept(userId)).toBeNull();
    await db.user.delete({ where: { id: userId } });
    await keep();
    expect(await db.kakaoToken.count()).toBe(0);
  });
});

describe('kept tokens under an older secret', () => {
  const older = 'an-older-sealing-secret-of-32-bytes';
  const newer = 'a-newer-sealing-secret-of-32-bytes-';
  const sealedWith = (secrets: string[], former: string[] = []): LoginDeps => ({
    ...app.deps(),
    sealing: createSealingKeys(secrets, former),
  });
  /** Logs in where this secret seals, or as an earlier version with this secret that signs. */
  async function loginUnder(deps: () => LoginDeps): Promise<string> {
    app.storeTokens();
    await newBrowser(() => ({ ...app.deps(), ...deps(), storesTokens: true })).login(people.plain);
    return (await app.deps().db.user.findFirstOrThrow({ where: { kakaoId: people.plain } })).id;
  }

  it('are sealed anew, so that the older secret can be taken out, and stay what they were', async () => {
    const userId = await loginUnder(() => sealedWith([older]));
    const before = await kept(userId);
    expect(await resealKakaoTokens(sealedWith([newer, older]))).toEqual({ resealed: 1, unreadable: 0 });
    expect(await resealKakaoTokens(sealedWith([newer, older]))).toEqual({ resealed: 0, unreadable: 0 });
    const { accessToken, refreshToken, ...rest } = before ?? {};
    expect(await kept(userId)).toMatchObject(rest);
    expect(await works(await getKakaoAccessToken(sealedWith([newer]), userId))).toBe(true);
    await pass(7 * hour);
    expect(await works(await getKakaoAccessToken(sealedWith([newer]), userId))).toBe(true);
    expect(accessToken).not.toBe((await kept(userId))?.accessToken);
    expect(refreshToken).not.toBe((await kept(userId))?.refreshToken);
  });

  it('which an earlier version derived from the secret that signs, are sealed anew too', async () => {
    const userId = await login();
    const signing = 'a-secret-for-tests-of-at-least-32-bytes';
    const key = Buffer.from(hkdfSync('sha256', signing, '', 'kakao-login/kakao-token/v1', 32));
    const sealedBefore = (field: string, token: string | null) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(`${field}:${userId}`));
      const box = [iv, cipher.update(token ?? '', 'utf8'), cipher.final(), cipher.getAuthTag()];
      const kid = createHash('sha256').update(signing).digest('hex').slice(0, 8);
      return `v1.${kid}.${Buffer.concat(box).toString('base64url')}`;
    };
    const token = await getKakaoAccessToken(app.deps(), userId);
    const data = { accessToken: sealedBefore('access', token), refreshToken: sealedBefore('refresh', 'r') };
    await app.deps().db.kakaoToken.update({ where: { userId }, data });
    expect(await getKakaoAccessToken(app.deps(), userId)).toBe(token);
    expect(await resealKakaoTokens(app.deps())).toEqual({ resealed: 1, unreadable: 0 });
    expect((await kept(userId))?.accessToken).toMatch(/^v2\./);
    expect((await kept(userId))?.refreshToken).toMatch(/^v2\./);
    expect(await getKakaoAccessToken(app.deps(), userId)).toBe(token);
  });

  it('that is missing stay, in case it was taken out by mistake', async () => {
    const userId = await loginUnder(() => sealedWith([older]));
    expect(await resealKakaoTokens(sealedWith([newer]))).toEqual({ resealed: 0, unreadable: 1 });
    expect(await works(await getKakaoAccessToken(sealedWith([newer, older]), userId))).toBe(true);
  });

  it('are all found, also of more people than are read at once', async () => {
    const { db, now } = app.deps();
    const at = now();
    const sealing = createSealingKeys([older], []);
    for (let person = 0; person < 205; person += 1) {
      const { id: userId } = await addUser(db, String(person), at);
      const accessToken = sealToken(sealing, { userId, field: 'access' }, 'a');
      const refreshToken = sealToken(sealing, { userId, field: 'refresh' }, 'r');
      const times = { accessExpiresAt: at, refreshExpiresAt: at, updatedAt: at };
      await db.kakaoToken.create({ data: { userId, accessToken, refreshToken, ...times } });
    }
    expect(await resealKakaoTokens(sealedWith([newer, older]))).toEqual({ resealed: 205, unreadable: 0 });
  });
});
