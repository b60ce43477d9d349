import { explain } from '../verdicts/explain.ts';
import type { World } from '../world/world.ts';
import type { Outcome } from './dispatch.ts';
import { isRecord } from './json.ts';
import type { Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

/**
 * What a developer is told about an answer: what a fault did to it, or why it is a refusal (with this `code` of Kakao).
 * `null` for an answer that all went well with.
 */
export function verdictOn(
  request: KakaoRequest,
  { reply, fault, hungUp }: Outcome,
  code: string | number | null,
  world: World,
): string | null {
  if (hungUp) return `the client hung up while a fault made it wait (fault ${fault?.id})`;
  if (fault) return faultSentence(reply, fault.id);
  if (!reply || reply.status < 400) return reply && redirectedError(reply);
  return (code === null ? undefined : explain(code, request, world)) ?? reply.verdict ?? wordsIn(reply);
}

function faultSentence(reply: Reply | null, id: string): string {
  return reply ? `a fault answered (fault ${id})` : `a fault cut the connection (fault ${id})`;
}

/** What a redirect tells the app (RFC 6749 4.1.2.1), if it is an error. */
function redirectedError({ headers }: Reply): string | null {
  const query = new URLSearchParams(headers['Location']?.split('?')[1]);
  const error = query.get('error');
  return error && `the app is told ${error}: ${query.get('error_description') ?? ''}`;
}

function wordsIn({ json, status }: Reply): string {
  const words = isRecord(json) ? (json['error_description'] ?? json['msg']) : undefined;
  return typeof words === 'string' ? words : `refused with ${status}`;
}
