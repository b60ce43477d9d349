import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { disabledScope, otherLogoutRedirectUri, otherRedirectUri as unregisteredUri } from './authorize.ts';
import { notLinked, refusedCaller } from './caller.ts';
import { unknownClient, wrongGrantType, wrongSecret } from './client.ts';
import { foreignCode, otherRedirectUri, otherVerifier, unknownCode } from './code.ts';
import { refusedRefreshToken } from './token.ts';

type Explain = (request: KakaoRequest, world: World) => string | undefined;

/** By the code of the refusal. */
const explanations: Readonly<Record<string, Explain>> = {
  KOE006: unregisteredUri,
  KOE007: otherLogoutRedirectUri,
  KOE010: wrongSecret,
  KOE101: unknownClient,
  KOE114: foreignCode,
  KOE205: disabledScope,
  KOE303: otherRedirectUri,
  KOE310: wrongGrantType,
  KOE313: otherVerifier,
  KOE320: unknownCode,
  KOE322: refusedRefreshToken,
  '-101': notLinked,
  '-401': refusedCaller,
};

/**
 * Why a request was refused with this code, in one sentence for the developer who sent it; `undefined` where Kakao's
 * own text says it all. To be asked right after the refusal, while the world is as it was.
 */
export function explain(code: string | number, request: KakaoRequest, world: World): string | undefined {
  return explanations[code]?.(request, world);
}
