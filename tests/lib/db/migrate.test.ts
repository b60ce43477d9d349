import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations } from '@/lib/db/migrate';
import { openSqlite, type Sqlite } from '@/lib/db/sqlite';

const ROOT = join(import.meta.dirname, '../../..');
const SHIPPED = join(ROOT, 'prisma/migrations');

let folder: string;
let file: string;
let dir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  file = join(folder, 'data', 'app.db');
  dir = join(folder, 'migrations');
  write('1_people', 'CREATE TABLE people (id INTEGER PRIMARY KEY);');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('migrate refuses', () => {
  it('a migration that was edited after it was applied', () => {
    migrate(file, dir);
    write('1_people', 'CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);');
    write('2_more', 'CREATE TABLE more (id INTEGER);');
    expect(() => migrate(file, dir)).toThrow(
      expect.objectContaining({ name: 'MigrationError', code: 'checksum_changed', migration: '1_people' }),
    );
    expect(() => pendingMigrations(file, dir)).toThrow(expect.objectContaining({ code: 'checksum_changed' }));
    expect(tables()).not.toContain('more');
  });

  it('a database with a migration that was never finished', () => {
    migrate(file, dir);
    execute('UPDATE _prisma_migrations SET finished_at = NULL');
    expect(() => migrate(file, dir)).toThrow(expect.objectContaining({ code: 'unfinished' }));
  });

  it('a database that is newer than the code, and says so', () => {
    write('2_later', 'CREATE TABLE later (id INTEGER);');
    migrate(file, dir);
    rmSync(join(dir, '2_later'), { recursive: true });
    expect(() => migrate(file, dir)).toThrow(/newer than this version.*2_later/);
    expect(() => migrate(file, dir)).toThrow(expect.objectContaining({ code: 'newer_database' }));
  });

  it('a migration that would leave rows without what they refer to', () => {
    write('2_pets', 'CREATE TABLE pets (owner INTEGER REFERENCES people(id)); INSERT INTO pets VALUES (7);');
    expect(() => migrate(file, dir)).toThrow(
      expect.objectContaining({ code: 'failed', migration: '2_pets' }),
    );
    expect(tables()).not.toContain('pets');
  });

  it('a migration that ends its own transaction', () => {
    write('2_sly', 'CREATE TABLE sly (id INTEGER);\nCOMMIT;\nCREATE TABLE late (id INTEGER);');
    expect(() => migrate(file, dir)).toThrow(expect.objectContaining({ code: 'failed' }));
    expect(tables()).not.toContain('sly');
  });

  it('a file that is no database', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(file, 'not a database, but long enough to be looked at'.repeat(50));
    expect(() => migrate(file, dir)).toThrow(expect.objectContaining({ code: 'unreadable' }));
  });

  it('a folder of migrations that is not there', () => {
    expect(() => migrate(file, join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'unreadable' }),
    );
    expect(existsSync(file)).toBe(false);
  });
});

describe('a migration that breaks half-way', () => {
  it('leaves nothing of itself, keeps the ones before it, and can be applied once corrected', () => {
    write('2_broken', 'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);');
    expect(() => migrate(file, dir)).toThrow(/2_broken failed and was undone: no such table: nowhere/);
    expect(tables()).toContain('people');
    expect(tables()).not.toContain('half');
    expect(appliedNames()).toEqual(['1_people']);
    write('2_broken', 'CREATE TABLE half (id INTEGER);');
    expect(migrate(file, dir)).toEqual(['2_broken']);
  });
});

describe('migrate applies', () => {
  it('everything pending in order, makes the folder, and then nothing', () => {
    write('3_c', 'INSERT INTO b VALUES (1);');
    write('2_b', 'CREATE TABLE b (id INTEGER);');
    expect(pendingMigrations(file, dir)).toEqual(['1_people', '2_b', '3_c']);
    expect(existsSync(file)).toBe(false);
    expect(migrate(file, dir)).toEqual(['1_people', '2_b', '3_c']);
    expect(migrate(file, dir)).toEqual([]);
    expect(pendingMigrations(file, dir)).toEqual([]);
  });

  it('a rebuilt table without deleting what refers to it', () => {
    write('2_pets', 'CREATE TABLE pets (owner INTEGER REFERENCES people(id) ON DELETE CASCADE);');
    migrate(file, dir);
    execute('INSERT INTO people VALUES (1); INSERT INTO pets VALUES (1);');
    write(
      '3_rebuild',
      `PRAGMA foreign_keys=OFF;
       CREATE TABLE new_people (id INTEGER PRIMARY KEY, name TEXT);
       INSERT INTO new_people (id) SELECT id FROM people;
       DROP TABLE people;
       ALTER TABLE new_people RENAME TO people;
       PRAGMA foreign_keys=ON;`,
    );
    expect(migrate(file, dir)).toEqual(['3_rebuild']);
    expect(query('SELECT owner FROM pets')).toEqual([[1n]]);
  });

  it('once, when two processes start together', async () => {
    for (let i = 2; i < 30; i += 1) write(`${i + 100}_t`, `CREATE TABLE t${i} (id INTEGER);`);
    const applied = (await Promise.all([migrateElsewhere(), migrateElsewhere()])).flat();
    expect(applied).toHaveLength(29);
    expect(new Set(applied).size).toBe(29);
    expect(appliedNames()).toHaveLength(29);
  });

  it('over a row that an operator marked as rolled back', () => {
    migrate(file, dir);
    execute('UPDATE _prisma_migrations SET finished_at = NULL, rolled_back_at = 1; DROP TABLE people;');
    expect(migrate(file, dir)).toEqual(['1_people']);
  });

  it('nothing again when a checkout changed the line endings', () => {
    write('2_lines', 'CREATE TABLE a (id INTEGER);\nCREATE TABLE b (id INTEGER);\n');
    migrate(file, dir);
    write('2_lines', 'CREATE TABLE a (id INTEGER);\r\nCREATE TABLE b (id INTEGER);\r\n');
    expect(migrate(file, dir)).toEqual([]);
  });
});

describe('the migrations of this project', () => {
  it('make exactly what prisma/schema.prisma describes', async () => {
    migrate(file, SHIPPED);
    const script = `
      import { diffToSchema } from './scripts/new-migration.mjs';
      console.log(JSON.stringify(await diffToSchema(process.argv[1], 'prisma/schema.prisma')));`;
    expect(await node(['--input-type=module', '-e', script, file])).toBe('""');
  });

  it("leave a history that Prisma's own engine accepts as complete", async () => {
    migrate(file, SHIPPED);
    const diagnosis: unknown = JSON.parse(
      await node([join(import.meta.dirname, 'diagnose.mjs'), file, SHIPPED]),
    );
    expect(diagnosis).toEqual({
      appliedMigrationNames: [],
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });
});

function write(name: string, sql: string) {
  mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, name, 'migration.sql'), sql);
}

function withDb<T>(use: (db: Sqlite) => T): T {
  const db = openSqlite(file, { timeout: 5_000 });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

const execute = (sql: string) => withDb((db) => db.exec(sql));
const query = (sql: string) => withDb((db) => db.prepare(sql).all([]));
const names = (sql: string) => query(sql).map(([name]) => name);
const tables = () => names("SELECT name FROM sqlite_master WHERE type = 'table'");
const appliedNames = () => names('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1');

async function migrateElsewhere(): Promise<string[]> {
  const script = `
    import { migrate } from './lib/db/migrate.ts';
    console.log(JSON.stringify(migrate(...process.argv.slice(1))));`;
  return JSON.parse(await node(['--import', 'tsx', '--input-type=module', '-e', script, file, dir]));
}

function node(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code) => (code === 0 ? resolve(out.trim()) : reject(new Error(errors))));
  });
}
