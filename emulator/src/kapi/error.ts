import { kapiCodes } from '../refusals/kapi-codes.ts';
import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';

/**
 * The refusal of a user API: `{"msg", "code"}` with Kakao's HTTP status; `-401` carries `WWW-Authenticate`.
 * `msg` is informational, as at Kakao.
 */
export function kapiError(code: number, msg?: string, more?: JsonObject): Reply {
  const usual = kapiCodes.get(code);
  const challenge: Record<string, string> =
    code === -401 ? { 'WWW-Authenticate': 'Bearer error=invalid_token' } : {};
  const body = { msg: msg ?? usual?.msg ?? `error ${code}`, code, ...(more ?? usual?.more) };
  return jsonReply(body, usual?.status ?? 400, challenge);
}
