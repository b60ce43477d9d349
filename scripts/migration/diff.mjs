import { readFile } from 'node:fs/promises';
import { openSchemaEngine } from './schema-engine.mjs';

/**
 * The SQL that turns a SQLite file into what a Prisma schema describes; empty when it already is.
 *
 * @param {string} file the SQLite file
 * @param {string} schemaPath the Prisma schema
 * @returns {Promise<string>}
 */
export async function diffToSchema(file, schemaPath) {
  const content = await readFile(schemaPath, 'utf8');
  const engine = await openSchemaEngine(file, content);
  const files = [{ path: 'schema.prisma', content }];
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = stdout ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}
