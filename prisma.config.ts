import { defineConfig } from 'prisma/config';

// `generate` and `validate` need no schema engine; pointing at any existing file stops its download.
// Migrations never go through it: lib/db/migrate.ts applies them (docs/decisions/0004-migrations.md).
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] || 'file:./data/kakao-login.db' },
});
