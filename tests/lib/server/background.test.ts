import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runBackgroundWork } from '@/lib/server/background';
import { withApp } from '../../support/app';
import { addPendingUnlink } from '../../support/database';
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
