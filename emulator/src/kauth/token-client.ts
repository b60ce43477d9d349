import type { Reply } from '../server/reply.ts';
import { type Client, findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import { koeError } from './error.ts';

/**
 * The client behind `client_id` and `client_secret` of a form (`client_secret_post`); HTTP Basic is not read, as at Kakao.
 * Refusals: KOE101, KOE010.
 */
export function authenticateClient(form: URLSearchParams, world: World): Client | Reply {
  const clientId = form.get('client_id');
  const client = findClient(world.apps, clientId);
  if (!client) return koeError('KOE101', `Not exist client_id [${clientId}]`);
  const isSecretRight =
    !client.key.clientSecretEnabled || form.get('client_secret') === client.key.clientSecret;
  return isSecretRight ? client : koeError('KOE010', 'Bad client credentials');
}
