import { keptText, type LoggedAnswer, logRequest } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import type { Outcome } from './dispatch.ts';
import { isRecord } from './json.ts';
import type { Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';
import { verdictOn } from './verdict.ts';

/** Beyond this, forms are cut down. */
const MOST_FORM_CHARS = 16_384;
const MOST_FIELDS = 50;

/** When a request came (Unix milliseconds) and how long it took. */
export interface Timing {
  readonly time: number;
  readonly durationMs: number;
}

/** Notes a request of Kakao's own paths with its answer; those of the emulator's pages and control API are not. */
export function noteRequest(request: KakaoRequest, outcome: Outcome, timing: Timing, world: World): void {
  const { id, method, path, query, form, headers } = request;
  const { reply, fault } = outcome;
  const code = codeIn(reply);
  const verdict = verdictOn(request, outcome, code, world);
  logRequest(world.requests, {
    id,
    ...timing,
    method,
    path,
    query,
    form: keptForm(form, request.body),
    body: form.size > 0 ? '' : keptText(request.body),
    headers,
    status: reply?.status ?? 0,
    code,
    verdict: verdict && keptText(verdict),
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
  return text === undefined ? { headers } : { headers, text: keptText(text) };
}

/** A form that is small enough to keep whole, or the beginnings of its fields. */
function keptForm(form: URLSearchParams, body: string): URLSearchParams {
  if (body.length <= MOST_FORM_CHARS) return form;
  const fields = [...form].slice(0, MOST_FIELDS);
  return new URLSearchParams(fields.map(([name, value]) => [keptText(name), keptText(value)]));
}
