import { koeMeaning } from '../refusals/koe-codes.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { sendError } from './authorize-error.ts';
import { type KoeRefusal, koePage } from './koe-page.ts';

/** Codes that come after the redirect URI was found right, so that the setting `authorizeErrors` can redirect them. */
const redirectable = /^KOE20[1-57]$/;

/** Refuses an authorize request: on a page, or by redirect where the settings say so. */
export function refuseAuthorize(refusal: KoeRefusal, request: KakaoRequest, world: World): Reply {
  const redirectUri = request.query.get('redirect_uri');
  if (world.settings.authorizeErrors === 'page' || !redirectable.test(refusal.koe) || !redirectUri)
    return koePage(refusal, request, world);
  const { error } = koeMeaning(refusal.koe);
  const description = refusal.detail.split('\n')[0] ?? '';
  return sendError({ redirectUri, state: request.query.get('state') }, error, description);
}
