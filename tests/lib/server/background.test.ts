import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordWebhookEvent, settleWebhookEvent } from '@/lib/db/webhook-events';
import { runAllBackgroundWork, runBackgroundWork } from '@/lib/server/background';
import { createSealingKeys } from '@/lib/session/keyring';
import { sealToken } from '@/lib/session/sealed-token';
import { withApp } from '../../support/app';
import { addPendingUnlink, addSession, addUser } from '../../support/database';
import { stubEnvironment } from '../../support/env';
import { people } from '../../support/kakao';

const app = withApp();

beforeAll(() => stubEnvironment());

describe('while interrupted webhook events cannot be read', () => {
  afterEach(() => app.deps().db.$executeRawUnsafe('ALTER TABLE "Broken" RENAME TO "WebhookEvent"'));

  it('pending unlinks are retried', async () => {
    const { db, now } = app.deps();
    await app.kakao.accessToken(people.plain);
    await addPendingUnlink(db, people.plain, now());
    await db.$executeRawUnsafe('ALTER TABLE "WebhookEvent" RENAME TO "Broken"');
    await runBackgroundWork(app.deps());
    expect(await app.kakao.requests('/v1/user/unlink')).toHaveLength(1);
    expect(await db.pendingUnlink.count()).toBe(0);
  });
});

describe('all of it, when it is asked for,', () => {
  const nothing = {
    settledEvents: 0,
    unlinks: { unlinked: 0, cancelled: 0, failed: 0 },
    purgedRows: 0,
    resealedTokens: 0,
  };

  it('is done once, however many ask at the same time', async () => {
    const { db, now } = app.deps();
    await runAllBackgroundWork(app.deps());
    const waiting = Array.from({ length: 30 }, (_, at) => `${7_000 + at}`);
    for (const id of waiting) await addPendingUnlink(db, id, now());
    const { id } = await addUser(db, '7', now());
    await addSession(db, 'over', id, new Date(now().getTime() - 2 * 3_600_000));
    const reports = await Promise.all([1, 2, 3].map(() => runAllBackgroundWork(app.deps())));
    const unlinks = { unlinked: 30, cancelled: 0, failed: 0 };
    expect(reports).toEqual([{ ...nothing, unlinks, purgedRows: 1 }, nothing, nothing]);
    expect(await app.kakao.requests('/v1/user/unlink')).toHaveLength(30);
    expect(await db.pendingUnlink.count()).toBe(0);
  });

  it('goes on where one task fails, and says so at the end', async () => {
    const { db, now } = app.deps();
    await addPendingUnlink(db, people.plain, now());
    await db.$executeRawUnsafe('ALTER TABLE "WebhookEvent" RENAME TO "Broken"');
    await expect(runAllBackgroundWork(app.deps())).rejects.toThrow();
    await db.$executeRawUnsafe('ALTER TABLE "Broken" RENAME TO "WebhookEvent"');
    expect(await db.pendingUnlink.count()).toBe(0);
    expect(await runAllBackgroundWork(app.deps())).toEqual(nothing);
  });
});

describe('every hour', () => {
  const day = 24 * 3_600_000;
  const ago = (ms: number) => new Date(app.deps().now().getTime() - ms);

  it('what is too old is removed from every table, and nothing else, and not in between', async () => {
    const { db } = app.deps();
    app.pass(100 * day);
    await runBackgroundWork(app.deps());
    const { id } = await addUser(db, '7', ago(0));
    const entry = { userId: id, kind: 'login' };
    await db.historyEntry.createMany({
      data: [
        { ...entry, id: 'old', at: ago(366 * day) },
        { ...entry, id: 'young', at: ago(364 * day) },
      ],
    });
    await addSession(db, 'over', id, ago(2 * 3_600_000));
    await addSession(db, 'live', id, ago(0));
    for (const days of [91, 89]) {
      const delivery = { jti: `${days}`, channel: 'unlink', type: 't', reason: null, kakaoId: '7' } as const;
      const occurredAt = ago(days * day);
      const { event } = await recordWebhookEvent(db, { ...delivery, occurredAt }, occurredAt);
      await settleWebhookEvent(db, event, { outcome: 'applied', at: occurredAt });
    }
    const tokens = { accessToken: 'a', refreshToken: 'r', accessExpiresAt: ago(0), updatedAt: ago(0) };
    await db.kakaoToken.create({ data: { userId: id, ...tokens, refreshExpiresAt: ago(1) } });
    const left = () =>
      Promise.all([
        db.historyEntry.findMany({ select: { id: true } }),
        db.session.findMany({ select: { id: true } }),
        db.webhookEvent.findMany({ select: { jti: true } }),
        db.kakaoToken.count(),
      ]);
    await runBackgroundWork(app.deps());
    expect((await left()).map((rows) => (Array.isArray(rows) ? rows.length : rows))).toEqual([2, 2, 2, 1]);
    app.pass(3_600_000 - 60_000);
    await runBackgroundWork(app.deps());
    app.pass(61_000);
    await runBackgroundWork(app.deps());
    expect(await left()).toEqual([[{ id: 'young' }], [], [{ jti: '89' }], 0]);
  });

  it('kept tokens of Kakao are sealed with the newest secret', async () => {
    const { db } = app.deps();
    app.pass(200 * day);
    const { id: userId } = await addUser(db, '7', ago(0));
    const older = createSealingKeys(['an-older-sealing-secret-of-32-bytes'], []);
    const newer = ['a-newer-sealing-secret-of-32-bytes-', 'an-older-sealing-secret-of-32-bytes'];
    const accessToken = sealToken(older, { userId, field: 'access' }, 'a');
    const refreshToken = sealToken(older, { userId, field: 'refresh' }, 'r');
    const times = { accessExpiresAt: ago(0), refreshExpiresAt: ago(-day), updatedAt: ago(0) };
    await db.kakaoToken.create({ data: { userId, accessToken, refreshToken, ...times } });
    await runBackgroundWork({ ...app.deps(), sealing: createSealingKeys(newer, []) });
    expect((await db.kakaoToken.findUniqueOrThrow({ where: { userId } })).accessToken).not.toBe(accessToken);
  });
});
