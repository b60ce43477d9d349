import { Refusal } from '../refusals/refusal.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Bilingual } from '../world/consent-items.ts';
import type { World } from '../world/world.ts';
import { authenticateClient, whereElse } from './client.ts';
import { exchangeCode } from './exchange-code.ts';
import { refreshTokens } from './refresh-tokens.ts';

const grants = { authorization_code: exchangeCode, refresh_token: refreshTokens };

/** `POST /oauth/token` (RFC 6749 4.1.3 and 6): form body only. Order of refusals: KOE310, the client's, the grant's. */
export function token(request: KakaoRequest, world: World): Promise<Reply> {
  const type = request.form.get('grant_type');
  if (type !== 'authorization_code' && type !== 'refresh_token')
    throw new Refusal('KOE310', { value: type, verdict: wrongGrantTypeVerdict(type, request) });
  return grants[type](authenticateClient(request, world), request, world);
}

function wrongGrantTypeVerdict(sent: string | null, request: KakaoRequest): Bilingual {
  if (sent !== null) {
    return {
      en: `grant_type is ${JSON.stringify(sent)}; Kakao has authorization_code and refresh_token`,
      ko: `grant_type 값이 ${JSON.stringify(sent)}입니다. 카카오에는 authorization_code와 refresh_token이 있습니다`,
    };
  }
  return (
    whereElse(request, 'grant_type') ?? {
      en: 'grant_type was not sent',
      ko: 'grant_type 값을 보내지 않았습니다',
    }
  );
}
