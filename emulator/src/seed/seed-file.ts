import { readFile } from 'node:fs/promises';
import type { Seed } from '../world/seed.ts';
import { JsonTextError, type LocatedJson, readLocatedJson } from './located-json.ts';
import { readLocatedYaml } from './located-yaml.ts';
import { isFlaw, readSeed } from './read-seed.ts';

/**
 * Reads a seed file: JSON, or YAML when its name ends in `.yaml` or `.yml`. Rejects with `file:line: reason`, or with the
 * system's error.
 */
export async function readSeedFile(file: string): Promise<Seed> {
  const { value, lines } = await located(await readFile(file, 'utf8'), file);
  const seed = readSeed(value);
  if (!isFlaw(seed)) return seed;
  throw new RangeError(`${file}:${lines.get(seed.path) ?? 1}: ${seed.reason}`);
}

async function located(text: string, file: string): Promise<LocatedJson> {
  try {
    return /\.ya?ml$/i.test(file) ? await readLocatedYaml(text) : readLocatedJson(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw new RangeError(`${file}:${error.line}: ${error.message}`);
    throw error;
  }
}
