import type { Outcome } from './dispatch.ts';
import { isRecord } from './json.ts';
import type { Reply } from './reply.ts';

/**
 * What a developer is told about an answer: what a fault did to it, or why it is a refusal. Where the refusal carries
 * no verdict of its own, Kakao's text has to do. `null` for an answer that all went well with.
 */
export function verdictOn({ reply, fault, hungUp }: Outcome): string | null {
  if (hungUp) return `the client hung up while a fault made it wait (fault ${fault?.id})`;
  if (fault) return faultSentence(reply, fault.id);
  return reply?.verdict ?? (reply && reply.status >= 400 ? wordsIn(reply) : null);
}

function faultSentence(reply: Reply | null, id: string): string {
  return reply ? `a fault answered (fault ${id})` : `a fault cut the connection (fault ${id})`;
}

function wordsIn({ json, status }: Reply): string {
  const words = isRecord(json) ? (json['error_description'] ?? json['msg']) : undefined;
  return typeof words === 'string' ? words : `refused with ${status}`;
}
