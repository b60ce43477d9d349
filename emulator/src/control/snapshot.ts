import { readSeed, SeedError } from '../seed/seed-shape.ts';
import { readJsonObject, toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { seedOf } from '../world/seed.ts';
import { type World, worldAfter } from '../world/world.ts';
import { problem } from './problem.ts';

/** `GET /snapshot`: users, apps, links and settings as they are now, as a seed file has them. */
export function showSnapshot(_request: KakaoRequest, world: World): Reply {
  return jsonReply(toJson(seedOf(world)));
}

/**
 * `PUT /snapshot`: the same back, or a part of it; a list that is there replaces what the world has. Codes, tokens and
 * browser sessions end; what the world begins with stays. 204, 400.
 */
export function replaceWorld(request: KakaoRequest, world: World): Reply {
  const value = readJsonObject(request.body);
  if (!value) return problem(400, 'the body must be a JSON object');
  const present = seedOf(world);
  try {
    const seed = readSeed(value, present);
    worldAfter(world, { ...present, ...seed, settings: { ...present.settings, ...seed.settings } });
  } catch (error) {
    if (error instanceof SeedError) return problem(400, error.message, error.path);
    throw error;
  }
  return emptyReply(204);
}
