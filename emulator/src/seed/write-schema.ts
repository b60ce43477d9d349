import { mkdirSync, writeFileSync } from 'node:fs';
import { seedSchema } from './seed-shape.ts';

// Run when the package is packed: the schema that is published is the one that the reader keeps to.
const folder = new URL('../../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('seed.schema.json', folder), `${JSON.stringify(seedSchema(), null, 2)}\n`);
