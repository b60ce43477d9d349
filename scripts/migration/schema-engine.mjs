import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { ROOT } from '../root.mjs';

// Not among the package's exports, so found by its place.
const WASM = join(ROOT, 'node_modules', '@prisma', 'schema-engine-wasm', 'schema_engine_bg.wasm');

/**
 * Prisma's schema engine as WebAssembly, on a SQLite file. The native one is a download at run time.
 *
 * @param {string} file the SQLite file
 * @param {string} schema the text of a Prisma schema
 */
export async function openSchemaEngine(file, schema) {
  const { instance } = await WebAssembly.instantiate(await readFile(WASM), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: `file:${file}` }));
  return engine.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter);
}
