// What Prisma's schema engine says about a database and a folder of migrations: `migrate deploy`, then `migrate status`.
//   node diagnose.mjs <file> <migrations>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { openSchemaEngine } from '../../../scripts/new-migration.mjs';
import { ROOT } from '../../../scripts/run/command.mjs';

const [file, baseDir] = process.argv.slice(2);
const read = (...path) => readFileSync(join(baseDir, ...path), 'utf8');
const migrationDirectories = readdirSync(baseDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: read(name, 'migration.sql') } },
  }));
const migrationsList = {
  baseDir,
  lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
  shadowDbInitScript: '',
  migrationDirectories,
};
const filters = { externalTables: [], externalEnums: [] };
const { prismaAdapterOf } = await tsImport('../../../lib/db/prisma-adapter.ts', import.meta.url);
const schema = readFileSync(join(ROOT, 'prisma', 'schema.prisma'), 'utf8');
const engine = await openSchemaEngine(prismaAdapterOf(file), schema);
const deployed = await engine.applyMigrations({ migrationsList, filters });
const status = await engine.diagnoseMigrationHistory({
  migrationsList,
  optInToShadowDatabase: false,
  filters,
});
console.log(JSON.stringify({ ...deployed, ...status }));
