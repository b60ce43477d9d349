import { mkdirSync, writeFileSync } from 'node:fs';
import { seedSchema } from './seed-shape.ts';

// Run when the package is packed, so that the published schema is the one that seed files are validated with.
const folder = new URL('../../schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('seed.schema.json', folder), `${JSON.stringify(seedSchema(), null, 2)}\n`);
