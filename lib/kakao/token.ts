import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { authorizationServer, client } from './authorization-server';
import type { FlowSecrets, ValidatedCode } from './authorize';
import { type KakaoConfig, requiresIdToken } from './config';
import { KakaoError } from './errors';
import { verifyIdTokenSignature } from './id-token';
import {
  type IssuedTokens,
  issuedTokens,
  nonsense,
  postGrant,
  type TokenAnswer,
  toResponse,
} from './token-endpoint';

/**
 * What a code was exchanged for. `subject` is the `sub` of a verified ID token, if one came; `granted` are the consent
 * items that the person has agreed to, as far as Kakao says.
 */
export interface KakaoTokens extends IssuedTokens {
  readonly subject: string | null;
  readonly granted: readonly string[];
}

/**
 * Exchanges an authorization code for Kakao's tokens (rest-api, "Request token"; RFC 6749 4.1.3,
 * RFC 7636 4.5). Sent once: a code works once. An ID token that comes, asked for or not, must hold.
 *
 * @throws KakaoError `code_rejected`, `misconfigured`, `id_token_invalid`, `unavailable`
 */
export async function exchangeCode(
  config: KakaoConfig,
  code: ValidatedCode,
  flow: FlowSecrets,
  deadline: number,
): Promise<KakaoTokens> {
  const grant = {
    grant_type: 'authorization_code',
    redirect_uri: config.redirectUri,
    code: code.get('code') ?? '',
    code_verifier: flow.codeVerifier,
  };
  const answer = await postGrant(config, grant, deadline);
  const hasIdToken = tokenBody.safeParse(answer.body).data?.id_token !== undefined;
  const tokens = await judge(config, answer, hasIdToken || requiresIdToken(config) ? flow.nonce : null);
  const issued = { ...issuedTokens(tokens), granted: tokens.scope?.split(' ') ?? [] };
  if (!tokens.id_token) return { ...issued, subject: null };
  await verifyIdTokenSignature(config, tokens.id_token, deadline);
  return { ...issued, subject: oauth.getValidatedIdTokenClaims(tokens)?.sub ?? null };
}

const tokenBody = z.object({ access_token: z.string().min(1), id_token: z.unknown().optional() });

/** The generic rules of a token answer and of the claims of an ID token, by certified code. */
async function judge(config: KakaoConfig, answer: TokenAnswer, expectedNonce: string | null) {
  try {
    return await oauth.processAuthorizationCodeResponse(
      authorizationServer(config),
      client(config),
      toResponse(answer),
      expectedNonce === null ? {} : { expectedNonce, requireIdToken: true },
    );
  } catch (cause) {
    if (expectedNonce !== null && tokenBody.safeParse(answer.body).success) {
      throw new KakaoError('id_token_invalid', 'the ID token is missing or does not hold', { cause });
    }
    throw nonsense(cause);
  }
}
