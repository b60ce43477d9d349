import { createLocalJWKSet, jwtVerify } from 'jose';
import { toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { publishedKeys } from '../world/signing-keys.ts';
import { now, type World } from '../world/world.ts';
import { koeError } from './error.ts';

/** `POST /oauth/tokeninfo`: the payload of a valid ID token (form field `id_token`), else KOE400. For debugging only. */
export async function tokeninfo(request: KakaoRequest, world: World): Promise<Reply> {
  const keys = await publishedKeys(world.keys);
  const keySet = createLocalJWKSet({ keys: keys.map((key) => key.publicJwk) });
  const options = { issuer: world.publicUrl, algorithms: ['RS256'], currentDate: new Date(now(world)) };
  try {
    const { payload } = await jwtVerify(request.form.get('id_token') ?? '', keySet, options);
    return jsonReply(toJson(payload));
  } catch (error) {
    return koeError('KOE400', world, error instanceof Error ? error.message : 'invalid ID token');
  }
}
