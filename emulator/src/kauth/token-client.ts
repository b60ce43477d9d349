import type { Reply } from '../server/reply.ts';
import type { App } from '../world/apps.ts';
import type { World } from '../world/world.ts';
import { koeError } from './error.ts';

/**
 * The app behind `client_id` and `client_secret` of a form (`client_secret_post`); HTTP Basic is not read, as at Kakao.
 * Refusals: KOE101, KOE010.
 */
export function authenticateClient(form: URLSearchParams, world: World): App | Reply {
  const clientId = form.get('client_id');
  const app = world.apps.get(clientId ?? '');
  if (!app) return koeError('KOE101', `Not exist client_id [${clientId}]`);
  const isSecretRight = !app.clientSecretEnabled || form.get('client_secret') === app.clientSecret;
  return isSecretRight ? app : koeError('KOE010', 'Bad client credentials');
}
