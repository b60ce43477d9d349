import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as client from '@/lib/db/client';
import * as held from '@/lib/db/export';
import { PrismaClient } from '@/lib/db/generated/client';
import { groupCommits } from '@/lib/db/group-commit';
import * as history from '@/lib/db/history';
import * as kakaoTokens from '@/lib/db/kakao-tokens';
import * as pendingUnlinks from '@/lib/db/pending-unlinks';
import { preparedStatements } from '@/lib/db/prepared';
import { prismaAdapter } from '@/lib/db/prisma-adapter';
import * as refusals from '@/lib/db/refusals';
import * as sessions from '@/lib/db/sessions';
import * as signIn from '@/lib/db/sign-in';
import { openSqlite, type Sqlite } from '@/lib/db/sqlite';
import * as users from '@/lib/db/users';
import * as webhookEvents from '@/lib/db/webhook-events';
import { addUser, withFile } from '../../support/database';

const database = withFile();
const now = new Date('2026-11-24T12:00:00Z');
const [id, userId, kakaoId, at] = ['s', 'u', '7', now];
const liveness = { now, seenAfter: now };
const place = { at, device: null, ip: null };
const profile = { kakaoId, nickname: 'n', profileImageUrl: null, email: null };
const session = { id, createdAt: now, expiresAt: now, userAgent: null, ip: null, interactive: true };
const refusalId = 'r';
const identity = { kakaoId, refusalId };
const login = {
  profile,
  isFetched: true,
  session,
  place,
  refusalId,
  startedAt: now,
  isDeliberate: true,
  seenAfter: now,
};
const tokens = {
  userId,
  accessToken: 'a',
  accessExpiresAt: now,
  refreshToken: 'r',
  refreshExpiresAt: now,
  updatedAt: now,
};
const pending = { id: 'p', kakaoId, createdAt: now, attempts: 0, nextAttemptAt: now };
const event: webhookEvents.NewWebhookEvent = {
  jti: 'j',
  channel: 'account_state',
  type: 't',
  reason: null,
  kakaoId,
  occurredAt: now,
};

/** One call of every function that asks the database, by its name. */
const queries: Readonly<Record<string, (db: client.Database) => Promise<unknown>>> = {
  pingDatabase: (db) => client.pingDatabase(db),
  readHeldData: (db) => held.readHeldData(db, userId, kakaoId),
  recordHistory: (db) => history.recordHistory(db, userId, { kind: 'export', ...place }),
  purgeHistory: (db) => history.purgeHistory(db, now),
  listHistory: (db) => history.listHistory(db, userId),
  saveKakaoTokens: (db) => kakaoTokens.saveKakaoTokens(db, tokens, id),
  findKakaoTokens: (db) => kakaoTokens.findKakaoTokens(db, userId),
  deleteKakaoTokens: (db) => kakaoTokens.deleteKakaoTokens(db, userId),
  deleteDeadKakaoTokens: (db) => kakaoTokens.deleteDeadKakaoTokens(db, tokens),
  listSealedTokens: async (db) => {
    await kakaoTokens.listSealedTokens(db, null);
    await kakaoTokens.listSealedTokens(db, userId);
  },
  replaceSealedTokens: (db) =>
    kakaoTokens.replaceSealedTokens(db, tokens, { accessToken: 'b', refreshToken: 'c' }),
  purgeKakaoTokens: (db) => kakaoTokens.purgeKakaoTokens(db, now),
  claimRefresh: (db) => kakaoTokens.claimRefresh(db, tokens, { now, until: now }),
  releaseRefresh: (db) => kakaoTokens.releaseRefresh(db, userId),
  saveRefreshedTokens: (db) => kakaoTokens.saveRefreshedTokens(db, tokens, { accessToken: 'b' }),
  findDuePendingUnlinks: (db) => pendingUnlinks.findDuePendingUnlinks(db, now),
  claimPendingUnlink: (db) => pendingUnlinks.claimPendingUnlink(db, pending, now),
  removePendingUnlink: (db) => pendingUnlinks.removePendingUnlink(db, id),
  confirmUnlink: (db) => pendingUnlinks.confirmUnlink(db, identity, { at }),
  purgePendingUnlinks: (db) => pendingUnlinks.purgePendingUnlinks(db, now),
  findPendingKakaoIds: (db) => pendingUnlinks.findPendingKakaoIds(db, [kakaoId, '8']),
  isPendingUnlink: (db) => pendingUnlinks.isPendingUnlink(db, kakaoId),
  findSession: (db) => sessions.findSession(db, id),
  touchSession: (db) => sessions.touchSession(db, id, { now, unlessSince: now }),
  revokeSession: (db) => sessions.revokeSession(db, id, { at, reason: 'replaced' }),
  listLiveSessions: (db) => sessions.listLiveSessions(db, userId, liveness),
  revokeLiveSession: (db) => sessions.revokeLiveSession(db, { id, userId }, liveness),
  revokeOtherSessions: (db) => sessions.revokeOtherSessions(db, { id, userId }, now),
  purgeSessions: (db) => sessions.purgeSessions(db, now, now),
  revokeUserSessions: async (db) => {
    await sessions.revokeUserSessions(db, userId, { at, reason: 'kakao_event' });
    await sessions.revokeUserSessions(db, userId, { at, reason: 'kakao_event', createdBefore: now });
  },
  recordSignIn: (db) => signIn.recordSignIn(db, login),
  findUserByKakaoId: (db) => users.findUserByKakaoId(db, kakaoId),
  findUserById: (db) => users.findUserById(db, userId),
  eraseUser: async (db) => {
    const nobody = { id: 'nobody', ...identity };
    await users.eraseUser(db, nobody, { at, unlinkFrom: now });
    await users.eraseUser(db, nobody, { at, unlessLoggedInFrom: now });
  },
  setAccountState: (db) =>
    refusals.setAccountState(db, identity, { disabled: true, changedAt: now, until: now }),
  blockPerson: (db) => refusals.blockPerson(db, identity, at),
  unblockPerson: (db) => refusals.unblockPerson(db, identity, at),
  purgeRefusals: (db) => refusals.purgeRefusals(db, now),
  hasLastingRefusals: (db) => refusals.hasLastingRefusals(db),
  findSealedKey: (db) => refusals.findSealedKey(db, id),
  storeSealedKey: (db) => refusals.storeSealedKey(db, id, { earlier: null, sealed: 's', at }),
  updateProfile: (db) => users.updateProfile(db, userId, profile, now),
  distrustProfile: (db) => users.distrustProfile(db, userId),
  findKnownKakaoIds: (db) => users.findKnownKakaoIds(db, [kakaoId, '8']),
  listKakaoIds: async (db) => {
    await users.listKakaoIds(db, null);
    await users.listKakaoIds(db, kakaoId);
  },
  recordWebhookEvent: async (db) => {
    await webhookEvents.recordWebhookEvent(db, event, now);
    await webhookEvents.recordWebhookEvent(db, { ...event, jti: null }, now);
  },
  settleWebhookEvent: (db) => webhookEvents.settleWebhookEvent(db, { id, kakaoId }, { outcome: 'o', at }),
  findUnsettledWebhookEvents: (db) => webhookEvents.findUnsettledWebhookEvents(db, now),
  purgeWebhookEvents: (db) => webhookEvents.purgeWebhookEvents(db, now),
};

/** What has no queries: the connection, and how statements get there. */
const plumbing =
  /^(erasure|errors|group-commit|migrate|prepared|prisma-adapter|private-files|sqlite)\.ts$|^generated$/;
const folder = join(import.meta.dirname, '../../../lib/db');
const files = readdirSync(folder).filter((name) => !plumbing.test(name));

let connection: Sqlite;
let db: client.Database;
let asked: string[] = [];

beforeAll(async () => {
  const plain = openSqlite(database.file(), { timeout: 1_000 });
  connection = {
    ...plain,
    prepare: (sql) => {
      asked.push(sql);
      return plain.prepare(sql);
    },
  };
  const commit = groupCommits(connection);
  const adapter = prismaAdapter(connection, commit);
  const prisma = new PrismaClient({ adapter: { ...adapter, connect: async () => adapter } });
  db = Object.assign(prisma, {
    prepared: preparedStatements(connection, commit),
    noteErasure: () => undefined,
    emptyLog: () => true,
    rewriteFile: () => undefined,
  });
  const user = await addUser(database.db(), kakaoId, now);
  await database.db().user.update({ where: { id: user.id }, data: { id: userId } });
});

afterAll(() => db.$disconnect());

/**
 * The steps of a plan that read a table from end to end. An index read in its order is none, nor are the rows that Prisma
 * has found (`sub`) and counts, or the rows that a subquery of ours has found.
 */
function scansOf(sql: string): string[] {
  const values = [...sql.matchAll(/\?/g)].map(() => null);
  const plan = connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values);
  const isScan = (step: string) =>
    /^SCAN (?!CONSTANT ROW|(?:sub|rule|known|live|ended|\(subquery-\d+\))$)/.test(step) &&
    !/ USING (COVERING )?INDEX /.test(step);
  // Nearly all sessions have not been ended: that they share this value makes the index no help.
  const isAllLive = (step: string) => step.includes('(revokedAt=?)');
  return plan.map((step) => String(step.at(-1))).filter((step) => isScan(step) || isAllLive(step));
}

it('finds a query that reads a whole table', () => {
  expect(scansOf('SELECT "id" FROM "User" WHERE "nickname" = ?')).toEqual(['SCAN User']);
});

it('knows every function that asks the database', async () => {
  const modules = await Promise.all(files.map((name) => import(join(folder, name))));
  const asking = modules
    .flatMap((module) => Object.values<unknown>(module))
    .filter((value) => typeof value === 'function' && /^async function \w+\(db\b/.test(String(value)))
    .map((value) => (value as () => void).name);
  expect(asking.sort()).toEqual(Object.keys(queries).sort());
});

it.each(Object.keys(queries))('%s reads no table from end to end', async (name) => {
  asked = [];
  await queries[name]?.(db);
  const statements = asked.filter((sql) => !/^(SAVEPOINT|RELEASE|ROLLBACK)/.test(sql));
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.flatMap((sql) => scansOf(sql).map((scan) => `${scan}: ${sql}`))).toEqual([]);
});
