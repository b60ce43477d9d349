import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { tsImport } from 'tsx/esm/api';
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
  const { prismaAdapterOf } = await tsImport('../../lib/db/prisma-adapter.ts', import.meta.url);
  const adapter = bindMigrationAwareSqlAdapterFactory(prismaAdapterOf(file));
  return engine.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter);
}
