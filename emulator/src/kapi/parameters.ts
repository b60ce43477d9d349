import { Refusal } from '../refusals/refusal.ts';
import type { KakaoRequest } from '../server/request.ts';

/** A parameter of the form body or, on GET, of the query. */
export function parameter(request: KakaoRequest, name: string): string | null {
  return request.method === 'POST' ? request.form.get(name) : request.query.get(name);
}

/** The list in a JSON-text parameter such as `["kakao_account.email"]`, or -2 when that is no list of texts. */
export function textList(json: string, name: string): readonly string[] {
  const list = parsed(json);
  if (Array.isArray(list) && list.every((entry) => typeof entry === 'string')) return list;
  throw new Refusal(-2, { text: `${name} must be a JSON array of texts` });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
