import { parse } from 'lossless-json';
import type { KakaoConfig } from './config';
import { KakaoError, readApiError } from './errors';
import { type HttpAnswer, send, sendIdempotent } from './http';

/** One call of an API: by what right, about whom, and how long it may take; `deadline` is an epoch in ms. */
export interface ApiCall {
  readonly credential: Credential;
  readonly timeoutMs: number;
  readonly deadline: number;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Reads one resource of kapi. Ids in the answer are exact (`bigint`).
 *
 * @throws KakaoError as {@link readApiError}, or `unavailable` for an answer that is not a JSON object
 */
export async function getResource(config: KakaoConfig, path: string, call: ApiCall): Promise<object> {
  return notAList(await getResourceOrList(config, path, call));
}

/**
 * Like {@link getResource}, where Kakao may also answer with a list.
 *
 * @throws KakaoError as {@link readApiError}, or `unavailable` for an answer that is neither
 */
export async function getResourceOrList(config: KakaoConfig, path: string, call: ApiCall): Promise<object> {
  const query = parametersOf(call);
  const url = `${config.apiOrigin}${path}${query && `?${query}`}`;
  return readAnswer(await sendIdempotent({ method: 'GET', url, ...sending(config, call) }));
}

/**
 * Changes something at kapi; sent once.
 *
 * @throws KakaoError as {@link getResource}
 */
export async function postResource(config: KakaoConfig, path: string, call: ApiCall): Promise<object> {
  const url = `${config.apiOrigin}${path}`;
  const answer = await send({ method: 'POST', url, body: parametersOf(call), ...sending(config, call) });
  return notAList(readAnswer(answer));
}

function parametersOf({ credential, parameters }: ApiCall): string {
  return new URLSearchParams({ ...credential.target, ...parameters }).toString();
}

function sending({ observe }: KakaoConfig, { credential, timeoutMs, deadline }: ApiCall) {
  const headers = {
    authorization: credential.authorization,
    'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
  };
  return { headers, timeoutMs, deadline, observe };
}

function readAnswer(answer: HttpAnswer): object {
  const body = readJson(answer.body);
  if (answer.status !== 200) throw readApiError(answer.status, body);
  if (!body) throw new KakaoError('unavailable', 'Kakao answered with something that is not JSON');
  return body;
}

function notAList(body: object): object {
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

/** By what right an API is called, and about whom: the header, and the parameters that name the person. */
export interface Credential {
  readonly authorization: string;
  readonly target: Readonly<Record<string, string>>;
}

/** A person's own access token (rest-api, "User authentication"). */
export function byAccessToken(accessToken: string): Credential {
  return { authorization: `Bearer ${accessToken}`, target: {} };
}

/**
 * The app's admin key, about one person (rest-api, "Server authentication"). `kakaoId` is a decimal string.
 *
 * @throws KakaoError `misconfigured` without an admin key
 */
export function byAdminKey({ adminKey }: KakaoConfig, kakaoId: string): Credential {
  if (adminKey === undefined) throw new KakaoError('misconfigured', 'there is no admin key');
  return {
    authorization: `KakaoAK ${adminKey}`,
    target: { target_id_type: 'user_id', target_id: kakaoId },
  };
}

/**
 * The app's admin key, about the app itself.
 *
 * @throws KakaoError `misconfigured` without an admin key
 */
export function asTheApp(config: KakaoConfig): Credential {
  return { ...byAdminKey(config, ''), target: {} };
}

/**
 * Parses JSON with every integer as a `bigint`, since a Kakao id is a 64-bit integer and `JSON.parse`
 * turns 9007199254740993 into …992. Other numbers are numbers. A repeated key is an error.
 *
 * @throws SyntaxError on anything that is not JSON
 */
export function parseExactJson(text: string): unknown {
  return parse(text, undefined, (literal) => (/^-?\d+$/.test(literal) ? BigInt(literal) : Number(literal)));
}
