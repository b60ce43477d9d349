import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '@/lib/db/client';
import type { Session, User } from '@/lib/db/generated/client';
import { migrate } from '@/lib/db/migrate';
import { recordSignIn } from '@/lib/db/sign-in';
import { openSqlite } from '@/lib/db/sqlite';
import { createPostgresql, lockTables, onPostgresql } from './postgresql';

const migrationsDir = join(import.meta.dirname, '../../prisma/migrations');

/** Takes the write lock of a SQLite file, as another process does; the answer releases it. */
export function lockFile(file: string): () => void {
  const other = openSqlite(file, { timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    other.exec('ROLLBACK');
    other.close();
  };
}

/** A user that nobody has logged in as yet. */
export function addUser(db: Database, kakaoId: string, at = new Date()): Promise<User> {
  return db.user.create({ data: { id: randomUUID(), kakaoId, createdAt: at, lastLoginAt: at } });
}

/** A session of a user, as it begins; `expiresAt` an hour later. */
export function addSession(db: Database, id: string, userId: string, at = new Date()): Promise<Session> {
  const expiresAt = new Date(at.getTime() + 3_600_000);
  return db.session.create({ data: { id, userId, createdAt: at, lastSeenAt: at, expiresAt } });
}

/** Somebody who has left, and whom Kakao has yet to unlink. */
export async function addPendingUnlink(db: Database, kakaoId: string, at = new Date()): Promise<void> {
  const row = { id: randomUUID(), kakaoId, createdAt: at, attempts: 0, nextAttemptAt: at };
  await db.pendingUnlink.create({ data: row });
}

/** Stands for the keyed hash of a Kakao id. */
export const refusalIdOf = (kakaoId: string) => `hash of ${kakaoId}`;

/** A whole login of a Kakao id by the button, as the app records it. */
export function logIn(db: Database, kakaoId: string, at: Date, device: string | null = null) {
  const expiresAt = new Date(at.getTime() + 3_600_000);
  return recordSignIn(db, {
    profile: { kakaoId, nickname: null, profileImageUrl: null, email: null },
    isFetched: true,
    refusalId: refusalIdOf(kakaoId),
    startedAt: at,
    isDeliberate: true,
    session: { id: randomUUID(), createdAt: at, expiresAt, userAgent: null, ip: null, interactive: true },
    place: { at, device, ip: null },
    seenAfter: new Date(at.getTime() - 7 * 24 * 3_600_000),
  });
}

interface TestDatabase {
  readonly db: () => Database;
  readonly url: () => string;
  /** Takes the locks that writes need, as another process does; the answer releases them. */
  readonly lock: () => Promise<() => Promise<void> | void>;
}

/** An empty, migrated database of its own, opened as the app opens it: of the kind that the tests run on. */
export function withDatabase(): TestDatabase {
  if (onPostgresql) return withPostgresql();
  const { db, file } = withFile();
  return { db, url: () => `file:${file()}`, lock: async () => lockFile(file()) };
}

/** A migrated SQLite file in a folder of its own, opened as the app opens it. */
export function withFile(): { readonly db: () => Database; readonly file: () => string } {
  let folder: string;
  let file: string;
  let db: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kakao-login-'));
    file = join(folder, 'app.db');
    migrate(file, migrationsDir);
    db = await openDatabase(`file:${file}`);
  });
  afterAll(async () => {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  });
  return { db: () => db, file: () => file };
}

function withPostgresql(): TestDatabase {
  let own: Awaited<ReturnType<typeof createPostgresql>>;
  let db: Database;
  beforeAll(async () => {
    own = await createPostgresql();
    db = await openDatabase(own.url);
  });
  afterAll(async () => {
    await db.$disconnect();
    await own.drop();
  });
  return { db: () => db, url: () => own.url, lock: () => lockTables(own.url) };
}
