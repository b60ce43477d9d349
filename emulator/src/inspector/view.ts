import { type Json, writeJson } from '../server/json.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import { maskedHeader, maskedJson, maskedParameter, maskText } from './mask.ts';

export type Pair = readonly [name: string, value: string];

/** A noted request as it may be shown: secrets masked, unless they were asked for. */
export interface RequestView {
  readonly entry: LoggedRequest;
  readonly verdict: string | null;
  readonly query: readonly Pair[];
  readonly form: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body: string;
  readonly answerHeaders: readonly Pair[];
  /** JSON text, or other text. */
  readonly answerBody: string;
}

/** The view of a noted request; `withSecrets` leaves everything as it was. */
export function viewOf(entry: LoggedRequest, withSecrets = false): RequestView {
  const text = (it: string) => (withSecrets ? it : maskText(it));
  const shown = (pairs: Iterable<Pair>, masked: typeof maskedHeader): Pair[] =>
    [...pairs].map(([name, value]) => [name, withSecrets ? value : masked(name, value)]);
  const { answer, headers, verdict } = entry;
  const sentHeaders = Object.entries(headers).map(([name, value]): Pair => [name, String(value)]);
  return {
    entry,
    verdict: verdict === null ? null : text(verdict),
    query: shown(entry.query, maskedParameter),
    form: shown(entry.form, maskedParameter),
    headers: shown(sentHeaders, maskedHeader),
    body: text(entry.body),
    answerHeaders: shown(Object.entries(answer?.headers ?? {}), maskedHeader),
    answerBody: text(answer?.json === undefined ? (answer?.text ?? '') : jsonText(answer.json, withSecrets)),
  };
}

function jsonText(json: Json, withSecrets: boolean): string {
  return writeJson(withSecrets ? json : maskedJson(json));
}
