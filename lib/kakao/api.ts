import type { KakaoConfig } from './config';
import { KakaoError, readApiError } from './errors';
import { sendIdempotent } from './http';
import { parseExactJson } from './json';

/**
 * Reads one resource of kapi on the strength of a user's access token.
 *
 * @throws KakaoError as {@link readApiError}, or `unavailable` for an answer that is not a JSON object
 */
export async function getResource(
  config: KakaoConfig,
  path: string,
  accessToken: string,
  limits: { readonly timeoutMs: number; readonly deadline: number },
): Promise<object> {
  const answer = await sendIdempotent({
    method: 'GET',
    url: `${config.apiOrigin}${path}`,
    headers: {
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    },
    ...limits,
  });
  const body = readObject(answer.body);
  if (answer.status !== 200) throw readApiError(answer.status, body);
  if (!body) throw new KakaoError('unavailable', 'Kakao answered with something that is not a JSON object');
  return body;
}

function readObject(text: string): object | null {
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
