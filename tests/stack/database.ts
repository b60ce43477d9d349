import { existsSync, readFileSync } from 'node:fs';
import { storedDate } from '../../lib/db/prisma-adapter';
import { openSqlite, type SqliteValue } from '../../lib/db/sqlite';

interface UserRow {
  readonly id: string;
  readonly nickname: string | null;
  readonly email: string | null;
}

interface SessionRow {
  readonly id: string;
  readonly revokedAt: unknown;
  readonly revokedReason: string | null;
}

/** The SQLite file of the app, read and changed as its operator could. */
export class Database {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  users(kakaoId: string): readonly UserRow[] {
    return this.#rows('SELECT id, nickname, email FROM User WHERE kakaoId = ?', kakaoId);
  }

  /** Oldest first. */
  sessions(kakaoId: string): readonly SessionRow[] {
    const sql = `SELECT Session.id, revokedAt, revokedReason FROM Session JOIN User ON User.id = userId
      WHERE kakaoId = ? ORDER BY Session.rowid`;
    return this.#rows(sql, kakaoId);
  }

  /** What came of the events of Kakao that arrived under this id. */
  outcomes(jti: string): readonly (string | null)[] {
    const sql = 'SELECT outcome FROM WebhookEvent WHERE jti = ?';
    return this.#rows<{ outcome: string | null }>(sql, jti).map(({ outcome }) => outcome);
  }

  /** How many unlinks at Kakao are waiting for a person. */
  pendingUnlinks(kakaoId: string): number {
    return this.#rows('SELECT id FROM PendingUnlink WHERE kakaoId = ?', kakaoId).length;
  }

  /** Blocks a user from now on. */
  block(kakaoId: string): void {
    this.#rows('UPDATE User SET blockedAt = lastLoginAt WHERE kakaoId = ?', kakaoId);
  }

  /** All that is in its files, as text: also what no query finds. The log first, which is moved into the file. */
  onDisk(): string {
    const files = ['-wal', '-shm', '']
      .map((ending) => `${this.#file}${ending}`)
      .filter((file) => existsSync(file));
    return files.map((file) => readFileSync(file, 'utf8')).join('\n');
  }

  /** Lets the sessions of a user have begun this many milliseconds earlier. */
  ageSessions(kakaoId: string, ms: number): void {
    const createdAt = storedDate(new Date(Date.now() - ms));
    const sql = 'UPDATE Session SET createdAt = ? WHERE userId = (SELECT id FROM User WHERE kakaoId = ?)';
    this.#rows(sql, createdAt, kakaoId);
  }

  /** Lets the sessions of a user have come to their end a day ago. */
  expireSessions(kakaoId: string): void {
    const expiresAt = storedDate(new Date(Date.now() - 86_400_000));
    const sql = 'UPDATE Session SET expiresAt = ? WHERE userId = (SELECT id FROM User WHERE kakaoId = ?)';
    this.#rows(sql, expiresAt, kakaoId);
  }

  /** Gives a user so many entries of history like their newest one, and so many sessions like their newest one. */
  fillAccount(kakaoId: string, { entries = 0, sessions = 0 }): void {
    const copy = (table: string, columns: string) => `
      WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < ?),
        newest AS (SELECT * FROM ${table} WHERE userId = (SELECT id FROM User WHERE kakaoId = ?) ORDER BY rowid DESC LIMIT 1)
      INSERT INTO ${table} (id, ${columns}) SELECT lower(hex(randomblob(32))), ${columns} FROM newest, turn WHERE n <= ?`;
    const history = copy('SecurityEvent', 'userId, at, kind, detail, effect, device, ip');
    const session = copy('Session', 'userId, createdAt, lastSeenAt, expiresAt, userAgent, ip');
    this.#rows(history, entries, kakaoId, entries);
    this.#rows(session, sessions, kakaoId, sessions);
  }

  /** Every row of every table, but for those of people who have left: the background work still unlinks them at Kakao. */
  everything(): Readonly<Record<string, unknown>> {
    const tables = this.#rows<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    );
    const asked = tables.filter(({ name }) => !['PendingUnlink', 'Refusal'].includes(name));
    return Object.fromEntries(asked.map(({ name }) => [name, this.#rows(`SELECT * FROM "${name}"`)]));
  }

  #rows<Row>(sql: string, ...args: SqliteValue[]): Row[] {
    if (!existsSync(this.#file)) throw new Error(`${this.#file} does not exist`);
    const db = openSqlite(this.#file, { timeout: 5_000 });
    try {
      const { columns, all } = db.prepare(sql);
      const named = (row: SqliteValue[]) => columns.map(({ name }, index) => [name, row[index]]);
      return all(args).map((row) => Object.fromEntries(named(row)));
    } finally {
      db.close();
    }
  }
}
