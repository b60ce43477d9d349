import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
export default { turbopack: { root: join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..') } };
