import { readJsonObject } from '../json.ts';
import { readSeed, SeedError, seedShape } from '../seed/seed-shape.ts';
import { seedOf } from '../world/seed.ts';
import { loadSeed, resetWorld, type World } from '../world/world.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { component } from './schema.ts';

/** The whole state of a Kakao. */
export const snapshotRoutes: ControlRoutes = {
  reset: {
    POST: operation({
      summary: 'Everything is as at the start',
      handle: ({ world }) => resetWorld(world),
    }),
  },
  snapshot: {
    GET: operation({
      summary: 'What is held now, as a seed file has it',
      answer: component('Seed', seedShape),
      handle: ({ world }) => seedOf(world),
    }),
    PUT: operation({
      summary: 'Puts a seed in the place of what is held',
      body: seedShape,
      handle: ({ request, world }) => replaceWorld(request.body, world),
    }),
  },
};

/**
 * Restores a snapshot, or a part of it; a list that is there replaces what the world has. Codes, tokens and browser
 * sessions end; what the world begins with stays.
 */
function replaceWorld(body: string, world: World): void {
  const value = readJsonObject(body);
  if (!value) throw new Problem(400, 'the body must be a JSON object');
  const present = seedOf(world);
  try {
    const seed = readSeed(value, present);
    loadSeed(world, { ...present, ...seed, settings: { ...present.settings, ...seed.settings } });
  } catch (error) {
    if (error instanceof SeedError) throw new Problem(400, error.message, error.path);
    throw error;
  }
}
