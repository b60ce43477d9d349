import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { sendError } from './authorize-result.ts';
import { type KoeRefusal, koePage } from './koe-page.ts';

/** Codes that come after the redirect URI was found right, so that the setting `authorizeErrors` can redirect them. */
const redirectable: Readonly<Record<string, string>> = {
  KOE201: 'invalid_request',
  KOE202: 'invalid_request',
  KOE204: 'invalid_request',
  KOE205: 'invalid_scope',
};

/** Refuses an authorize request: on a page, or by redirect where the settings say so. */
export function refuseAuthorize(refusal: KoeRefusal, request: KakaoRequest, world: World): Reply {
  const error = redirectable[refusal.koe];
  if (world.settings.authorizeErrors === 'page' || error === undefined)
    return koePage(refusal, request, world);
  const redirectUri = request.query.get('redirect_uri') ?? '';
  return sendError(
    { redirectUri, state: request.query.get('state') },
    error,
    refusal.detail.split('\n')[0] ?? '',
  );
}
