import { kapiCodes } from '../refusals/kapi-codes.ts';
import type { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';

/**
 * How a user API answers a refusal: `{"msg", "code"}` with Kakao's HTTP status; `-401` carries `WWW-Authenticate`.
 * `msg` is informational, as at Kakao.
 */
export function kapiReply({ code, reason }: Refusal): Reply {
  const usual = kapiCodes.get(Number(code));
  const challenge: Record<string, string> =
    code === -401 ? { 'WWW-Authenticate': 'Bearer error=invalid_token' } : {};
  const msg = reason.text ?? usual?.msg ?? `error ${code}`;
  const body = { msg, code, ...(reason.more ?? usual?.more) };
  const reply = jsonReply(body, reason.status ?? usual?.status ?? 400, challenge);
  const ko = usual ? `${usual.cause.ko} (${msg})` : msg;
  return { ...reply, verdict: reason.verdict ?? { en: msg, ko } };
}
