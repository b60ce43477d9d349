import { curlCommand } from '../inspector/curl.ts';
import { type Pair, viewOf } from '../inspector/view.ts';
import type { JsonObject } from '../server/json.ts';
import type { LoggedRequest } from '../world/request-log.ts';

/** A noted request as the control API shows it; `origin` is where this Kakao is. */
export function shownRequest(entry: LoggedRequest, origin: string, withSecrets: boolean): JsonObject {
  const { id, method, path, status, code, faultId } = entry;
  const view = viewOf(entry, withSecrets);
  return {
    id,
    time: new Date(entry.time).toISOString(),
    durationMs: Math.round(entry.durationMs * 100) / 100,
    method,
    path,
    status,
    code,
    verdict: view.verdict,
    faultId,
    query: Object.fromEntries(view.query),
    formFields: view.form.map(([name]) => name),
    form: Object.fromEntries(view.form),
    headers: Object.fromEntries(view.headers),
    body: view.body,
    answer: entry.answer && answerOf(view.answerHeaders, view.answerBody),
    curl: curlCommand(entry, origin, withSecrets),
  };
}

function answerOf(headers: readonly Pair[], body: string): JsonObject {
  return { headers: Object.fromEntries(headers), body };
}
