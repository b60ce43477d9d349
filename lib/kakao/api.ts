import type { KakaoConfig } from './config';
import type { Credential } from './credential';
import { KakaoError, readApiError } from './errors';
import { type HttpAnswer, send, sendIdempotent } from './http';
import { parseExactJson } from './json';

/** How long a call may take, ms, and until when at the latest (epoch, ms). */
export interface Limits {
  readonly timeoutMs: number;
  readonly deadline: number;
}

type Parameters = Readonly<Record<string, string>>;

/**
 * Reads one resource of kapi. Ids in the answer are exact (`bigint`).
 *
 * @throws KakaoError as {@link readApiError}, or `unavailable` for an answer that is not a JSON object
 */
export async function getResource(
  config: KakaoConfig,
  path: string,
  credential: Credential,
  limits: Limits,
  parameters: Parameters = {},
): Promise<object> {
  return asObject(await getAnswer(config, path, credential, limits, parameters));
}

/**
 * Like {@link getResource}, where Kakao may also answer with a list.
 *
 * @throws KakaoError as {@link readApiError}, or `unavailable` for an answer that is neither
 */
export async function getAnswer(
  config: KakaoConfig,
  path: string,
  credential: Credential,
  limits: Limits,
  parameters: Parameters,
): Promise<object> {
  const query = new URLSearchParams({ ...credential.target, ...parameters }).toString();
  const url = `${config.apiOrigin}${path}${query && `?${query}`}`;
  return judge(await sendIdempotent({ method: 'GET', url, headers: headers(credential), ...limits }));
}

/**
 * Changes something at kapi; sent once.
 *
 * @throws KakaoError as {@link getResource}
 */
export async function postResource(
  config: KakaoConfig,
  path: string,
  credential: Credential,
  limits: Limits,
  parameters: Parameters = {},
): Promise<object> {
  const body = new URLSearchParams({ ...credential.target, ...parameters }).toString();
  const url = `${config.apiOrigin}${path}`;
  return asObject(judge(await send({ method: 'POST', url, body, headers: headers(credential), ...limits })));
}

function headers({ authorization }: Credential): Record<string, string> {
  return { authorization, 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
}

function judge(answer: HttpAnswer): object {
  const body = readJson(answer.body);
  if (answer.status !== 200) throw readApiError(answer.status, body);
  if (!body) throw new KakaoError('unavailable', 'Kakao answered with something that is not JSON');
  return body;
}

function asObject(body: object): object {
  if (!Array.isArray(body)) return body;
  throw new KakaoError('unavailable', 'Kakao answered with something that is not a JSON object');
}

function readJson(text: string): object | null {
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
