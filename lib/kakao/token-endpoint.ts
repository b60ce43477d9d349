import type * as oauth from 'oauth4webapi';
import type { KakaoConfig } from './config';
import { KakaoError, readOAuthError } from './errors';
import { type HttpAnswer, send } from './http';

/** A 200 answer of the token endpoint, and its body as JSON. */
export interface TokenAnswer {
  readonly answer: HttpAnswer;
  readonly body: unknown;
}

/** Lifetimes in seconds, the refresh token as far as one came. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly refreshExpiresIn: number | null;
}

/** What Kakao's documents say of a refresh token whose lifetime did not come with it: 60 days. */
const refreshSeconds = 60 * 24 * 3_600;
const accessSeconds = 6 * 3_600;

/**
 * Posts one grant to Kakao's token endpoint, with the client's credentials in the form (`client_secret_post`, the only
 * method that Kakao reads). Sent once.
 *
 * @throws KakaoError as {@link readOAuthError}
 */
export async function postGrant(
  config: KakaoConfig,
  fields: Readonly<Record<string, string>>,
  deadline: number,
): Promise<TokenAnswer> {
  const form = new URLSearchParams({
    ...fields,
    client_id: config.clientId,
    ...(config.clientSecret ? { client_secret: config.clientSecret } : {}),
  });
  const url = `${config.authOrigin}/oauth/token`;
  const answer = await send({ method: 'POST', url, body: form.toString(), timeoutMs: 3_000, deadline });
  const body = readJson(answer);
  if (answer.status !== 200) throw readOAuthError(answer.status, body);
  return { answer, body };
}

/** The answer as the certified code wants to see it. */
export function toResponse({ answer }: TokenAnswer): Response {
  return new Response(answer.body, { headers: { 'content-type': answer.contentType } });
}

/** The tokens in a judged answer. */
export function issuedTokens(tokens: oauth.TokenEndpointResponse): IssuedTokens {
  const refreshExpiresIn = tokens['refresh_token_expires_in'];
  return {
    accessToken: tokens.access_token,
    expiresIn: tokens.expires_in ?? accessSeconds,
    refreshToken: tokens.refresh_token ?? null,
    refreshExpiresIn:
      tokens.refresh_token === undefined
        ? null
        : typeof refreshExpiresIn === 'number'
          ? refreshExpiresIn
          : refreshSeconds,
  };
}

/** An answer that breaks the protocol. */
export function nonsense(cause: unknown): KakaoError {
  return new KakaoError('unavailable', 'Kakao answered the token request with nonsense', { cause });
}

function readJson(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
