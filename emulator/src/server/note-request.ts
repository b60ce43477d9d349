import { isRecord } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';
import { type LoggedAnswer, logRequest, truncatedText } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import type { Outcome } from './dispatch.ts';
import type { Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

/** Larger forms are truncated. */
const MOST_FORM_CHARS = 16_384;
const MOST_FIELDS = 50;

/** A request with its answer. */
interface Answered {
  readonly request: KakaoRequest;
  readonly outcome: Outcome;
  /** When the request came, Unix milliseconds. */
  readonly time: number;
  readonly durationMs: number;
}

/** Notes a request of Kakao's own paths with its answer; those of the emulator's pages and control API are not. */
export function noteRequest({ request, outcome, time, durationMs }: Answered, world: World): void {
  const { id, method, path, query, form, headers } = request;
  const { reply, fault } = outcome;
  const verdict = verdictOn(outcome);
  logRequest(world.requests, {
    id,
    time,
    durationMs,
    method,
    path,
    query,
    form: keptForm(form, request.body),
    body: form.size > 0 ? '' : truncatedText(request.body),
    headers,
    status: reply?.status ?? 0,
    code: codeIn(reply),
    verdict: verdict && { en: truncatedText(verdict.en), ko: truncatedText(verdict.ko) },
    answer: reply && keptAnswer(reply),
    faultId: fault?.id ?? null,
  });
}

function codeIn(reply: Reply | null): string | number | null {
  if (!reply || reply.status < 400) return null;
  const json: unknown = reply.json;
  const code = isRecord(json) ? (json['error_code'] ?? json['code']) : reply.headers['X-Kakao-Emulator-Code'];
  return typeof code === 'string' || typeof code === 'number' ? code : null;
}

function keptAnswer({ headers, json, text }: Reply): LoggedAnswer {
  if (json !== undefined) return { headers, json };
  return text === undefined ? { headers } : { headers, text: truncatedText(text) };
}

/** A form that is small enough to keep, or its fields truncated. */
function keptForm(form: URLSearchParams, body: string): URLSearchParams {
  if (body.length <= MOST_FORM_CHARS) return form;
  const fields = [...form].slice(0, MOST_FIELDS);
  return new URLSearchParams(fields.map(([name, value]) => [truncatedText(name), truncatedText(value)]));
}

/** The verdict on an answer for the developer: what a fault did, or why Kakao refuses; `null` for success. */
function verdictOn({ reply, fault, hungUp }: Outcome): Bilingual | null {
  if (hungUp) {
    return {
      en: `the client hung up while a fault made it wait (fault ${fault?.id})`,
      ko: `결함 때문에 기다리던 클라이언트가 연결을 끊었습니다 (결함 ${fault?.id})`,
    };
  }
  if (fault) {
    return {
      en: `a fault ${reply ? 'answered' : 'cut the connection'} (fault ${fault.id})`,
      ko: `결함이 ${reply ? '응답했습니다' : '연결을 끊었습니다'} (결함 ${fault.id})`,
    };
  }
  // A refusal that the settings turn into a success status counts as a success.
  return reply && reply.status >= 300 ? (reply.verdict ?? null) : null;
}
