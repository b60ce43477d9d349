import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { authorizationServer, client, type KakaoConfig } from './config';
import { KakaoError } from './errors';
import { sendIdempotent } from './http';

/** What a verified ID token says: whose it is (a Kakao id), and when they last logged in at Kakao, if it says so. */
export interface IdTokenClaims {
  readonly subject: string;
  readonly authTime: Date | null;
}

/**
 * Verifies the ID token in a valid answer of the token endpoint (OpenID Connect Core 3.1.3.7): issuer, audience, times
 * and nonce of the login by certified code, then the RS256 signature against Kakao's published keys.
 *
 * @throws KakaoError `id_token_invalid`, also when there is none; `unavailable` when the keys cannot be fetched
 */
export async function verifyIdToken(
  config: KakaoConfig,
  answer: { readonly id_token?: unknown },
  login: { readonly nonce: string; readonly deadline: number },
): Promise<IdTokenClaims> {
  const { idToken, claims } = await readIdToken(config, answer, login.nonce);
  try {
    await jwtVerify(idToken, keySet(config), {
      algorithms: ['RS256'],
      issuer: config.issuer,
      audience: config.clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: 5,
      maxTokenAge: '1 hour',
    });
    return claims;
  } catch (cause) {
    if (cause instanceof KakaoError) throw cause;
    if (keysAreMissing(cause) || Date.now() > login.deadline) {
      throw new KakaoError('unavailable', 'the keys of Kakao did not come in time', { cause });
    }
    throw new KakaoError('id_token_invalid', 'the signature of the ID token does not hold', { cause });
  }
}

/** The answer around it is valid already: what is refused here is the ID token. */
async function readIdToken(config: KakaoConfig, answer: object, expectedNonce: string) {
  try {
    const response = Response.json(answer);
    const tokens = await oauth.processAuthorizationCodeResponse(
      authorizationServer(config),
      client(config),
      response,
      { expectedNonce, requireIdToken: true },
    );
    const { sub = '', auth_time } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
    const authTime = auth_time === undefined ? null : new Date(auth_time * 1_000);
    return { idToken: tokens.id_token ?? '', claims: { subject: sub, authTime } };
  } catch (cause) {
    throw new KakaoError('id_token_invalid', 'the ID token is missing or does not hold', { cause });
  }
}

const keySets = new Map<string, JWTVerifyGetKey>();
const keySetBody = z.object({ keys: z.array(z.looseObject({})) });

/** Keys that did not come are not asked for again for so long, however many tokens wait for them, ms. */
const pauseMs = 1_000;

/**
 * Kakao's published keys (OpenID Connect Discovery, `jwks_uri`): cached for hours; an unknown `kid` fetches
 * them anew, at most every 10 s, or every second while they do not come. A key that cannot be fetched is a KakaoError
 * `unavailable`.
 */
export function keySet(config: KakaoConfig): JWTVerifyGetKey {
  const known = keySets.get(config.authServerOrigin);
  if (known) return known;
  const url = `${config.authServerOrigin}/.well-known/jwks.json`;
  let failedAt = 0;
  const made = createRemoteJWKSet(new URL(url), {
    cooldownDuration: 10_000,
    cacheMaxAge: 6 * 3_600_000,
    [customFetch]: async () => {
      if (Date.now() < failedAt + pauseMs)
        throw new KakaoError('unavailable', 'no keys from Kakao a moment ago');
      return fetchKeys(url, config.observe).catch((error: unknown) => {
        failedAt = Date.now();
        throw error;
      });
    },
  });
  keySets.set(config.authServerOrigin, made);
  return made;
}

/** Whether a failed verification says nothing about the token, because Kakao's keys did not come. */
export function keysAreMissing(error: unknown): boolean {
  return error instanceof errors.JWKSTimeout || (error instanceof KakaoError && error.transient);
}

async function fetchKeys(url: string, observe: KakaoConfig['observe']): Promise<Response> {
  const deadline = Date.now() + 2_500;
  const answer = await sendIdempotent({ method: 'GET', url, timeoutMs: 2_000, deadline, observe });
  if (answer.status !== 200 || !isKeySet(answer.body)) {
    throw new KakaoError('unavailable', `no keys from Kakao: HTTP ${answer.status}`);
  }
  return new Response(answer.body, { headers: { 'content-type': 'application/json' } });
}

function isKeySet(text: string): boolean {
  try {
    return keySetBody.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
