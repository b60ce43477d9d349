import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { koeError } from './error.ts';
import { exchangeCode } from './exchange-code.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { authenticateClient } from './token-client.ts';

const grants = { authorization_code: exchangeCode, refresh_token: refreshTokens };

/** `POST /oauth/token` (RFC 6749 4.1.3 and 6): form body only. Order of refusals: KOE310, KOE101, KOE010, the grant's. */
export function token(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const type = request.form.get('grant_type');
  if (type !== 'authorization_code' && type !== 'refresh_token') {
    return koeError('KOE310', world, type);
  }
  const client = authenticateClient(request, world);
  return 'status' in client ? client : grants[type](client, request, world);
}
