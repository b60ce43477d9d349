import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportData } from '@/lib/account/export';
import { recordWebhookEvent } from '@/lib/db/webhook-events';
import { findViewer, type Viewer } from '@/lib/login/find-viewer';
import { withApp } from '../../support/app';
import { device } from '../../support/browser';
import { people } from '../../support/kakao';

const app = withApp();

async function login(person = people.plain): Promise<Viewer> {
  const browser = app.browser();
  await browser.login(person);
  const viewer = await findViewer(app.deps(), browser.sessionToken());
  if (!viewer) throw new Error('nobody is signed in');
  return viewer;
}

describe('an export', () => {
  it('has no part for a table that holds data of people and was forgotten', () => {
    const schema = readFileSync(join(import.meta.dirname, '../../../prisma/schema.prisma'), 'utf8');
    const models = schema.split(/^model /m).slice(1);
    const personal = models.filter((model) => /^\s+(userId|kakaoId) /m.test(model));
    const names = personal.map((model) => model.slice(0, model.indexOf(' '))).sort();
    // PendingUnlink is about people who have left and cannot ask any more.
    const exported = ['HistoryEntry', 'KakaoToken', 'PendingUnlink', 'Session', 'User', 'WebhookEvent'];
    expect(names).toEqual(exported);
  });

  it('has nothing of anybody else', async () => {
    const other = await login(people.another);
    const { user } = await login();
    const data = JSON.stringify(await exportData(app.deps(), { ...other, user }, device));
    expect(data).toContain('seoyun@example.com');
    expect(data).not.toContain('nari@example.com');
    expect(data).not.toContain(other.user.id);
  });

  it('has no secret: no token, no hash of a session', async () => {
    app.storeTokens();
    const viewer = await login();
    const row = await app.deps().db.kakaoToken.findFirstOrThrow();
    const data = JSON.stringify(await exportData(app.deps(), viewer, device));
    for (const secret of [row.accessToken, row.refreshToken, viewer.sessionId, viewer.claims.sid]) {
      expect(data).not.toContain(secret);
    }
  });

  it('has the profile, the sessions, the history, what Kakao told and what was agreed to', async () => {
    app.storeTokens();
    const viewer = await login();
    const event = { jti: 'j1', channel: 'account_state', type: 'user-linked', reason: null } as const;
    const at = app.deps().now();
    await recordWebhookEvent(app.deps().db, { ...event, kakaoId: people.plain, occurredAt: at }, at);
    expect(await exportData(app.deps(), viewer, device)).toMatchObject({
      service: 'http://localhost:3000',
      user: { kakaoId: people.plain, nickname: '서윤', email: 'seoyun@example.com' },
      sessions: [{ userAgent: 'test browser', ip: '192.0.2.0/24' }],
      securityEvents: expect.arrayContaining([expect.objectContaining({ kind: 'export', ip: device.ip })]),
      kakaoToken: { accessExpiresAt: expect.any(Date) },
      webhookEvents: [{ type: 'user-linked', kakaoId: people.plain }],
      consents: expect.arrayContaining([expect.objectContaining({ id: 'account_email', agreed: true })]),
    });
  });

  it('is whole but for the consents while Kakao is down', async () => {
    const viewer = await login();
    await app.kakao.fault('/v2/user/scopes', { status: 503, always: true });
    const data = await exportData(app.deps(), viewer, device);
    expect(data?.consents).toBeNull();
    expect(data?.user.kakaoId).toBe(people.plain);
  });
});
