import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { authorizationServer, client } from './authorization-server';
import type { FlowSecrets, ValidatedCode } from './authorize';
import { type KakaoConfig, requiresIdToken } from './config';
import { KakaoError, readOAuthError } from './errors';
import { type HttpAnswer, type HttpCall, send } from './http';
import { verifyIdTokenSignature } from './id-token';

/** What a code was exchanged for. `subject` is the `sub` of a verified ID token, if one came. */
export interface KakaoTokens {
  readonly accessToken: string;
  readonly subject: string | null;
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
  const answer = await requestToken(config, code, flow, deadline);
  const body = readJson(answer);
  if (answer.status !== 200) throw readOAuthError(answer.status, body);
  const hasIdToken = tokenBody.safeParse(body).data?.id_token !== undefined;
  const tokens = await judge(config, answer, hasIdToken || requiresIdToken(config) ? flow.nonce : null);
  if (!tokens.id_token) return { accessToken: tokens.access_token, subject: null };
  await verifyIdTokenSignature(config, tokens.id_token, deadline);
  return { accessToken: tokens.access_token, subject: oauth.getValidatedIdTokenClaims(tokens)?.sub ?? null };
}

const tokenBody = z.object({ access_token: z.string().min(1), id_token: z.unknown().optional() });

async function requestToken(
  config: KakaoConfig,
  code: ValidatedCode,
  flow: FlowSecrets,
  deadline: number,
): Promise<HttpAnswer> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    code: code.get('code') ?? '',
    code_verifier: flow.codeVerifier,
    ...(config.clientSecret ? { client_secret: config.clientSecret } : {}),
  });
  const call: HttpCall = {
    method: 'POST',
    url: `${config.authOrigin}/oauth/token`,
    body: form.toString(),
    timeoutMs: 3_000,
    deadline,
  };
  return send(call);
}

/** The generic rules of a token answer and of the claims of an ID token, by certified code. */
async function judge(config: KakaoConfig, answer: HttpAnswer, expectedNonce: string | null) {
  const response = new Response(answer.body, { headers: { 'content-type': answer.contentType } });
  const as = authorizationServer(config);
  try {
    return await oauth.processAuthorizationCodeResponse(
      as,
      client(config),
      response,
      expectedNonce === null ? {} : { expectedNonce, requireIdToken: true },
    );
  } catch (cause) {
    if (expectedNonce !== null && tokenBody.safeParse(readJson(answer)).success) {
      throw new KakaoError('id_token_invalid', 'the ID token is missing or does not hold', { cause });
    }
    throw new KakaoError('unavailable', 'Kakao answered the token request with nonsense', { cause });
  }
}

function readJson(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
