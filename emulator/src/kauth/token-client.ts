import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type Client, findClient } from '../world/clients.ts';
import type { PlatformKey } from '../world/platform-keys.ts';
import type { World } from '../world/world.ts';
import { koeError } from './error.ts';

/**
 * The client behind `client_id` and `client_secret` of a form (`client_secret_post`); HTTP Basic is not read, as at Kakao.
 * Refusals: KOE101 (key), KOE010 (secret), KOE127 (address of the server), KOE125 (app sanctioned), KOE009 (platform).
 */
export function authenticateClient(request: KakaoRequest, world: World): Client | Reply {
  const clientId = request.form.get('client_id');
  const client = findClient(world.apps, clientId);
  if (!client) return koeError('KOE101', world, clientId);
  return clientRefusal(client, request, world) ?? client;
}

function clientRefusal({ app, key }: Client, request: KakaoRequest, world: World): Reply | undefined {
  const { form, callerAddress } = request;
  if (key.clientSecretEnabled && form.get('client_secret') !== key.clientSecret)
    return koeError('KOE010', world);
  if (key.allowedIps.length > 0 && !key.allowedIps.includes(callerAddress))
    return koeError('KOE127', world, callerAddress);
  if (app.sanctioned) return koeError('KOE125', world);
  return isOnItsPlatform(key, form) ? undefined : koeError('KOE009', world);
}

/** An app on a phone has no secret and must prove itself; a page may; a server has nothing to prove. */
function isOnItsPlatform({ type, platforms }: PlatformKey, form: URLSearchParams): boolean {
  if (type === 'native')
    return platforms.includes(form.get('android_key_hash') ?? form.get('ios_bundle_id') ?? '');
  const origin = type === 'javascript' ? form.get('client_origin') : null;
  return origin === null || platforms.includes(origin);
}
