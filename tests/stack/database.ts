import Sqlite from 'better-sqlite3';

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
    return this.#open((db) =>
      db.prepare<[string], UserRow>('SELECT id, nickname, email FROM User WHERE kakaoId = ?').all(kakaoId),
    );
  }

  /** Oldest first. */
  sessions(kakaoId: string): readonly SessionRow[] {
    const sql = `SELECT Session.id, revokedAt, revokedReason FROM Session JOIN User ON User.id = userId
      WHERE kakaoId = ? ORDER BY Session.rowid`;
    return this.#open((db) => db.prepare<[string], SessionRow>(sql).all(kakaoId));
  }

  /** What came of the events of Kakao that arrived under this id. */
  outcomes(jti: string): readonly (string | null)[] {
    const sql = 'SELECT outcome FROM WebhookEvent WHERE jti = ?';
    const rows = this.#open((db) => db.prepare<[string], { outcome: string | null }>(sql).all(jti));
    return rows.map(({ outcome }) => outcome);
  }

  /** How many unlinks at Kakao are waiting for a person. */
  pendingUnlinks(kakaoId: string): number {
    const sql = 'SELECT id FROM PendingUnlink WHERE kakaoId = ?';
    return this.#open((db) => db.prepare(sql).all(kakaoId).length);
  }

  /** Blocks a user from now on. */
  block(kakaoId: string): void {
    this.#open((db) => db.prepare('UPDATE User SET blockedAt = lastLoginAt WHERE kakaoId = ?').run(kakaoId));
  }

  #open<T>(work: (db: Sqlite.Database) => T): T {
    const db = new Sqlite(this.#file, { fileMustExist: true, timeout: 5_000 });
    try {
      return work(db);
    } finally {
      db.close();
    }
  }
}
