import { z } from 'zod';
import type { FlowSecrets, ValidatedCode } from './authorize';
import { type KakaoConfig, requiresIdToken } from './config';
import { KakaoError, readOAuthError } from './errors';
import { send } from './http';
import { type IdTokenClaims, verifyIdToken } from './id-token';

/** Kakao's tokens as they were issued; lifetimes in seconds. A refresh does not always bring a new refresh token. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly refreshExpiresIn: number | null;
}

/**
 * What a code was exchanged for. `idToken` is what a verified ID token says, if one came; `granted` are the consent
 * items that the person has agreed to, as far as Kakao says.
 */
export interface KakaoTokens extends IssuedTokens {
  readonly idToken: IdTokenClaims | null;
  readonly granted: readonly string[];
}

/**
 * Exchanges an authorization code for Kakao's tokens (rest-api, "Request token"; RFC 6749 4.1.3,
 * RFC 7636 4.5). Sent once: a code works once. An ID token that comes, asked for or not, must be valid.
 *
 * @throws KakaoError as `readOAuthError`, or `id_token_invalid`
 */
export async function exchangeCode(
  config: KakaoConfig,
  code: ValidatedCode,
  flow: Omit<FlowSecrets, 'state'> & { readonly deadline: number },
): Promise<KakaoTokens> {
  const grant = {
    grant_type: 'authorization_code',
    redirect_uri: config.redirectUri,
    code: code.get('code') ?? '',
    code_verifier: flow.codeVerifier,
  };
  const answer = await postGrant(config, grant, flow.deadline);
  const hasIdToken = answer.id_token !== undefined || requiresIdToken(config);
  const idToken = hasIdToken ? await verifyIdToken(config, answer, flow) : null;
  return { ...issuedTokens(answer), idToken, granted: answer.scope?.split(' ') ?? [] };
}

/**
 * A new access token for a refresh token (rest-api, "Refresh token"; RFC 6749 6). Kakao sends a new refresh token only
 * when the old one has less than a month left; then the old one is dead. Sent once: a rotation that got lost must not
 * be followed by a second one.
 *
 * @throws KakaoError `code_rejected` (KOE322: the refresh token is dead), `misconfigured`, `unavailable`
 */
export async function refreshTokens(
  config: KakaoConfig,
  refreshToken: string,
  deadline: number,
): Promise<IssuedTokens> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return issuedTokens(await postGrant(config, grant, deadline));
}

/** A token's life as Kakao documents it, for an answer that does not say: six hours, 60 days. */
const accessSeconds = 6 * 3_600;
const refreshSeconds = 60 * 24 * 3_600;

/** An answer to a grant (RFC 6749 5.1). Loose: what we do not know of an ID token is for its verification. */
const grantAnswer = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+$/).transform(Number)])
    .default(accessSeconds),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().catch(refreshSeconds),
  scope: z.string().optional(),
  id_token: z.unknown().optional(),
});

type GrantAnswer = z.infer<typeof grantAnswer>;

/**
 * Posts one grant to Kakao's token endpoint, with the client's credentials in the form (`client_secret_post`, the only
 * method that Kakao reads). Sent once.
 *
 * @throws KakaoError as {@link readOAuthError}, or `unavailable` for an answer that is not one
 */
async function postGrant(
  config: KakaoConfig,
  grant: Readonly<Record<string, string>>,
  deadline: number,
): Promise<GrantAnswer> {
  const form = new URLSearchParams({ ...grant, client_id: config.clientId });
  if (config.clientSecret) form.set('client_secret', config.clientSecret);
  const url = `${config.authServerOrigin}/oauth/token`;
  const { status, body } = await send({
    method: 'POST',
    url,
    body: form.toString(),
    timeoutMs: 3_000,
    deadline,
    observe: config.observe,
  });
  const json = parseJson(body);
  if (status !== 200) throw readOAuthError(status, json);
  const answer = grantAnswer.safeParse(json);
  if (answer.success) return answer.data;
  throw new KakaoError('unavailable', 'the answer to the token request is invalid', { cause: answer.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuedTokens(answer: GrantAnswer): IssuedTokens {
  return {
    accessToken: answer.access_token,
    expiresIn: answer.expires_in,
    refreshToken: answer.refresh_token ?? null,
    refreshExpiresIn: answer.refresh_token === undefined ? null : answer.refresh_token_expires_in,
  };
}
