import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exportData } from '@/lib/account/export';
import { eventEffects, receiveSecurityEvent, receiveUnlinkNotice } from '@/lib/account/kakao-events';
import { getKakaoAccessToken } from '@/lib/account/kakao-tokens';
import { eraseUnlinkedUser } from '@/lib/account/reconcile';
import { withdraw } from '@/lib/account/withdraw';
import { blockPerson } from '@/lib/db/refusals';
import { byAdminKey } from '@/lib/kakao/api';
import { unlinkUser } from '@/lib/kakao/links';
import { findViewer } from '@/lib/login/find-viewer';
import { signIn } from '@/lib/login/sign-in';
import { signInWithToken } from '@/lib/login/sign-in-with-token';
import { signOut } from '@/lib/login/sign-out';
import { withApp } from '../../support/app';
import { device, pressed } from '../../support/browser';
import { people, soon } from '../../support/kakao';
import { onPostgresql } from '../../support/postgresql';

// docs/account-lifecycle.md says who wins when two things happen to an account at the same time.

const app = withApp();
const id = people.plain;
const person = { id, nickname: '서윤', profileImageUrl: null, email: 'seoyun@example.com' };
const rounds = 128;
const whileItTakes = { timeout: 120_000 };

const logIn = (startedAt = app.deps().now()) => signIn(app.deps(), person, pressed(startedAt));
const users = () => app.deps().db.user.count();
/** Kakao tells whole seconds: an event of a second that is over when a login is recorded has no effect. */
const tell = (word: string) => {
  const occurredAt = new Date(app.deps().now().getTime() + 1_000);
  const type = [...eventEffects.keys()].find((known) => known.endsWith(`/${word}`)) ?? '';
  const event = { jti: crypto.randomUUID(), type, kakaoId: id, reason: null, occurredAt };
  return receiveSecurityEvent(app.deps(), event);
};
type Turn = () => Promise<unknown>;

/** Writes of one turn of the event loop share a commit, those of the next come after it. */
const turnOfLoop: Turn = () => new Promise((resolve) => setImmediate(resolve));
/** For what takes several writes, each of which takes several turns of the loop on PostgreSQL. */
const longTurn: Turn = onPostgresql ? () => pause(3) : turnOfLoop;

async function wait(turns: number, turn = turnOfLoop): Promise<void> {
  for (let at = 0; at < turns; at += 1) await turn();
}

/** A login in the millisecond of an erasure counts as begun before it. */
async function nextMillisecond(): Promise<void> {
  for (const now = Date.now(); Date.now() === now; ) await wait(1);
}

/**
 * A round with an event of Kakao does not begin near the end of a second: events count in seconds, and a login that is
 * recorded in the next one is later than they are.
 */
async function nextRound(): Promise<void> {
  await nextMillisecond();
  while (Date.now() % 1_000 > 600) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Both at the same time, each a few turns earlier or later than the other; what the first came to. */
async function race<T>(round: number, first: () => Promise<T>, second: () => Promise<unknown>, turn?: Turn) {
  const [one, other] = await Promise.allSettled([
    wait(round % 8, turn).then(first),
    wait(Math.floor(round / 8) % 8, turn).then(second),
  ]);
  if (other.status === 'rejected') throw other.reason;
  return one;
}

/** The code of a refused login; `done` for one that was recorded. */
function codeOf(outcome: PromiseSettledResult<unknown>): string {
  if (outcome.status === 'fulfilled') return 'done';
  const { name, code } = outcome.reason as { name: string; code: string };
  return name === 'LoginError' ? code : String(outcome.reason);
}

describe('a login that began before', () => {
  const erasures = {
    'a withdrawal': async () => withdraw(app.deps(), await app.deps().db.user.findFirstOrThrow()),
    'an unlink notice': () =>
      receiveUnlinkNotice(app.deps(), { appId: '1', kakaoId: id, referrerType: 'UNLINK_FROM_APPS' }),
    'user-unlinked': () => tell('user-unlinked'),
    'account-purged': () => tell('account-purged'),
  };
  it.each(Object.entries(erasures))('%s makes no account again', whileItTakes, async (_, erase) => {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      await nextRound();
      await logIn();
      await app.kakao.accessToken(id);
      const startedAt = app.deps().now();
      seen.add(codeOf(await race(round, () => logIn(startedAt), erase, longTurn)));
      expect(await users(), `round ${round}`).toBe(0);
    }
    expect([...seen].sort()).toEqual(['done', 'withdrawn']);
  });

  it('reconciliation erased the account makes none again', whileItTakes, async () => {
    const config = app.kakao.config();
    for (let round = 0; round < rounds; round += 1) {
      await nextMillisecond();
      await logIn();
      await unlinkUser(config, byAdminKey(config, id), soon());
      const startedAt = app.deps().now();
      const comparison = new Date(startedAt.getTime() + 60_000);
      await race(
        round,
        () => logIn(startedAt),
        () => eraseUnlinkedUser(app.deps(), id, comparison),
      );
      expect(await users(), `round ${round}`).toBe(0);
    }
  });

  it('Kakao had unlinked the person makes none, although the account was erased before', async () => {
    const { user } = await logIn();
    await app.kakao.accessToken(id);
    await app.kakao.fault('/v1/user/unlink', { delayMs: 1_500 });
    const leaving = withdraw(app.deps(), user);
    await expect.poll(users).toBe(0);
    await nextMillisecond();
    const startedAt = app.deps().now();
    expect(await leaving).toBe('unlinked');
    await expect(logIn(startedAt)).rejects.toMatchObject({ code: 'withdrawn' });
    await nextMillisecond();
    expect(await logIn()).toMatchObject({ isNewUser: true });
  });

  it(
    'a withdrawal makes none again through the API, nor one that begins while Kakao unlinks',
    whileItTakes,
    async () => {
      await app.kakao.fault('/v1/user/unlink', { delayMs: 4, always: true });
      for (let round = 0; round < rounds; round += 1) {
        await nextMillisecond();
        const { user } = await logIn();
        const token = await app.kakao.accessToken(id);
        const how = { device, isRejoining: round % 2 === 0 };
        const login = () => pause(round % 10).then(() => signInWithToken(app.deps(), token, how));
        const outcome = await race(round, login, () => withdraw(app.deps(), user));
        // Once Kakao has cut the link it no longer knows the token.
        expect(['done', 'withdrawn', 'kakao_rejected']).toContain(codeOf(outcome));
        if (outcome.status === 'fulfilled') expect(how.isRejoining, `round ${round}`).toBe(true);
        else expect(await users(), `round ${round}`).toBe(0);
        await app.deps().db.user.deleteMany();
      }
    },
  );

  it('a block, by our operator or by Kakao, ends with it', whileItTakes, async () => {
    const blocks = [
      () =>
        blockPerson(app.deps().db, { kakaoId: id, refusalId: app.deps().refusalId(id) }, app.deps().now()),
      () => tell('account-disabled'),
    ] as const;
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      await nextRound();
      await logIn();
      const block = blocks[round % 2 === 0 ? 0 : 1];
      const outcome = await race(Math.floor(round / 2), logIn, block);
      seen.add(codeOf(outcome));
      if (outcome.status === 'fulfilled')
        expect(await findViewer(app.deps(), outcome.value.token)).toBeNull();
      await expect(logIn()).rejects.toMatchObject({ code: 'blocked' });
      await app.deps().db.user.deleteMany();
    }
    expect([...seen].sort()).toEqual(['blocked', 'done']);
  });
});

it(
  'a login and the end of all sessions: each session is ended, or begun after the event',
  whileItTakes,
  async () => {
    for (let round = 0; round < rounds; round += 1) {
      await nextRound();
      const before = await logIn();
      const outcome = await race(round, logIn, () => tell('sessions-revoked'));
      expect(codeOf(outcome)).toBe('done');
      expect(await findViewer(app.deps(), before.token)).toBeNull();
      const live = await app.deps().db.session.count({ where: { revokedAt: null } });
      expect(live).toBeLessThanOrEqual(1);
      await app.deps().db.user.deleteMany();
    }
  },
);

it('a refresh of Kakao’s tokens and their revocation: none is kept', whileItTakes, async () => {
  app.storeTokens();
  for (let round = 0; round < rounds; round += 1) {
    await nextMillisecond();
    const browser = app.browser();
    await browser.login(id);
    const { db } = app.deps();
    const { userId } = await db.kakaoToken.findFirstOrThrow();
    await db.kakaoToken.updateMany({ data: { accessExpiresAt: new Date(0) } });
    const tokens = [browser.sessionToken() ?? ''];
    const everywhere = () => signOut(app.deps(), { tokens, reach: 'everywhere', device });
    const outcome = await race(round, () => getKakaoAccessToken(app.deps(), userId), everywhere);
    expect(outcome.status, `round ${round}`).toBe('fulfilled');
    expect(await db.kakaoToken.count(), `round ${round}`).toBe(0);
  }
});

it('an export and an erasure: all of the data, or none', whileItTakes, async () => {
  for (let round = 0; round < rounds; round += 1) {
    await nextMillisecond();
    const { token, user } = await logIn();
    const viewer = await findViewer(app.deps(), token);
    if (!viewer) throw new Error('nobody is signed in');
    const notice = { appId: '1', kakaoId: id, referrerType: 'UNLINK_FROM_APPS' };
    const outcome = await race(
      round,
      () => exportData(app.deps(), viewer, device),
      () => wait(round % 40).then(() => receiveUnlinkNotice(app.deps(), notice)),
    );
    if (outcome.status === 'rejected') throw outcome.reason;
    const data = outcome.value;
    expect(await exportData(app.deps(), viewer, device)).toBeNull();
    if (data) {
      expect(data).toMatchObject({ user: { id: user.id }, sessions: [{}] });
      // Both may be of one millisecond, and have no order then.
      expect(data.securityEvents.map(({ kind }) => kind).sort()).toEqual(['export', 'login']);
    }
  }
});
