import { jwtVerify } from 'jose';
import type { KakaoConfig } from './config';
import { KakaoError } from './errors';
import { keySet, keysAreMissing } from './key-set';

/**
 * Verifies an ID token against Kakao's published keys (OpenID Connect Core 3.1.3.7): RS256, issuer,
 * audience, times.
 *
 * @throws KakaoError `id_token_invalid`, or `unavailable` when the keys cannot be fetched
 */
export async function verifyIdTokenSignature(
  config: KakaoConfig,
  idToken: string,
  deadline: number,
): Promise<void> {
  try {
    await jwtVerify(idToken, keySet(config), {
      algorithms: ['RS256'],
      issuer: config.issuer,
      audience: config.clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: 5,
      maxTokenAge: '1 hour',
    });
  } catch (cause) {
    if (cause instanceof KakaoError) throw cause;
    if (keysAreMissing(cause) || Date.now() > deadline) {
      throw new KakaoError('unavailable', 'the keys of Kakao did not come in time', { cause });
    }
    throw new KakaoError('id_token_invalid', 'the signature of the ID token does not hold', { cause });
  }
}
